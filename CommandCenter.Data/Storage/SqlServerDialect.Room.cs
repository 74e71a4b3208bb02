using Dapper;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Data.Storage;

internal partial class SqlServerDialect
{
    /// <inheritdoc/>
    /// <remarks>
    /// The volumes are told only to an account with VIEW SERVER STATE, and not by every server that speaks the protocol: without
    /// them the size of the database is all there is to know, which is no fault. A file's size is counted in pages of 8 KiB.
    /// </remarks>
    public override async Task<StoreRoom> RoomAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenReaderAsync(cancellationToken);
        long used = 0;
        try
        {
            used = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                "SELECT SUM(CAST(size AS BIGINT)) * 8192 FROM sys.database_files", cancellationToken: cancellationToken)) ?? 0;
            var fullest = await connection.QueryFirstOrDefaultAsync<VolumeRow>(new CommandDefinition(
                """
                SELECT TOP (1) v.volume_mount_point AS Mount, v.available_bytes AS Available, v.total_bytes AS Total
                FROM sys.database_files f
                CROSS APPLY sys.dm_os_volume_stats(DB_ID(), f.file_id) v
                ORDER BY v.available_bytes
                """,
                cancellationToken: cancellationToken));
            return new StoreRoom(fullest?.Mount ?? "SQL Server", used, fullest?.Available, fullest?.Total);
        }
        catch (SqlException e) when (Unavailable(e) is null)
        {
            return new StoreRoom("SQL Server", used, null, null);
        }
    }

    private sealed class VolumeRow
    {
        public string Mount { get; init; } = "";

        public long Available { get; init; }

        public long Total { get; init; }
    }
}
