using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CommandCenter.Data.Events;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>An event as it is stored, which may not be readable.</summary>
/// <param name="Event">Null when the payload can't be read; then <paramref name="Problem"/> says why.</param>
internal sealed record StoredEvent(long Position, DateTime RecordedAt, long SubjectId, string Actor, string Kind, DomainEvent? Event, string? Problem);

/// <summary>Reads the log row by row, also where it is damaged.</summary>
internal static class StoredLog
{
    /// <param name="order">The columns to order by.</param>
    public static async IAsyncEnumerable<StoredEvent> ReadAsync(
        DbConnection connection, DbTransaction? transaction, string order, long upTo, long? subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ofSubject = subject is null ? "" : "AND e.subject_id = @subject";
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"""
            SELECT e.position, e.recorded_at, e.subject_id, e.actor, e.kind, e.payload
            FROM event_log e
            WHERE e.position <= @upTo {ofSubject}
            ORDER BY {order}
            """,
            new { upTo, subject },
            transaction,
            commandTimeout: 0,
            cancellationToken: cancellationToken));
        while (await reader.ReadAsync(cancellationToken))
        {
            DomainEvent? happened = null;
            string? problem = null;
            DateTime at = default;
            try
            {
                at = Instant(reader, 1);
                happened = EventPayload.Read(reader.GetString(4), reader.GetString(5));
            }
            catch (Exception e) when (e is JsonException or InvalidDataException or FormatException)
            {
                problem = e.Message;
            }

            yield return new StoredEvent(reader.GetInt64(0), at, reader.GetInt64(2), reader.GetString(3), reader.GetString(4), happened, problem);
        }
    }

    /// <summary>An instant of either database.</summary>
    public static DateTime Instant(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DateTime instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc),
        string text => InstantText.Parse(text),
        var other => throw new InvalidDataException($"An instant is stored as {other.GetType().Name}."),
    };
}
