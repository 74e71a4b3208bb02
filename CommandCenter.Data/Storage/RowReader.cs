using System.Data.Common;
using System.Globalization;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Rows of a large reading, column by column and by number, forward only. What a start reads hundreds of thousands of is read
/// this way; everything else goes through Dapper.
/// </summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public abstract bool Read();

    public abstract bool IsNull(int column);

    public abstract long Int64(int column);

    public abstract double Double(int column);

    public abstract bool Flag(int column);

    public abstract string Text(int column);

    /// <summary>A text out of a small set: one string for each, however many rows carry it.</summary>
    public abstract string Code(int column);

    /// <summary>UTC.</summary>
    public abstract DateTime Instant(int column);

    /// <summary>An instant as the embedded store writes it; there, as it stands.</summary>
    public abstract string InstantAsText(int column);

    /// <summary>A day as the embedded store writes it; there, as it stands.</summary>
    public abstract string DayAsText(int column);

    public abstract byte[] Bytes(int column);

    public double? DoubleOrNull(int column) => IsNull(column) ? null : Double(column);

    public string? CodeOrNull(int column) => IsNull(column) ? null : Code(column);

    public DateTime? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    public abstract void Dispose();
}

/// <summary>Through ADO.NET.</summary>
internal sealed class AdoRowReader(DbDataReader reader, CancellationToken cancellationToken) : RowReader
{
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);

    public override bool Read()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return reader.Read();
    }

    public override bool IsNull(int column) => reader.IsDBNull(column);

    // An int column is no bigint to the driver.
    public override long Int64(int column) => reader.GetFieldType(column) == typeof(int) ? reader.GetInt32(column) : reader.GetInt64(column);

    public override double Double(int column) => reader.GetDouble(column);

    public override bool Flag(int column) => reader.GetBoolean(column);

    public override string Text(int column) => reader.GetString(column);

    public override string Code(int column)
    {
        var text = reader.GetString(column);
        if (!_codes.TryGetValue(text, out var code))
        {
            _codes.Add(text, code = text);
        }

        return code;
    }

    public override DateTime Instant(int column) => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public override string InstantAsText(int column) => reader.GetDateTime(column).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public override string DayAsText(int column) => reader.GetDateTime(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override byte[] Bytes(int column) => (byte[])reader.GetValue(column);

    public override void Dispose() => reader.Dispose();
}
