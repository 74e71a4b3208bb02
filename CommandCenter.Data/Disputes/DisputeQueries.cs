using System.Data.Common;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Disputes;

/// <summary>Reads disputes.</summary>
public sealed class DisputeQueries(Store store)
{
    private const string Columns =
        """
        id, number, source, external_id AS ExternalId, registered_at AS RegisteredAt, occurred_on AS OccurredOn, area_code AS Area, lon, lat, source_crs AS SourceCrs,
        place_sealed AS PlaceSealed, category, scale, origin, title, shown_title AS ShownTitle, summary, units, people, risk, risk_reason AS RiskReason, stage,
        accepted_at AS AcceptedAt, due_on AS DueOn, extended, extension_reason AS ExtensionReason, body_code AS Body, mediator_id AS Mediator, method, outcome,
        outcome_at AS OutcomeAt, agreement, confirmation, confirmation_at AS ConfirmationAt, referral, resolution, closed_at AS ClosedAt, reviewed_on AS ReviewedOn,
        review_opinion AS ReviewOpinion, criminal_at AS CriminalAt, criminal_reason AS CriminalReason, incident_id AS IncidentId, revision, erased_at AS ErasedAt
        """;

    /// <summary>A dispute with all that belongs to it.</summary>
    /// <param name="sight">What is seen, and whether people come as they are or masked, in free text too.</param>
    /// <returns>Null when there is none, or none that is seen.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<DisputeFile?> FindAsync(Sight sight, long id, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = OfOne(sight, "", "id", id);
        return store.ReadAsync(
            async connection =>
            {
                if (await connection.QuerySingleOrDefaultAsync<StoredDispute>(
                    new CommandDefinition($"SELECT {Columns} FROM dispute WHERE {string.Join(" AND ", conditions)}", arguments, cancellationToken: cancellationToken)) is not { } row)
                {
                    return null;
                }

                var keys = store.Dialect.Keys;
                var stored = await connection.QueryAsync<DisputeParties.StoredParty>(new CommandDefinition(
                    DisputeParties.Sql, new { first = DisputeParties.FirstId(id), end = DisputeParties.FirstId(id + 1) }, cancellationToken: cancellationToken));
                var parties = row.ErasedAt is null ? DisputeParties.Open(keys, stored).ToList() : [];
                return new DisputeFile(
                    row.For(sight.Persons, keys, parties),
                    sight.Persons ? parties : [.. parties.Select(DisputeParties.Hidden)],
                    await JointAsync(connection, id, cancellationToken),
                    await LinksAsync(connection, sight, id, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>A page of disputes, the last registered first; without summaries and what else is free text, for a list is no place to read people's matters.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<Dispute>> ListAsync(Sight sight, DisputeFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (conditions, arguments) = Conditions(sight, filter);
        arguments.Add("limit", filter.Limit);
        var (top, limit) = store.Dialect.First("@limit");
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        var sql = $"SELECT {top} {Columns} FROM dispute {where} ORDER BY id DESC {limit}";
        return store.ReadAsync<IReadOnlyList<Dispute>>(
            async connection =>
            [
                .. (await connection.QueryAsync<StoredDispute>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)))
                    .Select(row => row.Listed(sight.Persons, store.Dialect.Keys)),
            ],
            cancellationToken);
    }

    /// <summary>Everything that happened to a dispute, oldest first; empty where it is not seen.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<LoggedEvent>> HistoryAsync(Sight sight, long id, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = OfOne(sight, "d.", "d.id", id);
        return store.ReadAsync<IReadOnlyList<LoggedEvent>>(
            async connection => [.. (await connection.QueryAsync<EventRow>(new CommandDefinition(
                $"""
                SELECT e.position, e.recorded_at AS RecordedAt, e.kind, e.subject_id AS SubjectId, e.actor, e.payload
                FROM event_log e INNER JOIN dispute d ON d.id = e.subject_id
                WHERE {string.Join(" AND ", conditions)}
                ORDER BY e.position
                """,
                arguments,
                cancellationToken: cancellationToken)))
                .Select(row => new LoggedEvent(row.Position, row.RecordedAt, row.Actor, row.SubjectId, EventPayload.Read(row.Kind, row.Payload), Title: null))],
            cancellationToken);
    }

