namespace CommandCenter.Data.Live;

/// <summary>What is going on now, up to one position of the log. Immutable: a node's tailer puts a newer one in its place.</summary>
public sealed partial class LiveBoard
{
    public static readonly LiveBoard Empty = new();

    /// <summary>The last event counted; 0 on an empty log.</summary>
    public long Position { get; init; }

    /// <summary>UTC; null on an empty log.</summary>
    public DateTime? LastEventAt { get; init; }

    /// <summary>The figures of an area, with everything that depends on the time of day derived from <paramref name="now"/>.</summary>
    /// <param name="areaCode">Code prefix of a county, town, village or grid; "" for everything, also what lies outside all grids.</param>
    /// <param name="now">UTC.</param>
    public OverviewFigures Overview(string areaCode, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(areaCode);
        var hour = now.Date.AddHours(now.Hour);
        var hours = Enumerable.Range(-23, 24).Select(back => new HourFigures(hour.AddHours(back), 0, 0)).ToArray();
        return new OverviewFigures(Position, LastEventAt, 0, 0, 0, 0, 0, 0, null, new OnTimeRate(0, 0, 0), [], hours, [], 0);
    }
}
