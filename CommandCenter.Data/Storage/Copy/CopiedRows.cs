using System.Data.Common;
using System.Globalization;
using Dapper;

namespace CommandCenter.Data.Storage.Copy;

/// <summary>
/// Rows of one table in the order of its key, each value in one form whatever database it comes from: numbers as they are,
/// flags as 0 and 1, instants and days as the embedded store's texts, shapes as WKB.
/// </summary>
internal sealed class CopiedRows(StoreTable table, DbDataReader reader) : IAsyncDisposable
{
    /// <summary>The row read last; the array is used again for the next one.</summary>
    public object?[] Values { get; } = new object?[table.Columns.Length];

    /// <param name="after">Only rows whose number is greater; null for all.</param>
    public static async Task<CopiedRows> OpenAsync(
        Dialect dialect, DbConnection connection, DbTransaction? transaction, StoreTable table, long? after, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Select(column => column.As == StoredAs.Shape ? dialect.ShapeAsWkb($"t.{column.Name}") : $"t.{column.Name}");
        var from = after is null ? "" : $"WHERE t.{table.Number} > @after";
        var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"SELECT {string.Join(", ", columns)} FROM {table.Name} t {from} ORDER BY {string.Join(", ", table.Key.Select(key => $"t.{key}"))}",
            new { after },
            transaction,
            commandTimeout: 0,
            cancellationToken: cancellationToken));
        return new CopiedRows(table, (DbDataReader)reader);
    }

    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
        {
            return false;
        }

        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = reader.IsDBNull(i) ? null : Plain(table.Columns[i].As, reader.GetValue(i));
        }

        return true;
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    /// <summary>The key of the row read last, for people.</summary>
    public string KeyText() => string.Join(", ", table.Key.Select(key => Values[Array.FindIndex(table.Columns, column => column.Name == key)]));

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

    /// <summary>The row read last as a database takes it.</summary>
    /// <exception cref="InvalidDataException">A text is longer than its column in the other database.</exception>
    public object?[] ForInsert(Dialect dialect)
    {
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

    private static object Plain(StoredAs stored, object value) => stored switch
    {
        StoredAs.Int64 or StoredAs.Int32 or StoredAs.Flag => value as long? ?? Convert.ToInt64(value, CultureInfo.InvariantCulture),
        StoredAs.Real => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        StoredAs.Instant => value as string ?? ((DateTime)value).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        StoredAs.Day => value as string ?? ((DateTime)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        StoredAs.Text => (string)value,
        StoredAs.Shape => (byte[])value,
        _ => throw new ArgumentOutOfRangeException(nameof(stored), stored, "Not known."),
    };

    private static object Stored(Dialect dialect, StoredAs stored, object value) => dialect is SqliteDialect
        ? value
        : stored switch
        {
            StoredAs.Int32 => checked((int)(long)value),
            StoredAs.Flag => (long)value != 0,
            StoredAs.Instant => dialect.Instant(InstantText.Parse((string)value)),
            StoredAs.Day => dialect.Day(DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => value,
        };
}
