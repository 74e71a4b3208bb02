using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Nodes;

/// <summary>The one clock that all nodes share.</summary>
internal static class DatabaseClock
{
    /// <summary>UTC, cut to milliseconds.</summary>
    public static DateTime Now(WriteSession session)
    {
        var now = session.Scalar($"SELECT {session.Dialect.UtcNow}") switch
        {
            string text => InstantText.Parse(text),
            DateTime instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc),
            var other => throw new InvalidDataException($"The database told the time as {other?.GetType()}."),
        };
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }
}
