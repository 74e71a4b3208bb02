using System.Globalization;
using System.Resources;

namespace CommandCenter.Web.Commands;

/// <summary>The texts of VerbText.resx (zh-CN) and VerbText.en.resx.</summary>
internal static class VerbText
{
    private static readonly ResourceManager Texts = new("CommandCenter.Web.Commands.VerbText", typeof(VerbText).Assembly);

    /// <exception cref="MissingManifestResourceException">No text has this key.</exception>
    public static string Get(string key, params object?[] arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"VerbText has no text '{key}'.");
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
