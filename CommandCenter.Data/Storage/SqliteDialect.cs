using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Data.Privacy;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CommandCenter.Data.Storage;

/// <summary>
/// The embedded store: WAL, and <c>synchronous=FULL</c> so that a commit that returned has been synced and survives power loss.
/// </summary>
internal class SqliteDialect : Dialect
{
    // Result codes of SQLite's C interface (sqlite.org/rescode.html).
    private const int Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Protocol = 15, NotADatabase = 26;

    // A few tenths of a second of checking.
    private const long MostBytesChecked = 64 * 1024 * 1024;

    private readonly string _connectionString;
    private readonly string _file;
    private readonly bool _mayCreate;
    private readonly int _lockTimeoutSeconds;

    // Before the first connection, or never: SQLite counts what it allocates under a lock that all its threads take, and nobody asks.
    static SqliteDialect()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteDialect(StorageOptions options)
    {
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString)
        {
            DefaultTimeout = options.LockTimeoutSeconds,
            ForeignKeys = true,
        };
        if (string.IsNullOrEmpty(builder.DataSource))
        {
            builder.DataSource = StorageOptions.DefaultFile;
        }

        _lockTimeoutSeconds = options.LockTimeoutSeconds;
        _file = Path.GetFullPath(builder.DataSource);
        builder.DataSource = _file;
        _mayCreate = builder.Mode == SqliteOpenMode.ReadWriteCreate;

