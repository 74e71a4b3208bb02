using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Incidents;

/// <summary>An incident and how far from the point asked for it is, in metres.</summary>
public readonly record struct NearIncident(Incident Incident, double Metres);

// By distance.
public sealed partial class IncidentQueries
{
    // SQLite finds each named parameter by walking all names, so long lists cost their square.
    private const int IdsPerRead = 100;

    /// <summary>A page of incidents within a distance of a point, by distance, then by id.</summary>
    /// <param name="sight">What is seen of incidents, and whether people come as they are or masked, in free text too.</param>
    /// <param name="lon">Degrees, WGS84.</param>
    /// <param name="lat">Degrees, WGS84.</param>
    /// <param name="within">Metres, itself included.</param>
    /// <param name="filter">What else is asked for; its <see cref="IncidentFilter.After"/> does not matter here.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not a place on earth, or not a length.</exception>
    public Task<IReadOnlyList<NearIncident>> NearAsync(
        Sight sight, double lon, double lat, double within, IncidentFilter filter, Near<long>? after, CancellationToken cancellationToken)
    {
        var search = new NearSearch<long>(lon, lat, within, after, filter.Limit, Comparer<long>.Default);
        var (conditions, arguments) = Conditions(sight, filter);
        conditions.Insert(0, NearSearch<long>.Narrowed(store.Dialect, "i.place"));
        var (top, metres, order, limit) = NearSearch<long>.Ranked(store.Dialect, "i.place");
        var sql = $"SELECT {top} id, lon, lat{metres} FROM incident i WHERE {string.Join(" AND ", conditions)} {order} {limit}";
        return store.ReadAsync<IReadOnlyList<NearIncident>>(
            async connection =>
            {
                var found = await search.RunAsync(connection, metres.Length > 0, sql, arguments, cancellationToken);
                var incidents = new Dictionary<long, Incident>(found.Count);
                foreach (var ids in found.Select(near => near.Key).Chunk(IdsPerRead))
                {
                    var rows = await connection.QueryAsync<StoredIncident>(new CommandDefinition(
                        $"SELECT {Columns} FROM incident WHERE id IN @ids", new { ids }, cancellationToken: cancellationToken));
                    foreach (var row in rows)
                    {
                        incidents.Add(row.Id, row.For(sight.Persons, store.Dialect.Keys));
                    }
                }

                return [.. found.Select(near => new NearIncident(incidents[near.Key], near.Metres))];
            },
            cancellationToken);
    }
}
