using System.Data.Common;
using Dapper;

namespace CommandCenter.Data.Storage;

/// <summary>What must stand in SQL Server before the first script runs: the database itself, with row versions.</summary>
internal sealed class SqlServerPreparation(SqlServerDialect dialect)
{
    private const int NoSuchDatabase = 911, CannotOpen = 4060, NotInDatabase = 916, AlreadyThere = 1801;

    // Making the files takes seconds on slow storage; after that the database opens at once.
    private const int CreateSeconds = 120;
    private static readonly TimeSpan OnlineWithin = TimeSpan.FromSeconds(30), Between = TimeSpan.FromMilliseconds(250);

    private string Database => SqlServerName.Quote(dialect.Catalog);

    /// <returns>What an administrator should know, and whether a reading may have a snapshot of its own.</returns>
    /// <exception cref="StoreUnavailableException">The database is not there and may not be made, or does not open.</exception>
    public async Task<(string? Advice, bool ReadsSnapshots)> RunAsync(CancellationToken cancellationToken)
    {
        DbConnection connection;
        try
        {
            connection = await dialect.OpenReaderAsync(cancellationToken);
        }
        catch (DbException e) when (dialect.ErrorOf(e) is { Number: NoSuchDatabase or CannotOpen or NotInDatabase })
        {
            await FindOrCreateAsync(e, cancellationToken);
            connection = await OpenWhenOnlineAsync(cancellationToken);
        }

        await using (connection)
        {
            return await SwitchRowVersionsOnAsync(connection, cancellationToken);
        }
    }

    private async Task FindOrCreateAsync(DbException refusal, CancellationToken cancellationToken)
    {
        await using var master = dialect.ConnectToMaster();
        try
        {
            await master.OpenAsync(cancellationToken);
        }
        catch (DbException e) when (dialect.ErrorOf(e) is { Number: CannotOpen or NotInDatabase })
        {
            // A login that is kept out of master can't be told more than that its own database does not open.
            throw dialect.Unavailable(refusal)!;
        }

        var found = await master.QuerySingleOrDefaultAsync<Found>(new CommandDefinition(
            "SELECT state_desc AS State, HAS_DBACCESS(name) AS MayEnter FROM sys.databases WHERE name = @name",
            new { name = dialect.Catalog },
            cancellationToken: cancellationToken));
        if (found is not null)
        {
            throw dialect.Faults.DescribeState(found.State)
                ?? (found.MayEnter == 0
                    ? new StoreUnavailableException(StoreFault.NotAllowed, dialect.Faults.NoUser, refusal)
                    : dialect.Unavailable(refusal)!);
        }

        if (SqlServerName.DatabaseProblem(dialect.Catalog) is { } problem)
        {
            throw new StoreUnavailableException(StoreFault.Misconfigured, problem);
        }

        try
        {
            await master.ExecuteAsync(new CommandDefinition($"CREATE DATABASE {Database}", commandTimeout: CreateSeconds, cancellationToken: cancellationToken));
        }
        catch (DbException e) when (dialect.ErrorOf(e) is { Number: AlreadyThere })
        {
            // Another node was quicker.
        }
        catch (DbException e) when (dialect.ErrorOf(e) is { } error)
        {
            var login = SqlServerName.Quote(dialect.Login);
            var may = await master.ExecuteScalarAsync<int?>(new CommandDefinition(
                "SELECT HAS_PERMS_BY_NAME(NULL, NULL, N'CREATE ANY DATABASE')", cancellationToken: cancellationToken));
            throw new StoreUnavailableException(
                may == 1 ? StoreFault.Misconfigured : StoreFault.NotAllowed,
                may == 1
                    ? $"The database {Database} does not exist and could not be made (error {error.Number}: {error.Text})."
                    : $"The database {Database} does not exist, and the login {dialect.Login} lacks CREATE ANY DATABASE on the server (error {error.Number}). Let an administrator run: "
                        + $"GRANT CREATE ANY DATABASE TO {login}; or make it: CREATE DATABASE {Database}; USE {Database}; CREATE USER {login} FOR LOGIN {login}; and the GRANTs of db/README.md.",
                e);
        }
    }

    // A database that was just made may take a moment to open, the longer on a server that has much to do.
    private async Task<DbConnection> OpenWhenOnlineAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Between)
        {
            try
            {
                return await dialect.OpenReaderAsync(cancellationToken);
            }
            catch (DbException e) when (waited < OnlineWithin && dialect.ErrorOf(e) is { Number: NoSuchDatabase or CannotOpen or 921 or 922 })
            {
                dialect.ForgetConnections();
                await Task.Delay(Between, cancellationToken);
            }
        }
    }

    /// <remarks>
    /// Row versions let readers see the last committed state instead of waiting for the writer: all tables of a statement as of one
    /// moment (READ_COMMITTED_SNAPSHOT), all of a transaction (ALLOW_SNAPSHOT_ISOLATION). Where they can't be switched on the
    /// program works, slower.
    /// </remarks>
    private async Task<(string? Advice, bool ReadsSnapshots)> SwitchRowVersionsOnAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var database = await connection.QuerySingleOrDefaultAsync<RowVersions>(new CommandDefinition(
            """
            SELECT CAST(is_read_committed_snapshot_on AS int) AS Committed, CAST(snapshot_isolation_state AS int) AS Snapshot,
              CAST(is_read_only AS int) AS IsReadOnly
            FROM sys.databases
            WHERE name = DB_NAME()
            """,
            cancellationToken: cancellationToken));
        if (database is null or { IsReadOnly: 1 })
        {
            return (null, database?.Snapshot == 1);
        }

        var committed = database.Committed == 1 ? null : await SwitchOnAsync(
            "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT", "READ_COMMITTED_SNAPSHOT", "readers wait for the writer");
        var snapshot = database.Snapshot == 1 ? null : await SwitchOnAsync(
            "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON", "ALLOW_SNAPSHOT_ISOLATION", "a node that starts makes the writers wait until it has read the board");
        return (committed is null ? snapshot : snapshot is null ? committed : $"{committed} {snapshot}", snapshot is null);

        async Task<string?> SwitchOnAsync(string sql, string option, string without)
        {
            try
            {
                await connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 15, cancellationToken: cancellationToken));
                return null;
            }
            catch (DbException e) when (dialect.ErrorOf(e) is { Severity: < 20 } error)
            {
                return $"{option} is off and could not be switched on (error {error.Number}): {without}. "
                    + $"Let an administrator run, while the program is stopped: ALTER DATABASE {Database} SET {option} ON";
            }
        }
    }

    private sealed class Found
    {
        public string State { get; init; } = "";

        public int? MayEnter { get; init; }
    }

    private sealed class RowVersions
    {
        public int Committed { get; init; }

        public int Snapshot { get; init; }

        public int IsReadOnly { get; init; }
    }
}
