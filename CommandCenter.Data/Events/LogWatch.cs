using System.Data.Common;
using System.Globalization;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Events;

/// <summary>
/// Tells, many times a second and at next to no cost, that nothing was committed: one prepared statement on a connection of
/// its own. Not for several threads at once.
/// </summary>
public sealed class LogWatch(Store store) : IDisposable
{
    private DbConnection? _connection;
    private DbCommand? _command;

    /// <summary>
    /// A number that is another one after each commit that changed the log, by whatever program. What is read after it was
    /// told is at least as new as it; compare it only with what the same watch told since it was last closed.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_command is null)
            {
                _connection = await store.OpenReaderAsync(cancellationToken);
                _command = _connection.CreateCommand();
#pragma warning disable CA2100 // The dialect's own constant.
                _command.CommandText = store.Dialect.VersionSql;
#pragma warning restore CA2100
                await _command.PrepareAsync(cancellationToken);
            }

            return await _command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception e)
        {
            Close();
            throw store.Dialect.Unavailable(e) ?? e;
        }
    }

    /// <summary>Lets go of the connection: the next question is asked on another.</summary>
    public void Close()
    {
        _command?.Dispose();
        _connection?.Dispose();
        (_command, _connection) = (null, null);
    }

    public void Dispose() => Close();
}
