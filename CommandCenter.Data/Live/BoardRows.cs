using System.Data.Common;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Live;

/// <summary>
/// Rows as the board reads them, hundreds of thousands at a start: column by column, with the instants of both databases, and
/// one string for each code however many rows carry it.
/// </summary>
/// <param name="instantsAreText">As the embedded store keeps them.</param>
internal sealed class BoardRows(DbDataReader reader, bool instantsAreText, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);

    public bool Read()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return reader.Read();
    }

    public long Int64(int column) => reader.GetInt64(column);

    public string Text(int column) => reader.GetString(column);

    public string Code(int column)
    {
        var text = reader.GetString(column);
        if (!_codes.TryGetValue(text, out var code))
        {
            _codes.Add(text, code = text);
        }

        return code;
    }

    public string? CodeOrNull(int column) => reader.IsDBNull(column) ? null : Code(column);

    public bool Flag(int column) => reader.GetBoolean(column);

    public DateTime Instant(int column) => instantsAreText
        ? InstantText.Parse(reader.GetString(column))
        : DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public DateTime? InstantOrNull(int column) => reader.IsDBNull(column) ? null : Instant(column);

    /// <summary>An incident from the first 13 columns, in the order of <see cref="OpenIncident"/>'s making.</summary>
    public OpenIncident Incident() => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        Code(3),
        (Urgency)reader.GetInt32(4),
        (IncidentStatus)reader.GetInt32(5),
        reader.IsDBNull(6) ? null : reader.GetDouble(6),
        reader.IsDBNull(7) ? null : reader.GetDouble(7),
        CodeOrNull(8),
        reader.GetBoolean(9),
        Code(10),
        Instant(11),
        Instant(12));

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}
