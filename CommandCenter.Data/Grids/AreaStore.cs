using System.Data.Common;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Grids;

/// <summary>Areas as the database holds them. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed partial class AreaStore(Store store)
{
    // Positions stay far below 2^37 and uploads below 2^16 a store, so that the number is exact in JavaScript too.
    private const int CountBits = 16;

    /// <summary>The boundary version of a day: another number whenever another set of areas is in force; 0 when none was ever taken.</summary>
    /// <param name="on">County day.</param>
    public Task<long> VersionAsync(DateOnly on, CancellationToken cancellationToken) =>
        store.ReadAsync(connection => VersionAsync(connection, on, cancellationToken), cancellationToken);

    /// <summary>The areas in force on a day.</summary>
    /// <param name="on">County day.</param>
    public async Task<AreaIndex> ReadAsync(DateOnly on, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (rows, version) = await store.ReadAsync(connection => ReadAsync(connection, on, cancellationToken), cancellationToken);
            if (version is { } whole)
            {
                return whole == 0 ? AreaIndex.Empty : AreaIndex.Build(rows, whole);
            }
        }
    }

    /// <summary>The uploads that were taken, the latest first.</summary>
    public Task<IReadOnlyList<AreaUpload>> UploadsAsync(int limit, CancellationToken cancellationToken)
    {
        var (top, rest) = store.Dialect.First("@limit");
        return store.ReadAsync<IReadOnlyList<AreaUpload>>(
            async connection => (await connection.QueryAsync<AreaUpload>(new CommandDefinition(
                $"""
                SELECT {top} position AS Position, recorded_at AS RecordedAt, valid_from AS ValidFrom, source_crs AS SourceCrs,
                  taken AS Taken, repaired AS Repaired, retired AS Retired
                FROM area_import
                ORDER BY position DESC {rest}
                """,
                new { limit },
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
    }

    private async Task<(List<AreaRow> Rows, long? Version)> ReadAsync(DbConnection connection, DateOnly on, CancellationToken cancellationToken)
    {
        var before = await VersionAsync(connection, on, cancellationToken);
        var rows = new List<AreaRow>();
        await using (var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"""
            SELECT {RowColumns}
            FROM area a
            WHERE a.valid_to > @on AND a.valid_from <= @on
            """,
            new { on = store.Dialect.Day(on) },
            cancellationToken: cancellationToken)))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(Row(reader));
            }
        }

        // An upload that came in between would mix two versions.
        return (rows, await VersionAsync(connection, on, cancellationToken) == before ? before : null);
    }

    private string RowColumns => $"a.id, a.code, a.name, a.level, a.population, a.households, a.type, {store.Dialect.ShapeAsWkb("a.shape")}";

    private static AreaRow Row(DbDataReader reader) => new(
        (int)reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        (AreaLevel)reader.GetInt32(3),
        (byte[])reader.GetValue(7),
        reader.IsDBNull(4) ? null : reader.GetInt32(4),
        reader.IsDBNull(5) ? null : reader.GetInt32(5),
        reader.IsDBNull(6) ? null : reader.GetString(6));

    // The uploads that shape a day are the first ones of the log whose days have begun: their number and the last of them name the set.
    private async Task<long> VersionAsync(DbConnection connection, DateOnly on, CancellationToken cancellationToken)
    {
        var (last, count) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            "SELECT COALESCE(MAX(position), 0) AS Last, COUNT(*) AS Uploads FROM area_import WHERE valid_from <= @on",
            new { on = store.Dialect.Day(on) },
            cancellationToken: cancellationToken));
        return (last << CountBits) | count;
    }
}

/// <summary>An upload of boundaries that was taken.</summary>
public sealed record AreaUpload
{
    /// <summary>Position of its event.</summary>
    public long Position { get; init; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; init; }

    public DateOnly ValidFrom { get; init; }

    public string SourceCrs { get; init; } = "";

    public int Taken { get; init; }

    public int Repaired { get; init; }

    public int Retired { get; init; }
}
