namespace CommandCenter.Tests.Storage;

/// <summary>A clock that stands where a test puts it. Its timers run as usual.</summary>
internal sealed class ClockAt(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
