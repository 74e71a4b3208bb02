using CommandCenter.Data.Disputes;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Wall.Disputes;

/// <summary>What walls show of the disputes of an area: read once, shown by all.</summary>
/// <param name="At">When it was read, UTC: whenever something changed.</param>
/// <param name="Rates">Of the year to date.</param>
/// <param name="Towns">Every town of the area, also those with none, most first.</param>
/// <param name="Bodies">Who holds disputes, those that hold the oldest first.</param>
public sealed record DisputeBoard(DateTime At, DisputeBacklog Backlog, DisputeRatesOfPeriod Rates, IReadOnlyList<DisputeHolder> Towns, IReadOnlyList<DisputeHolder> Bodies)
{
    /// <summary>Whether there is anything to show; a county without a register shows none of it.</summary>
    public bool HasAny => Backlog.Open > 0 || Backlog.Flow.Any(day => day.Inflow > 0 || day.Outflow > 0);

    /// <summary>How long the oldest waits, days.</summary>
    public int OldestDays => Towns.Select(town => town.OldestDays).Concat(Bodies.Select(body => body.OldestDays)).DefaultIfEmpty().Max();

    /// <summary>A count of disputes as it may be told: before guests (参观模式) small groups are not counted out.</summary>
    public static string Told(int count, bool visitor) =>
        visitor && count is > 0 and < BoardMask.SmallestGroup ? $"<{BoardMask.SmallestGroup}" : count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A town or a mediation body and what it holds.</summary>
/// <param name="Name">Null for disputes that nobody has yet.</param>
public sealed record DisputeHolder(string Code, string? Name, int Open, int Overdue, int OldestDays);
