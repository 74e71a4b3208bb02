namespace CommandCenter.Data.Storage;

/// <summary>How long to wait before a transaction that met a transient fault is run again.</summary>
internal static class Backoff
{
    private const double FirstMilliseconds = 20;

    /// <summary>Twice as long each time, and by up to half of that more or less, so that those who met each other do not meet again.</summary>
    /// <param name="failed">How many runs failed: 1, 2 …</param>
#pragma warning disable CA5394 // Nothing here has to be secret.
    public static TimeSpan After(int failed) =>
        TimeSpan.FromMilliseconds(FirstMilliseconds * Math.Pow(2, failed) * (0.5 + Random.Shared.NextDouble()));
#pragma warning restore CA5394
}
