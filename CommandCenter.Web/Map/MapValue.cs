namespace CommandCenter.Web.Map;

/// <summary>What the map shows of a town in a scene.</summary>
/// <param name="Code">Nine digits.</param>
/// <param name="Class">0 to 4, the most notable brightest; null where nothing is known, which is not 0.</param>
/// <param name="Text">Written under the town's name.</param>
public sealed record MapValue(string Code, int? Class, string Text);

/// <summary>The five classes of a choropleth.</summary>
public static class MapClasses
{
    public const int Count = 5;

    // Lower ends of classes 1 to 4: steps a person can read; the first that leaves few areas above its top is taken.
    private static readonly int[][] Steps =
        [[1, 2, 3, 4], [1, 3, 5, 8], [1, 5, 10, 15], [1, 5, 10, 20], [1, 10, 20, 40], [1, 20, 50, 100], [1, 50, 100, 200], [1, 100, 250, 500], [1, 200, 500, 1000], [1, 1000, 2500, 5000]];

    private const double FewAbove = 0.2;

    /// <summary>Classes for counts, with the text of each for the legend.</summary>
    public static (Func<int, int> Of, IReadOnlyList<string> Texts) OfCounts(IReadOnlyCollection<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var steps = Array.Find(Steps, steps => counts.Count(count => count >= steps[^1]) <= FewAbove * counts.Count) ?? Steps[^1];
        string[] texts = ["0", .. steps.Select((from, i) => i == steps.Length - 1 ? $"≥{from}" : steps[i + 1] - 1 > from ? $"{from}–{steps[i + 1] - 1}" : $"{from}")];
        return (count => Array.FindLastIndex(steps, from => count >= from) + 1, texts);
    }
}