    private static (List<string> Conditions, DynamicParameters Arguments) OfOne(Sight sight, string prefix, string column, long id)
    {
        var (conditions, arguments) = (new List<string> { $"{column} = @id" }, new DynamicParameters());
        arguments.Add("id", id);
        DisputeSight.Add(sight, prefix, conditions, arguments);
        return (conditions, arguments);
    }

    private static async Task<IReadOnlyList<JointDepartment>> JointAsync(DbConnection connection, long id, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<JointRow>(new CommandDefinition(
            """
            SELECT j.department_id AS Id, d.name, j.is_lead AS IsLead
            FROM dispute_joint j INNER JOIN department d ON d.id = j.department_id
            WHERE j.dispute_id = @id
            ORDER BY j.is_lead DESC, d.name
            """,
            new { id },
            cancellationToken: cancellationToken))).Select(row => new JointDepartment(row.Id, row.Name, row.IsLead)).ToList();

    private static async Task<IReadOnlyList<LinkedDispute>> LinksAsync(DbConnection connection, Sight sight, long id, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = (new List<string> { "(l.dispute_id = @id OR l.other_id = @id)" }, new DynamicParameters());
        arguments.Add("id", id);
        DisputeSight.Add(sight, "d.", conditions, arguments);
        return (await connection.QueryAsync<LinkRow>(new CommandDefinition(
            $"""
            SELECT d.id, d.number, l.kind, d.stage
            FROM dispute_link l INNER JOIN dispute d ON d.id = CASE WHEN l.dispute_id = @id THEN l.other_id ELSE l.dispute_id END
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY d.id
            """,
            arguments,
            cancellationToken: cancellationToken))).Select(row => new LinkedDispute(row.Id, row.Number, row.Kind, row.Stage)).ToList();
    }

    private (List<string> Conditions, DynamicParameters Arguments) Conditions(Sight sight, DisputeFilter filter)
    {
        var (conditions, arguments) = (new List<string>(), new DynamicParameters());
        DisputeSight.Add(sight, "", conditions, arguments);
        Where("stage IN @stages", "stages", filter.Stages is { Count: > 0 } stages ? stages.Select(stage => (int)stage).ToArray() : null);
        Where("risk IN @risks", "risks", filter.Risks is { Count: > 0 } risks ? risks.Select(risk => (int)risk).ToArray() : null);
        Where("category = @category", "category", filter.Category);
        Where("area_code >= @area AND area_code < @areaEnd", "area", filter.Area);
        if (filter.Area is { } area)
        {
            // Codes are digits: everything that begins with them stands before them followed by ':' (the character after '9').
            arguments.Add("areaEnd", area + ":");
        }

        Where(filter.Body is { Length: 0 } ? "body_code IS NULL" : "body_code = @body", "body", filter.Body);
        Where("origin = @origin", "origin", filter.Origin is { } origin ? (int)origin : null);
        Where("due_on <= @dueBy AND stage IN (20, 30, 40)", "dueBy", filter.DueBy is { } day ? store.Dialect.Day(day) : null);
        Where("due_on >= @dueFrom AND stage IN (20, 30, 40)", "dueFrom", filter.DueFrom is { } dueFrom ? store.Dialect.Day(dueFrom) : null);
        Where("registered_at >= @from", "from", filter.From is { } from ? store.Dialect.Instant(from) : null);
        Where("registered_at < @to", "to", filter.To is { } to ? store.Dialect.Instant(to) : null);
        Where("id < @after", "after", filter.After);
        if (filter.Open is { } open)
        {
            // Not by stage, whose index would lead past the order of the list.
            conditions.Add($"closed_at IS {(open ? "NULL" : "NOT NULL")}");
        }

        if (filter.Criminal is { } criminal)
        {
            conditions.Add($"criminal_at IS {(criminal ? "NOT NULL" : "NULL")}");
        }

        if (filter.Person is { } person)
        {
            DisputeParties.AddPerson(person, store.Dialect.Keys.Keys.Hash, "", conditions, arguments);
        }

        return (conditions, arguments);

        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                arguments.Add(name, value);
            }
        }
    }

    private sealed record JointRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public bool IsLead { get; init; }
    }

    private sealed record LinkRow
    {
        public long Id { get; init; }

        public string Number { get; init; } = "";

        public DisputeLinkKind Kind { get; init; }

        public DisputeStage Stage { get; init; }
    }
}
