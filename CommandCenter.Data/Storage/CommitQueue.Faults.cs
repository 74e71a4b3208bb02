using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Storage;

internal sealed partial class CommitQueue
{
    private void RollBack(DbTransaction? transaction, Exception cause)
    {
        _writer?.Forget();
        var broken = _dialect.BreaksConnection(cause);
        try
        {
            transaction?.Rollback();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // SQLite rolls back by itself on some errors and a lost connection has nothing to roll back: either way a fresh one is right.
            broken = true;
        }

        try
        {
            transaction?.Dispose();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            broken = true;
        }

        if (broken)
        {
            _writer?.Dispose();
            _writer = null;
            if (_dialect.IsLineLost(cause))
            {
                _dialect.ForgetConnections();
            }
        }
    }

    private void Fail(List<WorkItem> group, Failure failure)
    {
        if (group.Count == 0)
        {
            return;
        }

        var told = _dialect.Unavailable(failure.Cause) ?? (failure.OutcomeUnknown
            ? new StoreUnavailableException(StoreFault.Away, "The store broke off while it was committing.", failure.Cause)
            : failure.Cause);
        if (told is StoreUnavailableException unavailable)
        {
            told = unavailable.With(failure.OutcomeUnknown);
            if (failure.OutcomeUnknown)
            {
                LogOutcomeUnknown(_logger, failure.Cause, unavailable.Fault, group.Count);
            }
            else
            {
                LogUnavailable(_logger, failure.Cause, unavailable.Fault, group.Count);
            }
        }

        foreach (var item in group)
        {
            item.Fail(told);
        }
    }

    [LoggerMessage(LogLevel.Error, "The store can't take writes ({Fault}); {Count} pieces of work were refused and nothing of them was kept")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, StoreFault fault, int count);

    [LoggerMessage(LogLevel.Warning, "A transaction met a transient error and is run again (attempt {Attempt})")]
    private static partial void LogRetrying(ILogger logger, Exception exception, int attempt);

    [LoggerMessage(LogLevel.Error, "The store broke off while it was committing ({Fault}); whether {Count} pieces of work were kept is not known")]
    private static partial void LogOutcomeUnknown(ILogger logger, Exception exception, StoreFault fault, int count);

    private sealed record Failure(Exception Cause, bool OutcomeUnknown);
}
