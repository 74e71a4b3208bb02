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

    private const int MostWaiting = 10_000;

    private readonly Lanes _lanes = new();
    private readonly BlockingCollection<WorkItem> _queue;
    private readonly Dialect _dialect;
    private readonly TimeProvider _time;
    private readonly Doorbell _doorbell;
    private readonly StoreMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly List<WorkItem> _postponed = [];
    private WriterConnection? _writer;
    private bool _isDisposed;

    public CommitQueue(Dialect dialect, TimeProvider time, Doorbell doorbell, StoreMetrics metrics, ILogger logger)
    {
        (_dialect, _time, _doorbell, _metrics, _logger) = (dialect, time, doorbell, metrics, logger);
        _queue = new BlockingCollection<WorkItem>(_lanes);
        _thread = new Thread(Run) { IsBackground = true, Name = "Store writer" };
        _thread.Start();
    }

    /// <summary>Work waiting for its turn.</summary>
    public int Waiting => _queue.Count;

    public Task<T> EnqueueAsync<T>(Func<WriteSession, T> work, bool mayRepeat, bool isUrgent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new WorkItem<T>(work, mayRepeat, isUrgent, cancellationToken);
        try
        {
            if (!isUrgent && _queue.Count >= MostWaiting)
            {
                throw new StoreUnavailableException(StoreFault.Locked, "More work waits for the database than it can take. Nothing of this request was kept; send it again.");
            }

            _queue.Add(item, CancellationToken.None);
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
        var (urgent, group) = (new List<WorkItem>(), new List<WorkItem>(MostInGroup));
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            (first.IsUrgent ? urgent : group).Add(first);
            while (group.Count < MostInGroup && _queue.TryTake(out var next))
            {
                (next.IsUrgent ? urgent : group).Add(next);
            }

            CommitWaiting(urgent);
            CommitWaiting(group);
            while (_postponed.Count > 0)
            {
                while (_lanes.HasUrgent && _queue.TryTake(out var next))
                {
                    urgent.Add(next);
                }

                group.AddRange(_postponed);
                _postponed.Clear();
                CommitWaiting(urgent);
                CommitWaiting(group);
            }
        }

        _writer?.Dispose();
    }

    private void CommitWaiting(List<WorkItem> group)
    {
        group.RemoveAll(item => item.AbandonedBeforeStart());
        CommitGroup(group);
        group.Clear();
    }

    // What is urgent can't wait for the rest of a group: what was done is committed, and the rest comes after the urgent.
    private void Execute(List<WorkItem> group, WriteSession session, bool maySplit)
    {
        for (var i = 0; i < group.Count; i++)
        {
            if (maySplit && i > 0 && _lanes.HasUrgent && !group[i].IsUrgent)
            {
                _postponed.AddRange(group[i..]);
                group.RemoveRange(i, group.Count - i);
                return;
            }

            group[i].Execute(session);
        }
    }

    /// <param name="isRepeat">An earlier commit of these may have happened.</param>
    private void CommitGroup(List<WorkItem> group, bool isRepeat = false)
    {
        // Of what is run again it must stay known that it is, so such a group stays together.
        if (group.Count == 0 || TryCommit(group, maySplit: !isRepeat) is not { } failure)
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
                if (TryCommit([item], maySplit: false) is { } own)
                {
                    Fail([item], own with { OutcomeUnknown = own.OutcomeUnknown || isRepeat });
                }
            }

            return;
        }

        Fail(group, failure with { OutcomeUnknown = failure.OutcomeUnknown || isRepeat });
    }

    /// <returns>Why it failed; null when it did not.</returns>
    private Failure? TryCommit(List<WorkItem> group, bool maySplit)
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
                Execute(group, session, maySplit);
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
}
