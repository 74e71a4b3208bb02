using CommandCenter.Web.Demo.Terrain;

namespace CommandCenter.Web.Demo;

/// <summary>Chance that falls the same way each time for the same name: a report's dice are named by its external id.</summary>
internal sealed class Dice(string name)
{
    private readonly long _name = Fold(name);
    private long _throws;

    /// <summary>In [0, 1).</summary>
    public double Next() => Noise.Hash(1, _name, _throws++);

    public double Between(double from, double to) => from + ((to - from) * Next());

    /// <summary>Mostly short, sometimes long; the mean is what is asked for, the longest five times that.</summary>
    public double Waiting(double mean) => Math.Min(-Math.Log(1 - Next()), 5) * mean;

    public int Below(int count) => (int)(Next() * count);

    public bool Chance(double share) => Next() < share;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    // FNV-1a: string.GetHashCode differs from run to run.
    private static long Fold(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
        {
            hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        return unchecked((long)hash);
    }
}

/// <summary>Choices, some likelier than others.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] _choices;
    private readonly double[] _upTo;

    public Weighted(IEnumerable<(T Choice, int Weight)> choices)
    {
        var all = choices.Where(c => c.Weight > 0).ToArray();
        _choices = [.. all.Select(c => c.Choice)];
        _upTo = new double[all.Length];
        double sum = 0;
        for (var i = 0; i < all.Length; i++)
        {
            _upTo[i] = sum += all[i].Weight;
        }
    }

    public IReadOnlyList<T> Choices => _choices;

    public T Pick(Dice dice)
    {
        var at = dice.Next() * _upTo[^1];
        var i = Array.BinarySearch(_upTo, at);
        return _choices[i < 0 ? ~i : i + 1];
    }
}
