using System.Data.Common;
using System.Globalization;

namespace CommandCenter.Data.Storage.Copy;

/// <summary>
/// Rows of one table in the order of its key, each value in one form whatever database it comes from: numbers as they are,
/// flags as 0 and 1, instants and days as the embedded store's texts, shapes as WKB.
/// </summary>
internal sealed class CopiedRows(StoreTable table, RowReader reader) : IDisposable
{
    /// <summary>The row read last; the array is used again for the next one.</summary>
    public object?[] Values { get; } = new object?[table.Columns.Length];

    /// <param name="after">Only rows whose number is greater; null for all.</param>
    public static async Task<CopiedRows> OpenAsync(
        Dialect dialect, DbConnection connection, DbTransaction? transaction, StoreTable table, long? after, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Select(column => column.As == StoredAs.Shape ? dialect.ShapeAsWkb($"t.{column.Name}") : $"t.{column.Name}");
        var from = after is null ? "" : $"WHERE t.{table.Number} > @after";
        var rows = await dialect.OpenRowsAsync(
            connection,
            transaction,
            $"SELECT {string.Join(", ", columns)} FROM {table.Name} t {from} ORDER BY {string.Join(", ", table.Key.Select(key => $"t.{key}"))}",
            after is { } number ? [("after", number)] : [],
            cancellationToken,
            secondsToAnswer: 0);
        return new CopiedRows(table, rows);
    }

    public bool Next()
    {
        if (!reader.Read())
        {
            return false;
        }

        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = reader.IsNull(i) ? null : Plain(table.Columns[i].As, i);
        }

        return true;
    }

    public void Dispose() => reader.Dispose();

    /// <summary>The key of the row read last, for people.</summary>
    public string KeyText() => string.Join(", ", table.Key.Select(key => Values[Array.FindIndex(table.Columns, column => column.Name == key)]));

    /// <summary>Whether two rows hold the same, to the bit.</summary>
    public bool Same(CopiedRows other)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            var same = (Values[i], other.Values[i]) switch
            {
                (null, null) => true,
                (long one, long two) => one == two,
                (string one, string two) => string.Equals(one, two, StringComparison.Ordinal),
                (double one, double two) => BitConverter.DoubleToInt64Bits(one) == BitConverter.DoubleToInt64Bits(two),
                (byte[] one, byte[] two) => one.AsSpan().SequenceEqual(two),
                _ => false,
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes of the row read last, the same for the same content in either database.</summary>
    public void WriteTo(BinaryWriter output)
    {
        foreach (var value in Values)
        {
            switch (value)
            {
                case null:
                    output.Write((byte)0);
                    break;
                case long number:
                    output.Write((byte)1);
                    output.Write(number);
                    break;
                case double number:
                    output.Write((byte)2);
                    output.Write(number);
                    break;
                case string text:
                    output.Write((byte)3);
                    output.Write(text);
                    break;
                case byte[] bytes:
                    output.Write((byte)4);
                    output.Write(bytes.Length);
                    output.Write(bytes);
                    break;
                default:
                    throw new InvalidOperationException($"No column of ours holds a {value.GetType().Name}.");
            }
        }
    }

    /// <summary>The row read last as a database takes it; for the embedded store good until the next one is read.</summary>
    /// <exception cref="InvalidDataException">A text is longer than its column in the other database.</exception>
    public object?[] ForInsert(Dialect dialect)
    {
        if (dialect is SqliteDialect)
        {
            return Values;
        }

        var row = new object?[Values.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var column = table.Columns[i];
            if (Values[i] is string text && column is { As: StoredAs.Text, Size: > 0 } && text.Length > column.Size)
            {
                throw new InvalidDataException($"{table.Name} {KeyText()}: {column.Name} takes at most {column.Size} characters and has {text.Length}.");
            }

            row[i] = Values[i] is { } value ? Stored(dialect, column.As, value) : null;
        }

        return row;
    }

    private object Plain(StoredAs stored, int column) => stored switch
    {
        StoredAs.Int64 or StoredAs.Int32 => reader.Int64(column),
        StoredAs.Flag => reader.Flag(column) ? 1L : 0L,
        StoredAs.Real => reader.Double(column),
        StoredAs.Instant => reader.InstantAsText(column),
        StoredAs.Day => reader.DayAsText(column),
        StoredAs.Text => reader.Text(column),
        StoredAs.Shape or StoredAs.Bytes => reader.Bytes(column),
        _ => throw new ArgumentOutOfRangeException(nameof(stored), stored, "Not known."),
    };

    private static object Stored(Dialect dialect, StoredAs stored, object value) => stored switch
    {
        StoredAs.Int32 => checked((int)(long)value),
        StoredAs.Flag => (long)value != 0,
        StoredAs.Instant => dialect.Instant(InstantText.Parse((string)value)),
        StoredAs.Day => dialect.Day(DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => value,
    };
}
