using CommandCenter.Data.Events;

namespace CommandCenter.Data.Storage.Backup;

/// <summary>A backup that was made, or one that was looked at.</summary>
/// <param name="File">Full path.</param>
/// <param name="Position">The last event in it.</param>
/// <param name="Incidents">How many incidents it holds.</param>
/// <param name="PendingScripts">How many schema scripts this program would run on it.</param>
/// <param name="Gap">Events that are missing from its log; null when none is.</param>
public sealed record BackupFile(string File, long Bytes, string Sha256, long Position, long Incidents, int PendingScripts, LogGap? Gap);

/// <summary>A backup that was put back.</summary>
/// <param name="Restored">The database as it is now.</param>
/// <param name="Replaced">Where the database that was there before is kept; null when there was none.</param>
public sealed record RestoredDatabase(BackupFile Restored, string? Replaced);

/// <summary>What there is to know before backing up or restoring a database of SQL Server, and the statements that do it.</summary>
/// <param name="RecoveryModel">FULL, SIMPLE or BULK_LOGGED; null when this account may not see it.</param>
/// <param name="HistoryIsVisible">Whether this account may see which backups were made.</param>
/// <param name="LastFull">Server's local time; null when none was made or it can't be seen.</param>
/// <param name="LastLog">Server's local time; null when none was made or it can't be seen.</param>
/// <param name="OtherSessions">Sessions of this program on the database besides this one, as far as this account may see them.</param>
public sealed record ServerBackupPlan(
    string Database, string? RecoveryModel, bool HistoryIsVisible, DateTime? LastFull, DateTime? LastLog, int OtherSessions, IReadOnlyList<string> Statements);
