using System.Data;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Forces;

/// <summary>Units as the database holds them. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed class UnitStore(Store store)
{
    /// <summary>Most units of one county.</summary>
    public const int MostOfCounty = 5000;

    public const int LongestCode = 32;
    public const int LongestName = 100;

    // SQLite finds each named parameter by walking all names, so long lists cost their square.
    private const int CodesPerRead = 100;

    private const string Columns = "code, name, kind, area_code AS AreaCode, lon, lat, source_crs AS SourceCrs";

    private static readonly RowTable Rows = new(
        "unit",
        [
            new("code", DbType.String, LongestCode),
            new("name", DbType.String, LongestName),
            new("kind", DbType.Int32),
            new("area_code", DbType.String, 15),
            new("lon", DbType.Double),
            new("lat", DbType.Double),
            new("source_crs", DbType.String, 16),
            new("changed_position", DbType.Int64),
            new("retired_at", DbType.DateTime2),
        ],
        PointColumn: "place");

    /// <summary>Makes the units of a county those of a list: all of it, or nothing. What it leaves out is retired, not deleted.</summary>
    /// <param name="county">Six digits; the areas of all units begin with them.</param>
    /// <param name="units">No code twice.</param>
    /// <param name="record">Puts a list that changed something on record, in the transaction that stores it.</param>
    public Task<UnitReplacement> ReplaceAsync(
        string county, IReadOnlyList<Unit> units, string actor, CancellationToken cancellationToken, Action<WriteSession, UnitsReplaced>? record = null) =>
        store.WriteAsync(session => Replace(session, county, units, actor, record), cancellationToken);

    /// <summary>A page of units in service, by code.</summary>
    /// <param name="after">The code that the last page ended with.</param>
    public Task<IReadOnlyList<Unit>> ListAsync(UnitFilter filter, string? after, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = Conditions(filter);
        arguments.Add("after", after ?? "");
        arguments.Add("limit", filter.Limit);
        var (top, limit) = store.Dialect.First("@limit");
        var sql = $"SELECT {top} {Columns} FROM unit WHERE code > @after AND {conditions} ORDER BY code {limit}";
        return store.ReadAsync<IReadOnlyList<Unit>>(
            async connection => (await connection.QueryAsync<Unit>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
    }

    /// <summary>The units in service nearest to a point, by distance, then by code.</summary>
    /// <param name="lon">Degrees, WGS84.</param>
    /// <param name="lat">Degrees, WGS84.</param>
    /// <param name="within">Metres, itself included; null for however far.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a place on earth, or not a length.</exception>
    public Task<IReadOnlyList<NearUnit>> NearAsync(double lon, double lat, double? within, UnitFilter filter, CancellationToken cancellationToken)
    {
        var search = new NearSearch<string>(lon, lat, within ?? Geodesic.Farthest, after: null, filter.Limit, StringComparer.Ordinal);
        var (conditions, arguments) = Conditions(filter);
        var (top, metres, order, limit) = NearSearch<string>.Ranked(store.Dialect, "u.place");
        var sql = $"SELECT {top} code, lon, lat{metres} FROM unit u WHERE {NearSearch<string>.Narrowed(store.Dialect, "u.place")} AND {conditions} {order} {limit}";
        return store.ReadAsync<IReadOnlyList<NearUnit>>(
            async connection =>
            {
                var found = await search.RunAsync(connection, metres.Length > 0, sql, arguments, cancellationToken);
                var units = new Dictionary<string, Unit>(found.Count, StringComparer.Ordinal);
                foreach (var codes in found.Select(near => near.Key).Chunk(CodesPerRead))
                {
                    foreach (var unit in await connection.QueryAsync<Unit>(new CommandDefinition(
                        $"SELECT {Columns} FROM unit WHERE code IN @codes", new { codes }, cancellationToken: cancellationToken)))
                    {
                        units.Add(unit.Code, unit);
                    }
                }

                return [.. found.Select(near => new NearUnit(units[near.Key], near.Metres))];
            },
            cancellationToken);
    }

    private static (string Conditions, DynamicParameters Arguments) Conditions(UnitFilter filter)
    {
        var (conditions, arguments) = ("retired_at IS NULL", new DynamicParameters());
        if (filter.Area is { } area)
        {
            // Codes are digits: what begins with them stands before them followed by ':' (the character after '9').
            conditions += " AND area_code >= @areaFrom AND area_code < @areaTo";
            arguments.Add("areaFrom", area);
            arguments.Add("areaTo", area + ":");
        }

        if (filter.Kind is { } kind)
        {
            conditions += " AND kind = @kind";
            arguments.Add("kind", (int)kind);
        }

        return (conditions, arguments);
    }

    private static UnitReplacement Replace(WriteSession session, string county, IReadOnlyList<Unit> units, string actor, Action<WriteSession, UnitsReplaced>? record)
    {
        var range = new { from = county, to = county + ":" };
        var elsewhere = units.Select(unit => unit.Code).Chunk(CodesPerRead).SelectMany(codes => session.Connection.Query<string>(
            "SELECT code FROM unit WHERE code IN @codes AND NOT (area_code >= @from AND area_code < @to) ORDER BY code",
            new { codes, range.from, range.to },
            session.Transaction)).ToList();
        if (elsewhere.Count > 0)
        {
            return new UnitReplacement(units.Count, 0, 0, elsewhere);
        }

        var inService = session.Connection.Query<Unit>(
            $"SELECT {Columns} FROM unit WHERE area_code >= @from AND area_code < @to AND retired_at IS NULL", range, session.Transaction)
            .ToDictionary(unit => unit.Code, StringComparer.Ordinal);
        var changed = units.Where(unit => !inService.TryGetValue(unit.Code, out var before) || before != unit).ToList();
        var retired = inService.Keys.Except(units.Select(unit => unit.Code), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (changed.Count + retired.Count > 0)
        {
            var happened = new UnitsReplaced(county, units.Count, changed.Count, retired.Count);
            var position = session.Append(happened, 0, actor);
            record?.Invoke(session, happened);
            changed.ForEach(unit => Put(session, unit, position));
            Retire(session, retired, position);
        }

        return new UnitReplacement(units.Count, changed.Count, retired.Count, []);
    }

    private static void Put(WriteSession session, Unit unit, long position)
    {
        var point = session.Dialect.PointColumn("place") is { } place ? $", {place.Column} = {place.FromLonLat("@Lon", "@Lat")}" : "";
        var arguments = new
        {
            unit.Code, unit.Name, Kind = (int)unit.Kind, unit.AreaCode, unit.Lon, unit.Lat, unit.SourceCrs, position,
        };
        var updated = session.Connection.Execute(
            $"""
            UPDATE unit
            SET name = @Name, kind = @Kind, area_code = @AreaCode, lon = @Lon, lat = @Lat, source_crs = @SourceCrs,
              changed_position = @position, retired_at = NULL{point}
            WHERE code = @Code
            """,
            arguments,
            session.Transaction);
        if (updated == 0)
        {
            session.Insert(Rows, [unit.Code, unit.Name, (int)unit.Kind, unit.AreaCode, unit.Lon, unit.Lat, unit.SourceCrs, position, null]);
        }
    }

    private static void Retire(WriteSession session, List<string> retired, long position)
    {
        foreach (var codes in retired.Chunk(CodesPerRead))
        {
            session.Connection.Execute(
                "UPDATE unit SET retired_at = @at, changed_position = @position WHERE code IN @codes",
                new { at = session.Dialect.Instant(session.Now), position, codes },
                session.Transaction);
        }
    }
}
