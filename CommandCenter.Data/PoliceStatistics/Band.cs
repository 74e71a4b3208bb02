namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Mean ± 2 σ of what came before: a value outside is worth a look.</summary>
/// <param name="Low">Never below 0: nothing is counted less than none.</param>
public sealed record Band(decimal Mean, decimal Low, decimal High)
{
    /// <summary>Fewest values of which a spread can be told.</summary>
    public const int Fewest = 3;

    /// <param name="values">The periods before, without those that were not reported.</param>
    /// <returns>Null of fewer than <see cref="Fewest"/>.</returns>
    public static Band? Of(IReadOnlyCollection<decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < Fewest)
        {
            return null;
        }

        var mean = values.Sum() / values.Count;
        var squares = values.Sum(value => (value - mean) * (value - mean));

        // Of the sample: these periods stand for all that there might have been.
        var sigma = (decimal)Math.Sqrt((double)squares / (values.Count - 1));
        return new Band(mean, Math.Max(0, mean - (2 * sigma)), mean + (2 * sigma));
    }
}
