namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Something about a figure that somebody should know before it is taken.</summary>
/// <param name="Key">Of its text in StatisticMessages.resx: a stable code for programs.</param>
/// <param name="Text">For people, in the language of the current culture.</param>
/// <param name="Row">From 1, as in the file; null when it is of no row.</param>
/// <param name="Column">From 1.</param>
/// <param name="Day">The day, or the first of the month, that it is about.</param>
public sealed record StatisticProblem(string Key, string Text, int? Row = null, int? Column = null, string? Series = null, string? Area = null, DateOnly? Day = null)
{
    internal static StatisticProblem At(int row, int column, string key, params object?[] arguments) => new(key, StatisticMessages.Format(key, arguments), row, column);
}

/// <summary>The first of some problems, and how many there are.</summary>
public sealed class ProblemList
{
    /// <summary>How many are kept.</summary>
    public const int Most = 200;

    private readonly List<StatisticProblem> _first = [];

    public IReadOnlyList<StatisticProblem> First => _first;

    public int Count { get; private set; }

    public void Add(StatisticProblem problem)
    {
        Count++;
        if (_first.Count < Most)
        {
            _first.Add(problem);
        }
    }
}
