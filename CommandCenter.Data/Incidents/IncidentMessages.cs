using System.Globalization;
using System.Resources;

namespace CommandCenter.Data.Incidents;

/// <summary>The texts of IncidentMessages.resx (zh-CN) and IncidentMessages.en.resx.</summary>
internal static class IncidentMessages
{
    private static readonly ResourceManager Texts = new("CommandCenter.Data.Incidents.IncidentMessages", typeof(IncidentMessages).Assembly);

    /// <exception cref="MissingManifestResourceException">No text has this key.</exception>
    public static string Get(string key) =>
        Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"IncidentMessages has no text '{key}'.");
}
