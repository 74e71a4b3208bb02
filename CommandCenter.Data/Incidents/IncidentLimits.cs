using System.Buffers;

namespace CommandCenter.Data.Incidents;

/// <summary>How long texts may be, in UTF-16 units, as the columns of both databases are made for.</summary>
public static class IncidentLimits
{
    public const int Source = 32;
    public const int ExternalId = 128;
    public const int Title = 200;
    public const int Description = 4000;
    public const int Address = 300;
    public const int ReporterName = 64;
    public const int ReporterPhone = 32;
    public const int ReporterIdNumber = 18;
    public const int Note = 1000;
    public const int Actor = 100;

    /// <summary>Longest JSON of one report, in bytes: every text at its limit, escaped.</summary>
    public const int ReportBytes = 64 * 1024;

    /// <summary>Most reports of one batch.</summary>
    public const int BatchReports = 10_000;

    internal static readonly SearchValues<char> SourceCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    internal static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("0123456789+- ");

    // Control characters but tab and line ends: no keyboard makes them, and databases and screens trip over them.
    internal static readonly SearchValues<char> ForbiddenCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r'))]);
}
