using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Data.Storage;

public enum StorageProvider
{
    /// <summary>One file beside the program; the default.</summary>
    Sqlite,

    SqlServer,
}

/// <summary>The <c>Storage</c> section, and <c>ConnectionStrings:CommandCenter</c>.</summary>
public sealed class StorageOptions
{
    internal static readonly string DefaultFile = Path.Combine("data", "commandcenter.db");

    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>From <c>ConnectionStrings:CommandCenter</c>; empty means the embedded file <c>data/commandcenter.db</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long a statement may wait for a lock before the caller is told that the store is busy.</summary>
    public int LockTimeoutSeconds { get; set; } = 5;

    /// <summary>
    /// Names of schema scripts to leave out, separated by commas: those that make spatial indexes, on a server that has none
    /// (<c>AreaSpatialIndex,IncidentSpatialIndex</c>). Nothing but the speed of ad-hoc spatial queries depends on them.
    /// </summary>
    public string SkipScripts { get; set; } = "";

    /// <summary>
    /// From <c>Privacy:KeyFile</c>: the file that holds the keys of personal data. Empty for the embedded store means beside its file,
    /// <c>commandcenter.db.keys</c>; on SQL Server it must be given.
    /// </summary>
    public string KeyFile { get; set; } = "";

    internal IEnumerable<string> SkippedScripts => SkipScripts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is wrong, one sentence a problem, each naming its key and what would be right.</summary>
    public IEnumerable<string> Problems()
    {
        if (LockTimeoutSeconds is < 1 or > 60)
        {
            yield return $"Storage:LockTimeoutSeconds is {LockTimeoutSeconds}; it must be between 1 and 60.";
        }

        if (Provider == StorageProvider.SqlServer && ConnectionString.Length == 0)
        {
            yield return "ConnectionStrings:CommandCenter is empty; with Storage:Provider=SqlServer it must name the server and database, "
                + "for example \"Server=db.example;Database=CommandCenter;Integrated Security=true;Encrypt=true\".";
        }

        var optional = Provider == StorageProvider.SqlServer
            ? SchemaScript.For("sqlserver").Where(script => script.IsOptional).Select(script => script.Name).ToList()
            : [];
        foreach (var name in SkippedScripts.Except(optional, StringComparer.Ordinal))
        {
            yield return $"Storage:SkipScripts names {name}; with Storage:Provider={Provider} it may name {(optional.Count == 0 ? "nothing" : string.Join(", ", optional))}.";
        }

        if (ConnectionStringProblem() is { } problem)
        {
            yield return $"ConnectionStrings:CommandCenter can't be read for Storage:Provider={Provider}: {problem}";
        }
    }

    /// <summary>
    /// Makes the path of the embedded file whole. A service is started in a folder of its manager's choice: a path that depends on
    /// it would be another database each time.
    /// </summary>
    public void PlaceFileUnder(string folder)
    {
        if (Provider != StorageProvider.Sqlite || ConnectionStringProblem() is not null)
        {
            return;
        }

        var sqlite = new SqliteConnectionStringBuilder(ConnectionString);
        sqlite.DataSource = Path.GetFullPath(sqlite.DataSource.Length == 0 ? DefaultFile : sqlite.DataSource, folder);
        ConnectionString = sqlite.ConnectionString;
    }

    private string? ConnectionStringProblem()
    {
        try
        {
            if (Provider == StorageProvider.SqlServer)
            {
                var server = new SqlConnectionStringBuilder(ConnectionString);
                return ConnectionString.Length == 0 ? null
                    : server.DataSource.Length == 0 ? "Server= is missing."
                    : SqlServerName.DatabaseProblem(server.InitialCatalog);
            }

            var sqlite = new SqliteConnectionStringBuilder(ConnectionString);
            return sqlite.Mode == SqliteOpenMode.Memory || sqlite.DataSource.StartsWith(':') || sqlite.DataSource.StartsWith("file:", StringComparison.Ordinal)
                ? "Data Source must be the path of a file, because what is only in memory is lost."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return e.Message;
        }
    }
}
