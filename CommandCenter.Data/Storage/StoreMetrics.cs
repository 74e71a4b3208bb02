using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CommandCenter.Data.Storage;

/// <summary>
/// What the store tells of itself: instruments for whoever listens to the meter <see cref="Name"/>, and counts since the start for
/// the program's own pages. Without a listener an instrument costs a comparison.
/// </summary>
public sealed class StoreMetrics
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "CommandCenter";

    /// <summary>Every slice makes its instruments on this one.</summary>
    public static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>
    /// Tags: <c>source</c> (the sender's short name; left out where the report was rejected, because then it may be anything) and
    /// <c>result</c>: created, duplicate, rejected, unavailable.
    /// </summary>
    private static readonly Counter<long> IntakeReports =
        Meter.CreateCounter<long>("commandcenter.intake.reports", "{report}", "Reports that were sent, by sender and by what became of them.");

    private static readonly Histogram<double> CommitDuration = Meter.CreateHistogram(
        "commandcenter.store.commit.duration",
        "s",
        "One transaction under the write lock, from waiting for the lock to the durable commit. Tag result: committed, failed.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private long _commits, _commitTicks, _lastCommitAt, _takenIn;

    /// <summary>Transactions committed since the start.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Time they took together.</summary>
    public TimeSpan CommitTime => TimeSpan.FromTicks(Interlocked.Read(ref _commitTicks));

    /// <summary>Reports stored since the start, without those that were known already.</summary>
    public long TakenIn => Interlocked.Read(ref _takenIn);

    /// <summary>How long ago the last commit was; null when there was none.</summary>
    public TimeSpan? SinceLastCommit => Interlocked.Read(ref _lastCommitAt) is var at and not 0 ? Stopwatch.GetElapsedTime(at) : null;

    /// <summary>A report was answered without reaching the store.</summary>
    /// <param name="result"><c>rejected</c> or <c>unavailable</c>.</param>
    public static void Refused(string result, int count = 1) => IntakeReports.Add(count, new KeyValuePair<string, object?>("result", result));

    internal void TookIn(string source, bool created)
    {
        if (created)
        {
            Interlocked.Increment(ref _takenIn);
        }

        if (IntakeReports.Enabled)
        {
            IntakeReports.Add(1, new("source", source), new("result", created ? "created" : "duplicate"));
        }
    }

    internal void Committed(TimeSpan took)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _commitTicks, took.Ticks);
        Interlocked.Exchange(ref _lastCommitAt, Stopwatch.GetTimestamp());
        CommitDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("result", "committed"));
    }

    internal static void Failed(TimeSpan took) =>
        CommitDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("result", "failed"));
}
