namespace CommandCenter.Data.PoliceStatistics;

/// <summary>A row of statistic_part.</summary>
internal sealed record PartRow
{
    public string Series { get; init; } = "";

    public string AreaCode { get; init; } = "";

    public int Month { get; init; }

    public long ImportPosition { get; init; }

    public int Decimals { get; init; }

    public long? Whole { get; init; }

    public byte[]? Days { get; init; }

    public CellKey Key => new(Series, AreaCode, Month);

    public MonthCell ToCell() => MonthCell.From(Decimals, Whole, Days);
}
