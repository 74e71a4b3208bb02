using System.Data.Common;
using CommandCenter.Data.Events;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Storage;

/// <summary>
/// The database: one writer behind a queue, readers in parallel. Failures to serve come back as
/// <see cref="StoreUnavailableException"/>, from reading and from writing alike.
/// </summary>
public sealed class Store : IDisposable
{
    // The first time and twice more: a line that is lost again on a new connection is no accident.
    private const int MostReads = 3;

    private readonly CommitQueue _commits;
    private volatile StoreUnavailableException? _heldBack;

    public Store(StorageOptions options, TimeProvider time, ILogger<Store> logger)
        : this(options.Provider == StorageProvider.Sqlite ? new SqliteDialect(options) : new SqlServerDialect(options), time, logger)
    {
    }

    internal Store(Dialect dialect, TimeProvider time, ILogger<Store> logger)
    {
        InstantHandler.Register();
        Dialect = dialect;
        Doorbell = new Doorbell(time);
        _commits = new CommitQueue(Dialect, time, Doorbell, Metrics, logger);
    }

    /// <summary>Which client for SQL Server this program was built with.</summary>
    public static Version SqlClientVersion { get; } = typeof(SqlConnection).Assembly.GetName().Version ?? new Version(0, 0);

    public Dialect Dialect { get; }

    /// <summary>Rung with the last position after each commit of this process that appended events.</summary>
    public Doorbell Doorbell { get; }

    /// <summary>What an administrator should know of this database, found at start; null when all is well.</summary>
    public string? Advice { get; internal set; }

    public StoreMetrics Metrics { get; } = new();

    /// <summary>Pieces of writing work that wait for their turn.</summary>
    public int WritesWaiting => _commits.Waiting;

    /// <summary>Why everybody is refused until <see cref="Open"/>; null when nobody is.</summary>
    public StoreUnavailableException? HeldBack => _heldBack;

    /// <summary>Refuses reading and writing from now on: the schema has not been brought to this program's yet.</summary>
    public void HoldBack(StoreUnavailableException reason) => _heldBack = reason;

    /// <summary>Serves from now on.</summary>
    public void Open() => _heldBack = null;

    /// <summary>A connection for reading; dispose it to give it back.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        ThrowWhenHeldBack();
        try
        {
            return await Dialect.OpenReaderAsync(cancellationToken);
        }
        catch (Exception e) when (Dialect.Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>
    /// Opens a reader and runs a query on it; again, on a new connection, when the one it had turns out dead or the server asks
    /// for it. That a server can't be reached at all is told at once.
    /// </summary>
    /// <param name="query">May run more than once, so it must have no effect outside its result.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        for (var read = 1; ; read++)
        {
            await using var connection = await OpenReaderAsync(cancellationToken);
            try
            {
                return await query(connection);
            }
            catch (Exception e) when (read < MostReads && !cancellationToken.IsCancellationRequested && Dialect.IsLineLost(e))
            {
                Dialect.ForgetConnections();
            }
            catch (Exception e) when (read < MostReads && !cancellationToken.IsCancellationRequested && Dialect.IsTransient(e))
            {
                await Task.Delay(Backoff.After(read), cancellationToken);
            }
            catch (Exception e) when (Dialect.Unavailable(e) is { } unavailable)
            {
                throw unavailable;
            }
        }
    }

    /// <summary>
    /// Runs work in a transaction under the write lock, together with other work that waits, and completes after the commit
    /// is durable.
    /// </summary>
    /// <param name="work">Synchronous; may run more than once, so it must have no effect outside the session.</param>
    /// <param name="cancellationToken">Heeded until the work starts; work that started is kept.</param>
    /// <param name="mayRepeat">
    /// The work does nothing anew when it was done before. Only such work is run again after a commit of which nobody knows
    /// whether it happened; the rest is told so (<see cref="StoreUnavailableException.OutcomeUnknown"/>).
    /// </param>
    /// <param name="isUrgent">
    /// The work has a deadline and is a statement or two: it goes before everything that waits, in a transaction of its own, and
    /// waits at most for the one piece of work that is under way.
    /// </param>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept, unless the outcome is unknown.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellationToken, bool mayRepeat = false, bool isUrgent = false)
    {
        ThrowWhenHeldBack();
        return _commits.EnqueueAsync(work, mayRepeat, isUrgent, cancellationToken);
    }

    /// <summary>The room that the store has left.</summary>
    /// <exception cref="StoreUnavailableException">The store does not say.</exception>
    public async Task<StoreRoom> RoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Dialect.RoomAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(StoreFault.Away, $"The disk of the database does not tell its free space: {e.Message}", e);
        }
        catch (Exception e) when (Dialect.Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public void Dispose() => _commits.Dispose();

    // A new one for each: what is thrown twice gathers the traces of both.
    private void ThrowWhenHeldBack()
    {
        if (_heldBack is { } reason)
        {
            throw new StoreUnavailableException(reason.Fault, reason.Message, reason);
        }
    }
}
