using System.Data.Common;
using CommandCenter.Data.Incidents;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Incidents in the order of their ids, one at a time, without texts and people.</summary>
internal sealed class IncidentRows(DbDataReader reader, Func<DbDataReader, Incident> parse, CancellationToken cancellationToken) : IAsyncDisposable
{
    public const string Columns =
        """
        i.id, i.number, i.source, i.category, i.urgency, i.lon, i.lat, i.grid_code AS GridCode, i.outside_grids AS OutsideGrids,
        i.occurred_at AS OccurredAt, i.received_at AS ReceivedAt, i.status, i.accepted_at AS AcceptedAt, i.started_at AS StartedAt,
        i.closed_at AS ClosedAt, i.accept_by AS AcceptBy, i.finish_by AS FinishBy
        """;

    public static async Task<IncidentRows> OpenAsync(DbConnection connection, long upTo, CancellationToken cancellationToken)
    {
        var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"SELECT {Columns} FROM incident i WHERE i.id <= @upTo ORDER BY i.id", new { upTo }, commandTimeout: 0, cancellationToken: cancellationToken));
        return new IncidentRows(reader, reader.GetRowParser<Incident>(), cancellationToken);
    }

    public async Task<Incident?> NextAsync() => await reader.ReadAsync(cancellationToken) ? parse(reader) : null;

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}
