using System.Collections.Immutable;

namespace CommandCenter.Data.Live;

public sealed partial class LiveBoard
{
    /// <summary>In what two boards differ, for people: what it is, and its value on either. Empty when they are the same.</summary>
    public static IEnumerable<(string What, string One, string Other)> Differences(LiveBoard one, LiveBoard other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Position != other.Position)
        {
            yield return ("position", $"{one.Position}", $"{other.Position}");
        }

        if (one.LastEventAt != other.LastEventAt)
        {
            yield return ("last event at", $"{one.LastEventAt:O}", $"{other.LastEventAt:O}");
        }

        var open = one.OpenById.Ascending().ToDictionary(incident => incident.Id);
        foreach (var incident in other.OpenById.Ascending())
        {
            open.Remove(incident.Id, out var same);
            if (incident != same)
            {
                yield return ($"incident {incident.Id} ({incident.Number})", Describe(same), Describe(incident));
            }
        }

        foreach (var incident in open.Values)
        {
            yield return ($"incident {incident.Id} ({incident.Number})", Describe(incident), "-");
        }

        foreach (var difference in Tallied("town", one.Towns, other.Towns).Concat(Tallied("grid", one.Grids, other.Grids)).Concat(Streamed(one, other)))
        {
            yield return difference;
        }
    }

    private static IEnumerable<(string What, string One, string Other)> Tallied(
        string what, ImmutableDictionary<string, Tally> one, ImmutableDictionary<string, Tally> other) =>
        from code in one.Keys.Union(other.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let first = one.GetValueOrDefault(code)
        let second = other.GetValueOrDefault(code)
        where first is null || second is null || !first.Same(second)
        select ($"{what} {code}", Describe(first), Describe(second));

    private static IEnumerable<(string What, string One, string Other)> Streamed(LiveBoard one, LiveBoard other)
    {
        var first = one.StreamNewestFirst.ToDictionary(entry => entry.Position);
        foreach (var entry in other.StreamNewestFirst)
        {
            first.Remove(entry.Position, out var same);
            if (entry != same)
            {
                yield return ($"stream entry {entry.Position}", Describe(same), Describe(entry));
            }
        }

        foreach (var entry in first.Values)
        {
            yield return ($"stream entry {entry.Position}", Describe(entry), "-");
        }
    }

    private static string Describe(OpenIncident? incident) => incident is null
        ? "-"
        : $"{incident.Status} {incident.Urgency} {incident.Category} {incident.GridCode} {incident.FinishBy:O} {incident.Title}";

    private static string Describe(Tally? tally) => tally is null
        ? "-"
        : $"open {tally.Open}, in progress {tally.InProgress}, closed {tally.Days.Sum(day => day.Closed)}, on time {tally.Days.Sum(day => day.ClosedOnTime)}, reported {tally.Hours.Sum(hour => hour.Reported)}";

    private static string Describe(StreamEntry? entry) => entry is null ? "-" : $"{entry.Kind} {entry.At:O} {entry.Actor} {entry.Incident?.Number}";
}
