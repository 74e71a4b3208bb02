using CommandCenter.Data.Privacy;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Incidents;

/// <summary>What a listing asks for; what is null does not matter.</summary>
/// <param name="Category">Level-1 code for all below it, or a level-2 code.</param>
/// <param name="Area">An area code of any level, for all below it.</param>
/// <param name="From">First instant of receipt, UTC.</param>
/// <param name="To">Instant before which it was received, UTC.</param>
/// <param name="After">The id that the last page ended with.</param>
public sealed record IncidentFilter(
    IReadOnlyList<IncidentStatus>? Status, string? Category, string? Area, DateTime? From, DateTime? To, long? After, int Limit)
{
    /// <summary>Whose reports; only for those who may see people.</summary>
    public PersonFilter? Person { get; init; }
}

/// <summary>A person to find, exactly; what is null does not matter.</summary>
public sealed record PersonFilter(string? Name, string? Phone, string? IdNumber);

/// <summary>Reads incidents.</summary>
public sealed partial class IncidentQueries(Store store)
{
    internal const string Columns =
        """
        id, number, source, external_id AS ExternalId, category, urgency, title, description, lon, lat, source_crs AS SourceCrs,
        grid_code AS GridCode, outside_grids AS OutsideGrids, occurred_at AS OccurredAt, received_at AS ReceivedAt, status,
        accepted_at AS AcceptedAt, started_at AS StartedAt, closed_at AS ClosedAt, accept_by AS AcceptBy, finish_by AS FinishBy,
        address_sealed AS AddressSealed, reporter_name_sealed AS NameSealed, reporter_phone_sealed AS PhoneSealed,
        reporter_id_sealed AS IdNumberSealed, wall_title AS WallTitle, erased_at AS ErasedAt
        """;

    /// <returns>Null when there is none, or none that is seen.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<Incident?> FindAsync(Sight sight, long id, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = (new List<string> { "id = @id" }, new DynamicParameters());
        arguments.Add("id", id);
        SightSql.Add(sight, "", conditions, arguments);
        return store.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<StoredIncident>(
                new CommandDefinition($"SELECT {Columns} FROM incident WHERE {string.Join(" AND ", conditions)}", arguments, cancellationToken: cancellationToken)))
                ?.For(sight.Persons, store.Dialect.Keys),
            cancellationToken);
    }

    /// <summary>A page of incidents, newest first.</summary>
    /// <param name="sight">What is seen of incidents, and whether people come as they are or masked, in free text too.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<Incident>> ListAsync(Sight sight, IncidentFilter filter, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = Conditions(sight, filter);
        if (filter.After is { } after)
        {
            conditions.Add("id < @after");
            arguments.Add("after", after);
        }

        arguments.Add("limit", filter.Limit);
        var (top, limit) = store.Dialect.First("@limit");
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        var sql = $"SELECT {top} {Columns} FROM incident {where} ORDER BY id DESC {limit}";
        return store.ReadAsync<IReadOnlyList<Incident>>(
            async connection =>
            [
                .. (await connection.QueryAsync<StoredIncident>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)))
                    .Select(row => row.For(sight.Persons, store.Dialect.Keys)),
            ],
            cancellationToken);
    }

    // All but the page.
    private (List<string> Conditions, DynamicParameters Arguments) Conditions(Sight sight, IncidentFilter filter)
    {
        var conditions = new List<string>();
        var arguments = new DynamicParameters();
        SightSql.Add(sight, "", conditions, arguments);
        if (filter.Status is { Count: > 0 } status)
        {
            Where("status IN @status", "status", status.Select(s => (int)s).ToArray());
        }

        if (filter.Category is { } category)
        {
            Prefix("category", category);
        }

        if (filter.Area is { } area)
        {
            Prefix("grid_code", area);
        }

        if (filter.From is { } from)
        {
            Where("received_at >= @from", "from", store.Dialect.Instant(from));
        }

        if (filter.To is { } to)
        {
            Where("received_at < @to", "to", store.Dialect.Instant(to));
        }

        if (filter.Person is { } person)
        {
            PersonSql.Add(person, store.Dialect.Keys.Keys.Hash, PersonColumns.Reporter, "", conditions, arguments);
        }

        return (conditions, arguments);

        void Where(string condition, string name, object value)
        {
            conditions.Add(condition);
            arguments.Add(name, value);
        }

        // Codes are digits: everything that begins with them stands between them and them followed by ':' (the character after '9').
        void Prefix(string column, string prefix)
        {
            Where($"{column} >= @{column}From AND {column} < @{column}To", $"{column}From", prefix);
            arguments.Add($"{column}To", prefix + ":");
        }
    }
}
