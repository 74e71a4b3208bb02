using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Appends rows to one table of the embedded store through its C interface: one prepared statement, parameters by place. The
/// ADO.NET layer above it looks each parameter up by name for each row, which was over half the cost of taking a report in.
/// </summary>
internal sealed class SqliteRowWriter : IRowWriter
{
    private readonly sqlite3 _database;
    private readonly string _sql;
    private byte[] _utf8 = new byte[1024];
    private sqlite3_stmt? _insert;

    public SqliteRowWriter(SqliteConnection connection, RowTable table)
    {
        _database = connection.Handle!;
        var columns = table.Columns.Select(column => column.Name);
        var places = table.Columns.Select(_ => "?");
        _sql = $"INSERT INTO {table.Name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", places)})";
    }

    /// <exception cref="SqliteException">The row can't be stored.</exception>
    public void Add(DbTransaction transaction, object?[] values)
    {
        if (_insert is null)
        {
            Check(raw.sqlite3_prepare_v3(_database, _sql, raw.SQLITE_PREPARE_PERSISTENT, out _insert));
        }

        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(_insert, i + 1, values[i]));
        }

        var done = raw.sqlite3_step(_insert);

        // The code of the step is the one that counts; reset only repeats it.
        var reset = raw.sqlite3_reset(_insert);
        Check(done == raw.SQLITE_DONE ? reset : done);
    }

    // Nothing is held back: there is no round trip to save.
    public void Flush(DbTransaction transaction)
    {
    }

    public void Forget()
    {
    }

    public void Dispose() => _insert?.Dispose();

    private int Bind(sqlite3_stmt insert, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(insert, place),
        string text => BindText(insert, place, text),
        long number => raw.sqlite3_bind_int64(insert, place, number),
        int number => raw.sqlite3_bind_int64(insert, place, number),
        double number => raw.sqlite3_bind_double(insert, place, number),
        bool flag => raw.sqlite3_bind_int(insert, place, flag ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(insert, place, bytes),
        _ => throw new ArgumentException($"No column of ours holds a {value.GetType().Name}.", nameof(value)),
    };

    private int BindText(sqlite3_stmt insert, int place, string text)
    {
        if (text.Length == 0)
        {
            // An empty span would be bound as NULL.
            return raw.sqlite3_bind_text(insert, place, "");
        }

        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_utf8.Length < longest)
        {
            _utf8 = new byte[longest];
        }

        var length = Encoding.UTF8.GetBytes(text, _utf8);
        return raw.sqlite3_bind_text(insert, place, _utf8.AsSpan(0, length));
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
