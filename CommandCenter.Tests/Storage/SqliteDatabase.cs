using CommandCenter.Data.Storage;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Storage;

/// <summary>A real file in a folder of its own.</summary>
internal sealed class SqliteDatabase : TestDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;

    public SqliteDatabase() => Options = new StorageOptions { ConnectionString = $"Data Source={File}", LockTimeoutSeconds = 20 };

    public string File => Path.Combine(_folder, "commandcenter.db");

    public override StorageOptions Options { get; }

    public override Task CreateAsync() => Task.CompletedTask;

    public override Dialect DialectThatRetries<TFault>() => new Retrying<TFault>(Options);

    public override Dialect DialectThatWaits(int seconds) =>
        new SqliteDialect(new StorageOptions { ConnectionString = Options.ConnectionString, LockTimeoutSeconds = seconds });

    /// <summary>Closes what is pooled, so that everything is in the one file and no handle is held.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(NewDialect().ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    protected override SqliteDialect NewDialect() => new(Options);

    protected override Task DropAsync()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private sealed class Retrying<TFault>(StorageOptions options) : SqliteDialect(options)
        where TFault : Exception
    {
        public override bool IsTransient(Exception failure) => failure is TFault || base.IsTransient(failure);
    }
}
