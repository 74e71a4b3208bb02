using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using CommandCenter.Data.Events;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Storage;

/// <summary>
/// One thread that writes. Work that waits while a commit is under way goes into the next transaction together, so that one
/// disk sync serves many callers; a caller is answered only after the commit that holds its work. A group that fails is run
/// again one by one, so that a bad piece of work never takes its neighbours with it. What was surely not kept is run again
/// when the fault is transient or the old connection was dead; what may have been kept, only when that changes nothing.
/// </summary>
internal sealed partial class CommitQueue : IDisposable
{
    // A bound on how long the first of a group waits for the last; more than this many rarely wait at once.
    private const int MostInGroup = 256;
    private const int MostRetries = 3;

    private readonly BlockingCollection<WorkItem> _queue = new(boundedCapacity: 10_000);
    private readonly Dialect _dialect;
    private readonly TimeProvider _time;
    private readonly Doorbell _doorbell;
    private readonly StoreMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private WriterConnection? _writer;
    private bool _isDisposed;

    public CommitQueue(Dialect dialect, TimeProvider time, Doorbell doorbell, StoreMetrics metrics, ILogger logger)
    {
        (_dialect, _time, _doorbell, _metrics, _logger) = (dialect, time, doorbell, metrics, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "Store writer" };
        _thread.Start();
    }

    /// <summary>Work waiting for its turn.</summary>
    public int Waiting => _queue.Count;

    public Task<T> EnqueueAsync<T>(Func<WriteSession, T> work, bool mayRepeat, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new WorkItem<T>(work, mayRepeat, cancellationToken);
        try
        {
            if (!_queue.TryAdd(item))
            {
                throw new StoreUnavailableException(StoreFault.Locked, "More work waits for the database than it can take. Nothing of this request was kept; send it again.");
            }
        }
        catch (InvalidOperationException e)
        {
            throw new StoreUnavailableException(StoreFault.Away, "The program is stopping. Nothing of this request was kept; send it again.", e);
        }

        return item.Task;
    }

    /// <summary>Takes no more, finishes what waits, closes the connection.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        var group = new List<WorkItem>(MostInGroup);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MostInGroup && _queue.TryTake(out var next))
            {
                group.Add(next);
            }

            group.RemoveAll(item => item.AbandonedBeforeStart());
            CommitGroup(group);
            group.Clear();
        }

        _writer?.Dispose();
    }

    /// <param name="isRepeat">An earlier commit of these may have happened.</param>
    private void CommitGroup(List<WorkItem> group, bool isRepeat = false)
    {
        if (group.Count == 0 || TryCommit(group) is not { } failure)
        {
            return;
        }

        if (failure.OutcomeUnknown && !isRepeat)
        {
            Fail(group.FindAll(item => !item.MayRepeat), failure);
            CommitGroup(group.FindAll(item => item.MayRepeat), isRepeat: true);
            return;
        }

        if (group.Count > 1 && !failure.OutcomeUnknown && _dialect.Unavailable(failure.Cause) is null)
        {
            foreach (var item in group)
            {
                if (TryCommit([item]) is { } own)
                {
                    Fail([item], own with { OutcomeUnknown = own.OutcomeUnknown || isRepeat });
                }
            }

            return;
        }

        Fail(group, failure with { OutcomeUnknown = failure.OutcomeUnknown || isRepeat });
    }

    /// <returns>Why it failed; null when it did not.</returns>
    private Failure? TryCommit(List<WorkItem> group)
    {
        for (var attempt = 1; ; attempt++)
        {
            DbTransaction? transaction = null;
            var began = Stopwatch.GetTimestamp();
            using var activity = StartActivity(group);
            var isCommitting = false;
            var isOldConnection = ReuseWriter();
            try
            {
                _writer ??= new WriterConnection(_dialect.OpenWriter(), _dialect);
                transaction = _dialect.BeginWrite(_writer.Connection);
                var session = new WriteSession(_writer, transaction, _time);
                foreach (var item in group)
                {
                    item.Execute(session);
                }

                session.Complete();
                isCommitting = true;
                transaction.Commit();
                transaction.Dispose();
                _metrics.Committed(Stopwatch.GetElapsedTime(began));
                if (session.LastPosition != session.FirstPosition)
                {
                    _doorbell.Ring(session.LastPosition);
                }

                foreach (var item in group)
                {
                    item.Complete();
                }

                return null;
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers whose work this is; the writer itself must live on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                RollBack(transaction, e);
                StoreMetrics.Failed(Stopwatch.GetElapsedTime(began));
                activity?.SetStatus(ActivityStatusCode.Error);
                if (isCommitting && _dialect.LeavesOutcomeUnknown(e))
                {
                    return new Failure(e, OutcomeUnknown: true);
                }

                if (isOldConnection && _dialect.IsLineLost(e))
                {
                    LogRetrying(_logger, e, attempt);
                    attempt--;
                }
                else if (attempt < MostRetries && _dialect.IsTransient(e))
                {
                    LogRetrying(_logger, e, attempt);
                    Thread.Sleep(Backoff.After(attempt));
                }
                else
                {
                    return new Failure(e, OutcomeUnknown: false);
                }
            }
        }
    }

    // One transaction serves many requests: it belongs to none of them and names them all.
    private static Activity? StartActivity(List<WorkItem> group)
    {
        if (!StoreMetrics.Activities.HasListeners())
        {
            return null;
        }

        var requests = group.Where(item => item.Asked != default).Select(item => new ActivityLink(item.Asked)).ToList();
        return StoreMetrics.Activities.StartActivity(
            ActivityKind.Internal, parentContext: requests.Count > 0 ? requests[0].Context : default, links: requests, name: "store.commit")
            ?.SetTag("commandcenter.commit.work", group.Count);
    }

    /// <returns>Whether there is a connection from before; one that is known to be closed is not kept.</returns>
    private bool ReuseWriter()
    {
        if (_writer is { Connection.State: not ConnectionState.Open })
        {
            _writer.Dispose();
            _writer = null;
        }

        return _writer is not null;
    }

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

    private abstract class WorkItem(bool mayRepeat, CancellationToken cancellationToken)
    {
        /// <summary>What the caller was doing, for traces.</summary>
        public ActivityContext Asked { get; } = Activity.Current?.Context ?? default;

        public bool MayRepeat => mayRepeat;

        protected CancellationToken CancellationToken { get; } = cancellationToken;

        public abstract bool AbandonedBeforeStart();

        public abstract void Execute(WriteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class WorkItem<T>(Func<WriteSession, T> work, bool mayRepeat, CancellationToken cancellationToken) : WorkItem(mayRepeat, cancellationToken)
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _completion.Task;

        // Once begun, work is finished and kept: only what nobody waits for any more is dropped, before it starts.
        public override bool AbandonedBeforeStart() => CancellationToken.IsCancellationRequested && _completion.TrySetCanceled(CancellationToken);

        public override void Execute(WriteSession session) => _result = work(session);

        public override void Complete() => _completion.TrySetResult(_result);

        public override void Fail(Exception exception) => _completion.TrySetException(exception);
    }
}
