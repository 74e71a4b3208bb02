namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Where an import comes from.</summary>
/// <param name="Source">Who said so, for people: 公安局, 信访局; at most 100 characters.</param>
/// <param name="FileName">At most 200 characters; null for a program's.</param>
/// <param name="Sha256">Of what was sent, 64 hexadecimal digits.</param>
/// <param name="AsOf">The day up to which the source speaks. Of figures that overlap those of the later day count.</param>
/// <param name="Note">At most 400 characters.</param>
public sealed record StatisticHeader(string Source, string? FileName, string Sha256, DateOnly AsOf, string? Note = null)
{
    public const int LongestSource = 100;
    public const int LongestFileName = 200;
    public const int LongestNote = 400;
}

/// <summary>An import that was taken: a version of the figures.</summary>
public sealed record StatisticImport
{
    /// <summary>Position of its event: the version's number.</summary>
    public long Position { get; init; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; init; }

    public string Actor { get; init; } = "";

    public string Source { get; init; } = "";

    public string? FileName { get; init; }

    public string Sha256 { get; init; } = "";

    public DateOnly AsOf { get; init; }

    public string? Note { get; init; }

    public int Cells { get; init; }

    public DateOnly FirstDay { get; init; }

    public DateOnly LastDay { get; init; }

    /// <summary>Position of the event that undid it; null while it stands.</summary>
    public long? UndonePosition { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? UndoneAt { get; init; }

    public string? UndoneBy { get; init; }

    public string? UndoneReason { get; init; }

    /// <summary>Whether it counted right after the event at a position.</summary>
    public bool StoodAt(long version) => Position <= version && (UndonePosition is not { } undone || undone > version);
}

/// <summary>A series of an import.</summary>
/// <param name="Areas">How many counties and towns it speaks of.</param>
/// <param name="FirstMonth">The first of the first month.</param>
/// <param name="LastMonth">The first of the last month.</param>
public sealed record ImportedSeries(StatisticSeries Series, int Areas, DateOnly FirstMonth, DateOnly LastMonth);
