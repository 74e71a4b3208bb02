using System.Data;
using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using Dapper;
using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>Reads what a replacement is planned on, and writes the plan with its event in one transaction.</summary>
internal static class AreaReplacementWriter
{
    private const int IdsPerUpdate = 500;

    private static readonly RowTable Uploads = new("area_import",
    [
        new("position", DbType.Int64),
        new("recorded_at", DbType.DateTime2),
        new("valid_from", DbType.Date),
        new("source_crs", DbType.String, 16),
        new("actor", DbType.String, 100),
        new("taken", DbType.Int32),
        new("repaired", DbType.Int32),
        new("retired", DbType.Int32),
    ]);

    private static readonly RowTable Sets = new("area_set",
    [
        new("family", DbType.String, 15),
        new("valid_from", DbType.Date),
        new("import_position", DbType.Int64),
    ]);

    private static readonly RowTable Areas = new("area",
    [
        new("id", DbType.Int64),
        new("code", DbType.String, 15),
        new("name", DbType.String, AreaFeatureReader.LongestName),
        new("level", DbType.Int32),
        new("parent_code", DbType.String, 15),
        new("valid_from", DbType.Date),
        new("valid_to", DbType.Date),
        new("import_position", DbType.Int64),
        new("population", DbType.Int32),
        new("households", DbType.Int32),
        new("type", DbType.String, AreaFeatureReader.LongestType),
        new("min_lon", DbType.Double),
        new("min_lat", DbType.Double),
        new("max_lon", DbType.Double),
        new("max_lat", DbType.Double),
        new("shape", DbType.Binary, -1, IsShape: true),
    ]);

    /// <summary>What is stored for the given day and those after it.</summary>
    public static async Task<StoredAreas> ReadAsync(Store store, DateOnly from, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            async connection =>
            {
                // The position first: should an upload come in between, it shows as another position when we write.
                var last = await connection.ExecuteScalarAsync<long>(new CommandDefinition(LastUpload, cancellationToken: cancellationToken));
                // Before the reader is open: SQL Server answers one question at a time on a connection.
                var sets = (await connection.QueryAsync<(string Family, DateTime From)>(new CommandDefinition(
                    "SELECT family, valid_from FROM area_set WHERE valid_from >= @from",
                    new { from = store.Dialect.Day(from) },
                    cancellationToken: cancellationToken))).Select(set => new AreaSet(set.Family, DateOnly.FromDateTime(set.From)));
                var spans = new List<AreaSpan>();
                await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
                    "SELECT id, code, name, valid_from, valid_to FROM area WHERE valid_to > @from AND valid_to > valid_from",
                    new { from = store.Dialect.Day(from) },
                    cancellationToken: cancellationToken));
                while (await reader.ReadAsync(cancellationToken))
                {
                    spans.Add(new AreaSpan(
                        reader.GetInt64(0), reader.GetString(1), reader.GetString(2),
                        DateOnly.FromDateTime(reader.GetDateTime(3)), DateOnly.FromDateTime(reader.GetDateTime(4))));
                }

                return new StoredAreas(spans, [.. sets], last);
            },
            cancellationToken);

    /// <summary>Writes a plan; null when another upload came in since it was made, and nothing was written.</summary>
    public static AreasReplaced? Write(WriteSession session, AreaReplacement plan, AreaImportRequest request, DateOnly validFrom, int repaired, long plannedAfter)
    {
        if (session.Connection.ExecuteScalar<long>(LastUpload, transaction: session.Transaction) != plannedAfter)
        {
            return null;
        }

        var happened = new AreasReplaced(validFrom, plan.Taken, plan.Retired.Count);
        var position = session.Append(happened, 0, request.Actor);
        session.Insert(Uploads,
        [
            position, session.Dialect.Instant(session.Now), session.Dialect.Day(validFrom), CoordinateTransform.NameOf(request.Crs), request.Actor,
            happened.Taken, repaired, happened.Retired,
        ]);
        request.Record?.Invoke(session, happened);
        session.Flush(); // The areas refer to it.
        EndRows(session, plan);

        var first = session.Connection.ExecuteScalar<long?>("SELECT MAX(id) FROM area", transaction: session.Transaction) ?? 0;
        var id = first;
        foreach (var copy in plan.Copies)
        {
            Copy(session, copy, ++id, position);
        }

        foreach (var (area, from, to) in plan.Inserts)
        {
            session.Insert(Areas, Row(session.Dialect, ++id, area, from, to, position));
        }

        foreach (var set in plan.Sets)
        {
            session.Insert(Sets, [set.Family, session.Dialect.Day(set.From), position]);
        }

        session.Flush();
        FillBoxes(session, first);

        return happened;
    }

    private const string LastUpload = "SELECT COALESCE(MAX(position), 0) FROM area_import";

    // SQL Server keeps its spatial index by itself.
    private static void FillBoxes(WriteSession session, long after)
    {
        if (session.Dialect is SqliteDialect)
        {
            session.Connection.Execute(
                """
                INSERT INTO area_box (id, min_lon, max_lon, min_lat, max_lat)
                SELECT id, min_lon, max_lon, min_lat, max_lat FROM area WHERE id > @after
                """,
                new { after },
                session.Transaction);
        }
    }

    private static void EndRows(WriteSession session, AreaReplacement plan)
    {
        foreach (var sameDay in plan.Ends.GroupBy(end => end.Value, end => end.Key))
        {
            var to = session.Dialect.Day(sameDay.Key);
            foreach (var ids in sameDay.Order().Chunk(IdsPerUpdate))
            {
                session.Connection.Execute("UPDATE area SET valid_to = @to WHERE id IN @ids", new { to, ids }, session.Transaction);
            }
        }
    }

    private static void Copy(WriteSession session, AreaSpan span, long id, long position) => session.Connection.Execute(
        """
        INSERT INTO area (id, code, name, level, parent_code, valid_from, valid_to, import_position, population, households, type,
          min_lon, min_lat, max_lon, max_lat, shape)
        SELECT @id, code, name, level, parent_code, @validFrom, @validTo, @position, population, households, type,
          min_lon, min_lat, max_lon, max_lat, shape
        FROM area WHERE id = @source
        """,
        new { id, validFrom = session.Dialect.Day(span.From), validTo = session.Dialect.Day(span.To), position, source = span.Id },
        session.Transaction);

    private static object?[] Row(Dialect dialect, long id, AreaCandidate area, DateOnly validFrom, DateOnly validTo, long position)
    {
        var box = new Envelope();
        AreaWkb.Expand(area.Wkb, box);
        return
        [
            id, area.Code, area.Name, (int)area.Level, AreaCode.Parent(area.Code!), dialect.Day(validFrom), dialect.Day(validTo), position,
            area.Population, area.Households, area.Type, box.MinX, box.MinY, box.MaxX, box.MaxY, area.Wkb,
        ];
    }
}
