using System.Data.Common;
using CommandCenter.Data.Events;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Storage;

/// <summary>
/// The database: one writer behind a queue, readers in parallel. Failures to serve come back as
/// <see cref="StoreUnavailableException"/>, from reading and from writing alike.
/// </summary>
public sealed class Store : IDisposable
{
    private readonly CommitQueue _commits;

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

    public Dialect Dialect { get; }

    /// <summary>Rung with the last position after each commit of this process that appended events.</summary>
    public Doorbell Doorbell { get; }

    /// <summary>What an administrator should know of this database, found at start; null when all is well.</summary>
    public string? Advice { get; internal set; }

    public StoreMetrics Metrics { get; } = new();

    /// <summary>Pieces of writing work that wait for their turn.</summary>
    public int WritesWaiting => _commits.Waiting;

    /// <summary>A connection for reading; dispose it to give it back.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Dialect.OpenReaderAsync(cancellationToken);
        }
        catch (Exception e) when (Dialect.Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>Opens a reader and runs a query on it.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        await using var connection = await OpenReaderAsync(cancellationToken);
        try
        {
            return await query(connection);
        }
        catch (Exception e) when (Dialect.Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>
    /// Runs work in a transaction under the write lock, together with other work that waits, and completes after the commit
    /// is durable.
    /// </summary>
    /// <param name="work">Synchronous; may run more than once, so it must have no effect outside the session.</param>
    /// <param name="cancellationToken">Heeded until the work starts; work that started is kept.</param>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellationToken) => _commits.EnqueueAsync(work, cancellationToken);

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
}
