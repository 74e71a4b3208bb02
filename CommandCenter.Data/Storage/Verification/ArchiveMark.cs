using System.Data.Common;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Up to where the log may have been taken out into files.</summary>
internal static class ArchiveMark
{
    /// <returns>0 when nothing is archived.</returns>
    public static Task<long> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        _ = (connection, transaction, cancellationToken);
        return Task.FromResult(0L);
    }
}
