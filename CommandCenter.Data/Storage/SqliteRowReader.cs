using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Reads through the C interface, as <see cref="SqliteRowWriter"/> writes: the ADO.NET layer above it makes a string of each
/// instant and each code, and checks each column of each row several times over.
/// </summary>
internal sealed class SqliteRowReader : RowReader
{
    private const int LongestCode = 64;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _codes =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <exception cref="SqliteException">The statement can't be prepared.</exception>
    public SqliteRowReader(SqliteConnection connection, string sql, IEnumerable<(string Name, object Value)> arguments, CancellationToken cancellationToken)
    {
        _database = connection.Handle!;
        _cancellationToken = cancellationToken;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        foreach (var (name, value) in arguments)
        {
            var place = raw.sqlite3_bind_parameter_index(_statement, $"@{name}");
            Check(value switch
            {
                long number => raw.sqlite3_bind_int64(_statement, place, number),
                string text => raw.sqlite3_bind_text(_statement, place, text),
                _ => throw new ArgumentException($"No column of ours is compared with a {value.GetType().Name}.", nameof(arguments)),
            });
        }
    }

    public override bool Read()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return result == raw.SQLITE_ROW;
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public override double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public override bool Flag(int column) => Int64(column) != 0;

    public override string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public override string Code(int column)
    {
        var utf8 = Utf8(column);
        if (utf8.Length > LongestCode)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> buffer = stackalloc char[LongestCode];
        var text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (!_codes.TryGetValue(text, out var code))
        {
            _codes[text] = code = text.ToString();
        }

        return code;
    }

    public override DateTime Instant(int column) => InstantText.Parse(Utf8(column));

    public override string InstantAsText(int column) => Text(column);

    public override string DayAsText(int column) => Text(column);

    public override byte[] Bytes(int column) => Utf8(column).ToArray();

    public override void Dispose() => _statement.Dispose();

    // A text column read as a blob is its UTF-8.
    private ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
