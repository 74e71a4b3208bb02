using System.Data.Common;
using CommandCenter.Data.Incidents;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Incidents in the order of their ids, one at a time, without texts and people.</summary>
internal sealed class IncidentRows(DbDataReader reader, Func<DbDataReader, IncidentRow> parse, CancellationToken cancellationToken) : IAsyncDisposable
{
    public const string Columns =
        """
        i.id, i.number, i.source, i.category, i.urgency, i.lon, i.lat, i.grid_code AS GridCode, i.outside_grids AS OutsideGrids,
        i.occurred_at AS OccurredAt, i.received_at AS ReceivedAt, i.status, i.accepted_at AS AcceptedAt, i.started_at AS StartedAt,
        i.closed_at AS ClosedAt, i.accept_by AS AcceptBy, i.finish_by AS FinishBy, i.next_reminder_at AS NextReminderAt,
        i.reminded_at AS RemindedAt
        """;

    public static async Task<IncidentRows> OpenAsync(DbConnection connection, long upTo, CancellationToken cancellationToken)
    {
        var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"SELECT {Columns} FROM incident i WHERE i.id <= @upTo ORDER BY i.id", new { upTo }, commandTimeout: 0, cancellationToken: cancellationToken));
        return new IncidentRows(reader, reader.GetRowParser<IncidentRow>(), cancellationToken);
    }

    public async Task<IncidentRow?> NextAsync() => await reader.ReadAsync(cancellationToken) ? parse(reader) : null;

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}

/// <summary>An incident with what the clock writes about it. The title is read only where a board is made, other texts and people never.</summary>
internal sealed record IncidentRow : Incident
{
    public DateTime? NextReminderAt { get; init; }

    public DateTime? RemindedAt { get; init; }
}
