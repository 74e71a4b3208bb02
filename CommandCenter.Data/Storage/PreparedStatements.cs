using System.Data;
using System.Data.Common;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Statements that the writer runs over and over, each made once on its connection: preparing one anew costs the embedded
/// store more than running it.
/// </summary>
internal sealed class PreparedStatements(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <returns>How many rows it changed.</returns>
    public int Execute(DbTransaction transaction, string sql, ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Ready(transaction, sql, arguments).ExecuteNonQuery();

    /// <returns>The first column of the first row; null when there is none.</returns>
    public object? Scalar(DbTransaction transaction, string sql, ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Ready(transaction, sql, arguments).ExecuteScalar() is { } value and not DBNull ? value : null;

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private DbCommand Ready(DbTransaction transaction, string sql, ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The stores' own constants; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in arguments)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        command.Transaction = transaction;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = command.Parameters[i];
            parameter.Value = arguments[i].Value ?? DBNull.Value;
            if (arguments[i].Value is DateTime)
            {
                // Left to itself SQL Server's client sends the old datetime type, which rounds to 1/300 s.
                parameter.DbType = DbType.DateTime2;
            }
        }

        return command;
    }
}
