using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Commands;

/// <summary>
/// Gives a report that has no external id one that follows from its content, and from how many like it came before in the same
/// file: importing the file again makes none of them twice, and two that are alike stay two.
/// </summary>
internal sealed class ContentIds
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public IncidentReport Identify(IncidentReport report)
    {
        if (report.ExternalId is not null)
        {
            return report;
        }

        // What the report says, not where today's areas put it.
        var content = JsonSerializer.SerializeToUtf8Bytes(report with { GridCode = null, OutsideGrids = false });
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        _seen[hash] = _seen.GetValueOrDefault(hash) + 1;
        return report with { ExternalId = string.Create(CultureInfo.InvariantCulture, $"import-{hash}-{_seen[hash]}") };
    }
}
