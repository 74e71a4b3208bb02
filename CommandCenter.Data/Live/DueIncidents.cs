namespace CommandCenter.Data.Live;

/// <summary>
/// The open incidents whose clock has run out or will soon: overdue first, longest first, then those due soon, soonest first.
/// </summary>
/// <param name="Overdue">How many are overdue.</param>
/// <param name="DueSoon">How many are not overdue and have used <see cref="SoonFrom"/> of their time.</param>
/// <param name="First">The first of them, as many as were asked for.</param>
public sealed record DueIncidents(int Overdue, int DueSoon, IReadOnlyList<OpenIncident> First)
{
    /// <summary>From which part of the time between receipt and finish-by on an incident is due soon.</summary>
    public const double SoonFrom = 0.75;

    public static readonly DueIncidents None = new(0, 0, []);

    /// <summary>Reads everything open: call it every few seconds, not for every change.</summary>
    /// <param name="areaCode">Code prefix; "" for everything.</param>
    /// <param name="now">UTC.</param>
    public static DueIncidents Of(LiveBoard board, string areaCode, DateTime now, int count)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(areaCode);
        var due = board.OpenNewestFirst
            .Where(incident => (incident.IsOverdue(now) || incident.IsDueSoon(now))
                && (areaCode.Length == 0 || incident.GridCode?.StartsWith(areaCode, StringComparison.Ordinal) == true))
            .OrderBy(incident => incident.FinishBy)
            .ThenBy(incident => incident.Id)
            .ToList();
        var overdue = due.Count(incident => incident.IsOverdue(now));
        return new DueIncidents(overdue, due.Count - overdue, due.Take(count).ToList());
    }
}
