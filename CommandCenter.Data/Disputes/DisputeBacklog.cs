using System.Runtime.InteropServices;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>What is counted of a dispute.</summary>
/// <param name="Area">Area code of any level; null where its place is not known.</param>
/// <param name="Body">Code of the mediation body that has it; null before it was assigned.</param>
/// <param name="RegisteredAt">UTC.</param>
/// <param name="AcceptedAt">UTC; null before it was accepted.</param>
/// <param name="ClosedAt">UTC; null while it is open.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CountedDispute(
    long Id, string? Area, string? Body, DisputeStage Stage, DisputeRisk Risk, DateTime RegisteredAt, DateTime? AcceptedAt, bool Extended, DateTime? ClosedAt);

/// <summary>Open disputes of a town, or in the hands of a body.</summary>
/// <param name="Overdue">Of them, those whose month, or extended month, has run out before they were agreed or failed.</param>
/// <param name="OldestId">The one that waits longest; of those of one day the one registered first.</param>
/// <param name="OldestDays">For how many county days.</param>
public sealed record DisputeHolding(string Code, int Open, int Overdue, long OldestId, int OldestDays);

/// <summary>A county day's movement.</summary>
/// <param name="Inflow">Registered on it.</param>
/// <param name="Outflow">Closed on it.</param>
/// <param name="Backlog">Open at its end; now, for today.</param>
public sealed record DisputeDay(DateOnly Day, int Inflow, int Outflow, int Backlog);

/// <summary>
/// What is waiting (DOMAIN, "Dispute", backlog view): every open dispute is counted exactly once in each of the five splits, those
/// of unknown place and of no body under an empty code.
/// </summary>
/// <param name="ByStage">All open stages, also those that hold none.</param>
/// <param name="ByAge">All bands.</param>
/// <param name="ByRisk">All risks.</param>
/// <param name="ByTown">Nine-digit town codes (six digits where no more is known), most first.</param>
/// <param name="ByBody">Most first.</param>
/// <param name="DueByDay">Of those whose clock runs, how many fall due on each of the next days, today first.</param>
/// <param name="Flow">Days up to today, the earliest first.</param>
public sealed record DisputeBacklog(
    DateOnly Today,
    int Open,
    int Overdue,
    IReadOnlyDictionary<DisputeStage, int> ByStage,
    IReadOnlyDictionary<AgeBand, int> ByAge,
    IReadOnlyDictionary<DisputeRisk, int> ByRisk,
    IReadOnlyList<DisputeHolding> ByTown,
    IReadOnlyList<DisputeHolding> ByBody,
    IReadOnlyList<int> DueByDay,
    IReadOnlyList<DisputeDay> Flow)
{
    /// <summary>How far ahead what falls due is told.</summary>
    public const int DaysAhead = 7;

    private const int TownDigits = 9;

    /// <param name="disputes">All that are open, and all that were registered or closed within <paramref name="flowDays"/>.</param>
    /// <param name="today">County day.</param>
    /// <param name="flowDays">Days of movement, today included.</param>
    public static DisputeBacklog Of(IEnumerable<CountedDispute> disputes, DateOnly today, int flowDays)
    {
        ArgumentNullException.ThrowIfNull(disputes);
        ArgumentOutOfRangeException.ThrowIfLessThan(flowDays, 1);
        var first = today.AddDays(1 - flowDays);
        var (inflow, outflow, due) = (new int[flowDays], new int[flowDays], new int[DaysAhead]);
        var stages = DisputeLifecycle.Open.ToDictionary(stage => stage, _ => 0);
        var ages = Enum.GetValues<AgeBand>().ToDictionary(band => band, _ => 0);
        var risks = Enum.GetValues<DisputeRisk>().ToDictionary(risk => risk, _ => 0);
        var (towns, bodies) = (new Holdings(), new Holdings());
        var (open, overdue) = (0, 0);
        foreach (var dispute in disputes)
        {
            Count(inflow, CountyTime.Day(dispute.RegisteredAt).DayNumber - first.DayNumber);
            if (dispute.ClosedAt is { } closed)
            {
                Count(outflow, CountyTime.Day(closed).DayNumber - first.DayNumber);
                continue;
            }

            open++;
            stages[dispute.Stage]++;
            risks[dispute.Risk]++;
            var days = DisputeAge.Days(dispute.RegisteredAt, today);
            ages[DisputeAge.Band(days)]++;
            var daysLeft = DaysLeft(dispute, today);
            overdue += daysLeft < 0 ? 1 : 0;
            Count(due, daysLeft ?? -1);
            towns.Add(Town(dispute.Area), dispute, days, daysLeft < 0);
            bodies.Add(dispute.Body ?? "", dispute, days, daysLeft < 0);
        }

        return new DisputeBacklog(today, open, overdue, stages, ages, risks, towns.MostFirst(), bodies.MostFirst(), due, Days(first, inflow, outflow, open));
    }

    // Null where no clock runs: before it was accepted, and once mediation came to an end.
    private static int? DaysLeft(in CountedDispute dispute, DateOnly today) =>
        dispute.AcceptedAt is { } accepted && dispute.Stage is DisputeStage.Accepted or DisputeStage.Assigned or DisputeStage.Mediating
            ? DisputeClock.DueOn(accepted, dispute.Extended).DayNumber - today.DayNumber
            : null;

    private static string Town(string? area) => area is null ? "" : area.Length <= TownDigits ? area : area[..TownDigits];

    private static void Count(int[] counts, int place)
    {
        if ((uint)place < (uint)counts.Length)
        {
            counts[place]++;
        }
    }

    // Back from what is open now: what was open before needs no counting of what is long over.
    private static DisputeDay[] Days(DateOnly first, int[] inflow, int[] outflow, int open)
    {
        var days = new DisputeDay[inflow.Length];
        for (var i = days.Length - 1; i >= 0; i--)
        {
            days[i] = new DisputeDay(first.AddDays(i), inflow[i], outflow[i], open);
            open += outflow[i] - inflow[i];
        }

        return days;
    }

    private sealed class Holdings
    {
        private readonly Dictionary<string, (int Open, int Overdue, CountedDispute Oldest, int OldestDays)> _byCode = new(StringComparer.Ordinal);

        public void Add(string code, in CountedDispute dispute, int days, bool overdue)
        {
            ref var holding = ref CollectionsMarshal.GetValueRefOrAddDefault(_byCode, code, out var known);
            if (!known || (dispute.RegisteredAt, dispute.Id).CompareTo((holding.Oldest.RegisteredAt, holding.Oldest.Id)) < 0)
            {
                (holding.Oldest, holding.OldestDays) = (dispute, days);
            }

            holding.Open++;
            holding.Overdue += overdue ? 1 : 0;
        }

        public DisputeHolding[] MostFirst() =>
        [
            .. _byCode.OrderByDescending(pair => pair.Value.Open).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new DisputeHolding(pair.Key, pair.Value.Open, pair.Value.Overdue, pair.Value.Oldest.Id, pair.Value.OldestDays)),
        ];
    }
}