        // Created once, at start: a file that is gone later is a fault to be told, not an empty database to go on with.
        builder.Mode = _mayCreate ? SqliteOpenMode.ReadWrite : builder.Mode;
        _connectionString = builder.ConnectionString;
        Keys = new KeyRing(options.KeyFile.Length > 0 ? options.KeyFile : $"{_file}.keys");
    }

    private string Damaged => $"{_file} is damaged or is not a SQLite database. Keep it aside and put back the latest backup.";

    /// <summary>As connections are opened with it.</summary>
    public string ConnectionString => _connectionString;

    /// <summary>Full path.</summary>
    public string DatabaseFile => _file;

    public override string DatabaseName => _file;

    public override KeyRing Keys { get; }

    public override string ScriptFolder => "sqlite";

    internal override IRowWriter OpenRowWriter(DbConnection connection, RowTable table) => new SqliteRowWriter((SqliteConnection)connection, table);

    internal override Task<RowReader> OpenRowsAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string sql,
        IReadOnlyList<(string Name, object Value)> arguments,
        CancellationToken cancellationToken,
        int? secondsToAnswer = null) =>
        Task.FromResult<RowReader>(new SqliteRowReader((SqliteConnection)connection, sql, arguments, cancellationToken));

    public override DbConnection OpenWriter()
    {
        var connection = (SqliteConnection)base.OpenWriter();
        try
        {
            using var command = connection.CreateCommand();

            // Left to itself the client sleeps 150 ms between its attempts on a lock that another node holds for a few.
            raw.sqlite3_busy_timeout(connection.Handle!, _lockTimeoutSeconds * 1000);

            // What is erased is overwritten, not left on free pages.
            // wal_autocheckpoint in pages of 4 KiB: 16 MiB between checkpoints keeps their syncs off most commits.
            command.CommandText = """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA fullfsync = ON;
                PRAGMA wal_autocheckpoint = 4096;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = -12288;
                PRAGMA temp_store = MEMORY;
                PRAGMA secure_delete = ON;
                """;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // BEGIN IMMEDIATE: the write lock, from the first statement on, also against other processes on the same file. On a database
    // that may only be read it quietly begins a reading transaction, so that is asked first.
    public override DbTransaction BeginWrite(DbConnection connection)
    {
        var sqlite = (SqliteConnection)connection;
        if (SqliteFile.HasMoved(sqlite))
        {
            // Those that wait in the pool have the lost file open as well.
            SqliteConnection.ClearPool(sqlite);
            throw new SqliteException("The database file was moved or deleted.", CannotOpen);
        }

        return raw.sqlite3_db_readonly(sqlite.Handle!, "main") == 1
            ? throw new SqliteException("The database may only be read.", ReadOnly)
            : sqlite.BeginTransaction(deferred: false);
    }

    // Deferred: a reader's snapshot of the WAL from the first statement on, beside the writer.
    public override DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public override object Instant(DateTime utc) => InstantText.Of(utc);

    // The machine's clock: whoever opens the file stands on the same machine.
    public override string UtcNow => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

    // Read from the shared memory of the WAL: no lock, no page. Any commit on another connection changes it, that of any table.
    public override string VersionSql => "PRAGMA data_version";

    public override object Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // One parameter however many they are: a statement with one for each is prepared anew each time, and looks each up by its name.
    public override (string Condition, object Argument) IsOneOf(string column, string parameter, IReadOnlyCollection<string> texts) =>
        ($"{column} IN (SELECT value FROM json_each({parameter}))", JsonSerializer.Serialize(texts));

    public override (string Column, Func<string, string, string> FromLonLat)? PointColumn(string column) => null;

    public override string? MetresBetween(string point, string lon, string lat) => null;

    public override string? MayMeet(string shape, string parameter) => null;

    public override string ShapeFromWkb(string parameter) => parameter;

    public override string ShapeAsWkb(string column) => column;

    public override (string Top, string Limit) First(string parameter) => ("", $"LIMIT {parameter}");

    public override StoreUnavailableException? Unavailable(Exception failure) => failure is StoreUnavailableException known ? known : CodeOf(failure) switch
    {
        Busy or Locked or Protocol => new(
            StoreFault.Locked, $"The database file {Path.GetFileName(_file)} is locked by another program. Nothing of this request was kept; send it again.", failure),
        ReadOnly or Permission => new(
            StoreFault.ReadOnly, $"The database file {Path.GetFileName(_file)} or its folder is read-only. Nothing of this request was kept; give the program the right to write there.", failure),
        Full => new(
            StoreFault.Full, "The disk that holds the database is full. Nothing of this request was kept; make room and send it again.", failure),
        Corrupt or NotADatabase => new(
            StoreFault.Corrupt, Damaged, failure),
        CannotOpen => new(
            StoreFault.Away, $"The database file {Path.GetFileName(_file)} can't be opened: it or its folder is missing, or the program may not read it.", failure),
        IoError => new(
            StoreFault.Away, $"Reading or writing {Path.GetFileName(_file)} failed on the disk.", failure),
        _ => null,
    };

    public override bool IsTransient(Exception failure) => false;

    public override bool BreaksConnection(Exception failure) =>
        CodeOf(failure) is IoError or Corrupt or NotADatabase or CannotOpen or ReadOnly;

    public override bool LeavesOutcomeUnknown(Exception failure) => CodeOf(failure) is IoError or null;

    // The low byte: what stands above it tells more about the same.
    private static int? CodeOf(Exception failure) => failure is SqliteException e ? e.SqliteErrorCode & 0xFF : null;

    public override Task<StoreRoom> RoomAsync(CancellationToken cancellationToken) => Task.FromResult(StoreRoom.OfFile(_file));

    /// <inheritdoc/>
    /// <remarks>A file small enough is looked through for damage, so that a broken page is told now and not by a wall at night.</remarks>
    public override async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (_mayCreate && !File.Exists(_file))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
                using var created = new FileStream(_file, FileMode.OpenOrCreate);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreUnavailableException(StoreFault.Misconfigured, $"The database file {_file} can't be made: {e.Message}", e);
            }
        }

        if (new FileInfo(_file) is not { Exists: true, Length: > 0 and <= MostBytesChecked })
        {
            return null;
        }

        await using var connection = await OpenReaderAsync(cancellationToken);
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        return await check.ExecuteScalarAsync(cancellationToken) is "ok"
            ? null
            : throw new StoreUnavailableException(StoreFault.Corrupt, Damaged);
    }

    protected override DbConnection Connect() => new SqliteConnection(_connectionString);
}
