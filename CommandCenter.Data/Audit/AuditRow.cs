using System.Data;
using System.Data.Common;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Audit;

/// <summary>A row as it is stored, whatever was done to it.</summary>
/// <param name="At">As the embedded store writes instants, in either database.</param>
internal sealed record AuditRow(
    long Sequence, string At, string Subject, string Action, string Object, long Result, string? Address, string? Detail, long Times, string KeyId, string PreviousHash,
    string Hash)
{
    public static readonly RowTable Table = new("audit_log",
    [
        new("sequence", DbType.Int64),
        new("at", DbType.DateTime2),
        new("subject", DbType.String, 200),
        new("action", DbType.String, 64),
        new("object", DbType.String, 300),
        new("result", DbType.Int32),
        new("address", DbType.String, 64),
        new("detail", DbType.String, 2000),
        new("times", DbType.Int32),
        new("key_id", DbType.String, 64),
        new("previous_hash", DbType.String, 64),
        new("hash", DbType.String, 64),
    ]);

    /// <summary>Reads rows in order, also damaged ones.</summary>
    /// <param name="through">The last sequence to read.</param>
    public static async Task<RowReader> OpenAsync(
        Dialect dialect, DbConnection connection, DbTransaction? transaction, long through, CancellationToken cancellationToken) =>
        await dialect.OpenRowsAsync(
            connection,
            transaction,
            """
            SELECT sequence, at, subject, action, object, result, address, detail, times, key_id, previous_hash, hash
            FROM audit_log WHERE sequence <= @through ORDER BY sequence
            """,
            [("through", through)],
            cancellationToken,
            secondsToAnswer: 0);

    public static AuditRow Of(RowReader reader) => new(
        reader.Int64(0), reader.InstantAsText(1), reader.Text(2), reader.Code(3), reader.Text(4), reader.Int64(5), TextOrNull(reader, 6), TextOrNull(reader, 7),
        reader.Int64(8), reader.Code(9), reader.Text(10), reader.Text(11));

    /// <summary>A text that fits a column of the table and stays what it is in either database: no control characters, no half characters.</summary>
    public static string? Fitting(string? text, string column)
    {
        if (text is null)
        {
            return null;
        }

        var longest = Table.Columns.First(c => c.Name == column).Size;
        var length = Math.Min(text.Length, longest);
        if (length < text.Length && length > 0 && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return string.Create(length, text, static (fitting, text) =>
        {
            for (var i = 0; i < fitting.Length; i++)
            {
                var half = char.IsHighSurrogate(text[i])
                    ? i + 1 >= fitting.Length || !char.IsLowSurrogate(text[i + 1])
                    : char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
                fitting[i] = half || char.IsControl(text[i]) ? '\uFFFD' : text[i];
            }
        });
    }

    private static string? TextOrNull(RowReader reader, int column) => reader.IsNull(column) ? null : reader.Text(column);
}

/// <summary>A record of rows that were taken out.</summary>
/// <param name="Hash">Of the last of them: what the first row that is left follows.</param>
/// <param name="RemovedAt">As the embedded store writes instants.</param>
internal sealed record AuditCheckpoint(long From, long Through, string Hash, string RemovedAt, string KeyId, string Seal);
