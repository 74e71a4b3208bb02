using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests;

/// <summary>What was logged, each line behind its level; a line that carries an exception's trace ends with <c>+ trace</c>.</summary>
internal sealed class LinesTold<T> : ILogger<T>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : " + trace")}");
}
