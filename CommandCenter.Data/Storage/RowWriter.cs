using System.Data;
using System.Data.Common;
using System.Text;

namespace CommandCenter.Data.Storage;

/// <summary>A column that rows are written to.</summary>
/// <param name="Size">Longest text in characters; 0 for other types, -1 without limit.</param>
/// <param name="IsShape">Given as WKB, stored as the database keeps polygons (<see cref="Dialect.ShapeFromWkb"/>).</param>
public sealed record RowColumn(string Name, DbType Type, int Size = 0, bool IsShape = false);

/// <summary>A table rows are appended to, and the point column that SQL Server keeps beside lon and lat.</summary>
public sealed record RowTable(string Name, IReadOnlyList<RowColumn> Columns, string? PointColumn = null);

/// <summary>
/// Appends rows to one table with prepared statements: row by row where that costs no round trip, many rows a statement where
/// it does. Rows are buffered; <see cref="Flush"/> before anything reads the table in the same transaction.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private readonly DbConnection _connection;
    private readonly Dialect _dialect;
    private readonly RowTable _table;
    private readonly int _rowsPerStatement;
    private readonly List<object?[]> _pending = [];
    private DbCommand? _full;

    public RowWriter(DbConnection connection, Dialect dialect, RowTable table)
    {
        _connection = connection;
        _dialect = dialect;
        _table = table;
        _rowsPerStatement = dialect.RowsPerInsert(table.Columns.Count);
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

    /// <summary>Drops what was not written yet: its transaction is rolled back.</summary>
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

        // SQLite binds by the value's own type; a declared type there only adds a conversion.
        if (command is not Microsoft.Data.Sqlite.SqliteCommand)
        {
            parameter.DbType = column.Type;
            if (column.Size != 0)
            {
                parameter.Size = column.Size;
            }
        }

        return parameter;
    }
}
