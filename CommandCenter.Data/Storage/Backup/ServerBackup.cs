using Dapper;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Data.Storage.Backup;

/// <summary>What SQL Server is told to back up and restore, and what should be known before.</summary>
internal static class ServerBackup
{
    // Compressed backups are not in the free edition (EngineEdition 4).
    private const int Express = 4;

    public static Task<ServerBackupPlan> PlanAsync(Store store, Func<Facts, IReadOnlyList<string>> statements, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                CommandDefinition Command(string sql) => new(sql, cancellationToken: cancellationToken);
                var facts = await connection.QuerySingleOrDefaultAsync<Facts>(Command(
                    """
                    SELECT d.name AS Name, d.recovery_model_desc AS RecoveryModel, CAST(SERVERPROPERTY('EngineEdition') AS int) AS Edition
                    FROM sys.databases d
                    WHERE d.name = DB_NAME()
                    """)) ?? new Facts();
                var sessions = await OrAsync(() => connection.ExecuteScalarAsync<int>(Command(
                    """
                    SELECT COUNT(*) FROM sys.dm_exec_sessions s
                    WHERE s.program_name = N'CommandCenter' AND s.database_id = DB_ID() AND s.session_id <> @@SPID
                    """)));
                var history = await OrAsync(() => connection.QuerySingleOrDefaultAsync<History>(Command(
                    """
                    SELECT MAX(CASE WHEN b.type = N'D' THEN b.backup_finish_date END) AS LastFull,
                      MAX(CASE WHEN b.type = N'L' THEN b.backup_finish_date END) AS LastLog
                    FROM msdb.dbo.backupset b
                    WHERE b.database_name = DB_NAME()
                    """)));
                return new ServerBackupPlan(
                    facts.Name, facts.RecoveryModel, history is not null, history?.LastFull, history?.LastLog, sessions, statements(facts));
            },
            cancellationToken);

    public static IReadOnlyList<string> BackupStatements(Facts facts, string file)
    {
        var compression = facts.Edition == Express ? "" : "COMPRESSION, ";
        List<string> statements =
        [
            $"BACKUP DATABASE {Name(facts)} TO DISK = {Text(file)} WITH FORMAT, CHECKSUM, {compression}STATS = 5;",
            $"RESTORE VERIFYONLY FROM DISK = {Text(file)} WITH CHECKSUM;",
        ];
        if (facts.IsLogged)
        {
            statements.Add($"BACKUP LOG {Name(facts)} TO DISK = {Text($"{file}.trn")} WITH FORMAT, CHECKSUM, STATS = 5;");
        }

        return statements;
    }

    /// <param name="before">Where the database as it is now is kept.</param>
    public static IReadOnlyList<string> RestoreStatements(Facts facts, string file, string before) =>
    [
        $"RESTORE VERIFYONLY FROM DISK = {Text(file)} WITH CHECKSUM;",
        $"USE master; ALTER DATABASE {Name(facts)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;",
        $"BACKUP DATABASE {Name(facts)} TO DISK = {Text(before)} WITH COPY_ONLY, FORMAT, CHECKSUM, STATS = 5;",
        $"RESTORE DATABASE {Name(facts)} FROM DISK = {Text(file)} WITH REPLACE, CHECKSUM, RECOVERY, STATS = 5; ALTER DATABASE {Name(facts)} SET MULTI_USER;",
    ];

    private static string Name(Facts facts) => $"[{facts.Name.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static string Text(string text) => $"N'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // What this account may not see, or this server does not have, is not known.
    private static async Task<T?> OrAsync<T>(Func<Task<T>> query)
    {
        try
        {
            return await query();
        }
        catch (SqlException e) when (e.Class < 20)
        {
            return default;
        }
    }

    internal sealed record Facts
    {
        public string Name { get; init; } = "";

        public string? RecoveryModel { get; init; }

        public int Edition { get; init; }

        /// <summary>Whether the log can be backed up, and must be, or it grows without end.</summary>
        public bool IsLogged => RecoveryModel is not (null or "SIMPLE");
    }

    private sealed class History
    {
        public DateTime? LastFull { get; init; }

        public DateTime? LastLog { get; init; }
    }
}
