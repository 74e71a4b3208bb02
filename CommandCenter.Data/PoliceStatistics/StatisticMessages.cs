using System.Globalization;
using System.Resources;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The texts of StatisticMessages.resx (zh-CN) and StatisticMessages.en.resx.</summary>
public static class StatisticMessages
{
    private static readonly ResourceManager Texts = new("CommandCenter.Data.PoliceStatistics.StatisticMessages", typeof(StatisticMessages).Assembly);

    /// <exception cref="MissingManifestResourceException">No text has this key.</exception>
    public static string Get(string key) =>
        Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"StatisticMessages has no text '{key}'.");

    public static string Format(string key, params object?[] arguments) => string.Format(CultureInfo.CurrentCulture, Get(key), arguments);
}
