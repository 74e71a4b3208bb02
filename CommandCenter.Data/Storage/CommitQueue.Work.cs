using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Data.Storage;

internal sealed partial class CommitQueue
{
    /// <summary>What waits, in the order of its coming, but what is urgent before everything else.</summary>
    private sealed class Lanes : IProducerConsumerCollection<WorkItem>
    {
        private readonly ConcurrentQueue<WorkItem> _urgent = new();
        private readonly ConcurrentQueue<WorkItem> _ordinary = new();

        public bool HasUrgent => !_urgent.IsEmpty;

        public int Count => _urgent.Count + _ordinary.Count;

        public bool IsSynchronized => false;

        public object SyncRoot => throw new NotSupportedException();

        public bool TryAdd(WorkItem item)
        {
            (item.IsUrgent ? _urgent : _ordinary).Enqueue(item);
            return true;
        }

        public bool TryTake([MaybeNullWhen(false)] out WorkItem item) => _urgent.TryDequeue(out item) || _ordinary.TryDequeue(out item);

        public WorkItem[] ToArray() => [.. _urgent, .. _ordinary];

        public void CopyTo(WorkItem[] array, int index) => ToArray().CopyTo(array, index);

        public void CopyTo(Array array, int index) => ToArray().CopyTo(array, index);

        public IEnumerator<WorkItem> GetEnumerator() => ((IEnumerable<WorkItem>)ToArray()).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private abstract class WorkItem(bool mayRepeat, bool isUrgent, CancellationToken cancellationToken)
    {
        /// <summary>What the caller was doing, for traces.</summary>
        public ActivityContext Asked { get; } = Activity.Current?.Context ?? default;

        public bool MayRepeat => mayRepeat;

        public bool IsUrgent => isUrgent;

        protected CancellationToken CancellationToken { get; } = cancellationToken;

        public abstract bool AbandonedBeforeStart();

        public abstract void Execute(WriteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class WorkItem<T>(Func<WriteSession, T> work, bool mayRepeat, bool isUrgent, CancellationToken cancellationToken)
        : WorkItem(mayRepeat, isUrgent, cancellationToken)
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
