using System.Data;
using System.Data.Common;
using System.Text;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Appends rows with many rows a statement, because each statement is a round trip to a server.
/// </summary>
internal sealed class BufferedRowWriter : IRowWriter
{
    private readonly DbConnection _connection;
    private readonly Dialect _dialect;
    private readonly RowTable _table;
    private readonly int _rowsPerStatement;
    private readonly List<object?[]> _pending = [];
    private DbCommand? _full;

    public BufferedRowWriter(DbConnection connection, Dialect dialect, RowTable table, int rowsPerStatement)
    {
        _connection = connection;
        _dialect = dialect;
        _table = table;
        _rowsPerStatement = rowsPerStatement;
    }

    public void Add(DbTransaction transaction, object?[] values)
    {
        _pending.Add(values);
        if (_pending.Count == _rowsPerStatement)
        {
            _full ??= BuildInsert(_rowsPerStatement);
            Execute(_full, transaction);
        }
    }

    public void Flush(DbTransaction transaction)
    {
        if (_pending.Count > 0)
        {
            using var rest = BuildInsert(_pending.Count);
            Execute(rest, transaction);
        }
    }

    public void Forget() => _pending.Clear();

    public void Dispose() => _full?.Dispose();

    private void Execute(DbCommand command, DbTransaction transaction)
    {
        command.Transaction = transaction;
        var parameter = 0;
        foreach (var row in _pending)
        {
            foreach (var value in row)
            {
                command.Parameters[parameter++].Value = value ?? DBNull.Value;
            }
        }

        _pending.Clear();
        command.ExecuteNonQuery();
    }

    private DbCommand BuildInsert(int rows)
    {
        var point = _table.PointColumn is { } column ? _dialect.PointColumn(column) : null;
        var sql = new StringBuilder($"INSERT INTO {_table.Name} (").AppendJoin(", ", _table.Columns.Select(c => c.Name));
        if (point is { } extra)
        {
            sql.Append(", ").Append(extra.Column);
        }

        sql.Append(") VALUES ");
        var command = _connection.CreateCommand();
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (").AppendJoin(", ", _table.Columns.Select(c => c.IsShape ? _dialect.ShapeFromWkb($"@{c.Name}{row}") : $"@{c.Name}{row}"));
            if (point is { } filled)
            {
                sql.Append(", ").Append(filled.FromLonLat($"@lon{row}", $"@lat{row}"));
            }

            sql.Append(')');
            foreach (var definition in _table.Columns)
            {
                command.Parameters.Add(Parameter(command, definition, row));
            }
        }

#pragma warning disable CA2100 // Table and column names are constants of the stores; values are parameters.
        command.CommandText = sql.ToString();
#pragma warning restore CA2100
        return command;
    }

    private static DbParameter Parameter(DbCommand command, RowColumn column, int row)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@{column.Name}{row}";
        parameter.DbType = column.Type;
        if (column.Size != 0)
        {
            parameter.Size = column.Size;
        }

        return parameter;
    }
}
