using System.Data.Common;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage;

/// <summary>An empty database for one test, and stores on it, each as another node of the program would open it.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<Store> _stores = [];

    public abstract StorageOptions Options { get; }

    /// <summary>Makes it, or skips the test where there is none to be had.</summary>
    public abstract Task CreateAsync();

    /// <summary>The dialect, with a fault of the test's own counted among the transient ones.</summary>
    public abstract Dialect DialectThatRetries<TFault>()
        where TFault : Exception;

    /// <summary>The dialect, waiting for locks no longer than this.</summary>
    public abstract Dialect DialectThatWaits(int seconds);

    /// <summary>A store on this database; the first brings the schema.</summary>
    public async Task<Store> OpenStoreAsync(TimeProvider? time = null, Dialect? dialect = null)
    {
        var store = new Store(
            dialect ?? NewDialect(), time ?? TimeProvider.System, NullLogger<Store>.Instance);
        _stores.Add(store);
        await MigrateAsync(store);
        return store;
    }

    public static Task MigrateAsync(Store store) =>
        new Schema(store, TimeProvider.System, NullLogger<Schema>.Instance).MigrateAsync(CancellationToken.None);

    /// <summary>Runs a statement beside every store.</summary>
    public async Task<int> ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await ConnectAsync();
        return await connection.ExecuteAsync(sql, arguments);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    public Task<DbConnection> ConnectAsync() => NewDialect().OpenReaderAsync(CancellationToken.None).AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            store.Dispose();
        }

        await DropAsync();
    }

    protected abstract Dialect NewDialect();

    protected abstract Task DropAsync();
}
