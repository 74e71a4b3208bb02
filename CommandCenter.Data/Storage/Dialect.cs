using System.Data.Common;
using CommandCenter.Data.Privacy;
using Dapper;

namespace CommandCenter.Data.Storage;

/// <summary>The handful of ways in which the two databases differ. Everything else is one SQL for both.</summary>
public abstract class Dialect
{
    /// <summary>Folder of the schema scripts among the embedded resources: <c>sqlite</c> or <c>sqlserver</c>.</summary>
    public abstract string ScriptFolder { get; }

    /// <summary>The database, for people: the file's full path, or server and database.</summary>
    public abstract string DatabaseName { get; }

    /// <summary>The keys of what is sealed in this database.</summary>
    public abstract KeyRing Keys { get; }

    /// <summary>What appends rows to a table on the writer's connection.</summary>
    internal abstract IRowWriter OpenRowWriter(DbConnection connection, RowTable table);

    /// <summary>Opens a large reading; dispose it before the next one on this connection.</summary>
    /// <param name="arguments">Names without @, and values as this dialect stores them.</param>
    /// <param name="secondsToAnswer">0: however long it takes; null: as the client has it.</param>
    /// <exception cref="DbException">The store is away.</exception>
    internal virtual async Task<RowReader> OpenRowsAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string sql,
        IReadOnlyList<(string Name, object Value)> arguments,
        CancellationToken cancellationToken,
        int? secondsToAnswer = null)
    {
        var parameters = new DynamicParameters();
        foreach (var (name, value) in arguments)
        {
            parameters.Add(name, value);
        }

        var command = new CommandDefinition(sql, parameters, transaction, secondsToAnswer, cancellationToken: cancellationToken);
        return new AdoRowReader(await connection.ExecuteReaderAsync(command), cancellationToken);
    }

    /// <summary>A connection for reading, opened; dispose it to give it back.</summary>
    public async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        var connection = Connect();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The writer's connection, opened.</summary>
    public virtual DbConnection OpenWriter()
    {
        var connection = Connect();
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction that holds the one lock under which positions are given out, until it ends.</summary>
    /// <exception cref="DbException">The lock was not to be had in time, or the store is away.</exception>
    public abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Begins a transaction whose reads all see the same state, which no write changes until it ends.</summary>
    /// <exception cref="DbException">The store is away.</exception>
    public abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>A stored instant: fixed ISO 8601 text with milliseconds and Z on SQLite, datetime2(3) on SQL Server.</summary>
    public abstract object Instant(DateTime utc);

    /// <summary>The expression for the database's own clock, UTC: the one that all nodes share.</summary>
    public abstract string UtcNow { get; }

    /// <summary>A cheap question whose answer is another number after each commit that changed the event log.</summary>
    public abstract string VersionSql { get; }

    /// <summary>A stored day.</summary>
    public abstract object Day(DateOnly day);

    /// <summary>A condition that a column is one of many texts, and its argument.</summary>
    /// <param name="parameter">With its @.</param>
    public abstract (string Condition, object Argument) IsOneOf(string column, string parameter, IReadOnlyCollection<string> texts);

    /// <summary>The column and the expression that fill a geography point from two columns; null where lon and lat suffice.</summary>
    public abstract (string Column, Func<string, string, string> FromLonLat)? PointColumn(string column);

    /// <summary>
    /// The expression for the metres between a stored point and two parameters, by which the database may narrow and order; null
    /// where it knows none. Off by at most 0.25 % on SQL Server: <see cref="Grids.Geodesic"/> decides.
    /// </summary>
    /// <param name="point">The column of <see cref="PointColumn"/>, with its table's alias.</param>
    public abstract string? MetresBetween(string point, string lon, string lat);

    /// <summary>The condition that a stored shape may meet a shape given as WKB, by which the database may narrow; null where it knows none.</summary>
    /// <param name="shape">The column, with its table's alias.</param>
    public abstract string? MayMeet(string shape, string parameter);

    /// <summary>The expression that makes a stored shape of a WKB parameter.</summary>
    public abstract string ShapeFromWkb(string parameter);

    /// <summary>The expression that reads a stored shape as WKB. SQL Server wants the table's alias before the column.</summary>
    public abstract string ShapeAsWkb(string column);

    /// <summary>"The first <paramref name="parameter"/> rows": <c>LIMIT</c> after, or <c>TOP</c> before the columns.</summary>
    public abstract (string Top, string Limit) First(string parameter);

    /// <summary>Whether a failure means that the store can't serve, and why; null for a fault of ours.</summary>
    public abstract StoreUnavailableException? Unavailable(Exception failure);

    /// <summary>Whether the same transaction may simply be run again at once (deadlock victim and the like).</summary>
    public abstract bool IsTransient(Exception failure);

    /// <summary>Whether the connection is of no more use after this failure.</summary>
    public abstract bool BreaksConnection(Exception failure);

    /// <summary>
    /// Whether the line to the server was lost. What was under way on a connection from before the server went away fails so
    /// although the server is back: before its commit it may be run again on a new one.
    /// </summary>
    public virtual bool IsLineLost(Exception failure) => false;

    /// <summary>Whether a commit that failed so may have happened all the same.</summary>
    public abstract bool LeavesOutcomeUnknown(Exception failure);

    /// <summary>Closes what is pooled, after a line was lost: the others are likely as dead.</summary>
    public virtual void ForgetConnections()
    {
    }

    /// <summary>Names of the schema scripts that are left out here.</summary>
    public virtual IReadOnlySet<string> SkippedScripts => new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Makes what must stand before the first script can run.</summary>
    /// <returns>What an administrator should know; null when all is well.</returns>
    /// <exception cref="StoreUnavailableException">It can't be made.</exception>
    public abstract Task<string?> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Finds out, and changes nothing, how a database may be read that was not prepared by this program.</summary>
    internal virtual Task LookAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The room that the store has left.</summary>
    /// <exception cref="DbException">The store is away.</exception>
    /// <exception cref="IOException">The disk does not answer.</exception>
    public abstract Task<StoreRoom> RoomAsync(CancellationToken cancellationToken);

    /// <summary>Looks, before anything is changed, whether the account may do all that the program will.</summary>
    /// <param name="toMigrate">Also what schema scripts need.</param>
    /// <exception cref="StoreUnavailableException">It may not; every missing right is named (<see cref="StoreFault.NotAllowed"/>).</exception>
    public virtual Task CheckRightsAsync(bool toMigrate, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A connection of this database, not opened yet.</summary>
    protected abstract DbConnection Connect();
}
