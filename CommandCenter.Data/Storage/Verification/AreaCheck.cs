using System.Data.Common;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using Dapper;
using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Uploads have their events; codes, levels, parents and days of all versions of areas fit together; shapes can be read.</summary>
internal sealed class AreaCheck : DatabaseCheck
{
    // The box is computed from the same numbers; a server may give them back rounded in the last place.
    private const double Close = 1e-9;

    public override string Name => "areas";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                await using var transaction = store.Dialect.BeginRead(connection);
                await CheckUploadsAsync(connection, transaction, findings, cancellationToken);
                var areas = await ReadAsync(store.Dialect, connection, transaction, findings, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                CheckDays(areas, findings);
                if (store.Dialect is SqliteDialect)
                {
                    foreach (var id in await SqliteStructure.NotIndexedAreasAsync(connection, cancellationToken))
                    {
                        findings.Add(FindingKind.AreaNotIndexed, id);
                    }
                }

                return true;
            },
            cancellationToken);

    private static async Task CheckUploadsAsync(DbConnection connection, DbTransaction transaction, FindingList findings, CancellationToken cancellationToken)
    {
        var uploads = (await connection.QueryAsync<AreaUpload>(new CommandDefinition(
            """
            SELECT position AS Position, recorded_at AS RecordedAt, valid_from AS ValidFrom, source_crs AS SourceCrs, taken AS Taken,
              repaired AS Repaired, retired AS Retired
            FROM area_import
            """,
            transaction: transaction,
            cancellationToken: cancellationToken))).ToDictionary(upload => upload.Position);
        var seen = new HashSet<long>();
        await foreach (var happened in StoredLog.ReadAsync(connection, transaction, "e.position", long.MaxValue, subject: 0, cancellationToken))
        {
            if (happened.Event is not AreasReplaced replaced)
            {
                continue;
            }

            seen.Add(happened.Position);
            if (!uploads.TryGetValue(happened.Position, out var upload))
            {
                findings.Add(FindingKind.UploadMissing, happened.Position);
                continue;
            }

            (string Field, object Stored, object Logged)[] fields =
                [("valid_from", upload.ValidFrom, replaced.ValidFrom), ("taken", upload.Taken, replaced.Taken), ("retired", upload.Retired, replaced.Retired)];
            foreach (var (field, stored, logged) in fields.Where(field => !Equals(field.Stored, field.Logged)))
            {
                findings.Add(FindingKind.UploadDiffers, happened.Position, field, stored, logged);
            }
        }

        // Events that belong to no incident stay in the log when others are archived.
        foreach (var position in uploads.Keys.Where(position => !seen.Contains(position)).Order())
        {
            findings.Add(FindingKind.UploadWithoutEvent, position);
        }
    }

    private static async Task<List<Row>> ReadAsync(
        Dialect dialect, DbConnection connection, DbTransaction transaction, FindingList findings, CancellationToken cancellationToken)
    {
        var areas = new List<Row>();
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"""
            SELECT a.id, a.code, a.level, a.parent_code, a.valid_from, a.valid_to, a.min_lon, a.min_lat, a.max_lon, a.max_lat, {dialect.ShapeAsWkb("a.shape")}
            FROM area a
            ORDER BY a.id
            """,
            transaction: transaction,
            commandTimeout: 0,
            cancellationToken: cancellationToken));
        while (await reader.ReadAsync(cancellationToken))
        {
            findings.LookedAtOne();
            var area = new Row(
                reader.GetInt64(0), reader.GetString(1), (AreaLevel)reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetString(3),
                DateOnly.FromDateTime(reader.GetDateTime(4)), DateOnly.FromDateTime(reader.GetDateTime(5)));
            if (!AreaCode.IsValid(area.Code, area.Level, out var fault))
            {
                findings.Add(FindingKind.AreaCodeWrong, area.Id, area.Code, fault);
            }
            else if (area.Parent != AreaCode.Parent(area.Code))
            {
                findings.Add(FindingKind.AreaCodeWrong, area.Id, area.Code, $"parent_code {area.Parent}");
            }

            var stored = new Envelope(reader.GetDouble(6), reader.GetDouble(8), reader.GetDouble(7), reader.GetDouble(9));
            if (ProblemOf(reader.GetValue(10) as byte[], stored) is { } problem)
            {
                findings.Add(FindingKind.AreaShapeWrong, area.Id, area.Code, problem);
            }

            areas.Add(area);
        }

        return areas;
    }

    private static string? ProblemOf(byte[]? wkb, Envelope stored)
    {
        try
        {
            var (parts, rings, vertices) = (0, 0, 0);
            AreaWkb.Count(wkb, ref parts, ref rings, ref vertices);
            var box = new Envelope();
            AreaWkb.Expand(wkb, box);
            return Math.Abs(box.MinX - stored.MinX) < Close && Math.Abs(box.MaxX - stored.MaxX) < Close
                && Math.Abs(box.MinY - stored.MinY) < Close && Math.Abs(box.MaxY - stored.MaxY) < Close
                ? null
                : $"{box} ≠ {stored}";
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return e.Message;
        }
    }

    // On every day an area has one version and, unless it is a county, something that it lies in.
    private static void CheckDays(List<Row> areas, FindingList findings)
    {
        var byCode = areas.Where(area => area.To > area.From).GroupBy(area => area.Code)
            .ToDictionary(versions => versions.Key, versions => versions.OrderBy(area => area.From).ThenBy(area => area.Id).ToList(), StringComparer.Ordinal);
        foreach (var versions in byCode.Values)
        {
            foreach (var (one, next) in versions.Zip(versions.Skip(1)).Where(pair => pair.Second.From < pair.First.To))
            {
                findings.Add(FindingKind.AreaTwice, one.Code, one.Id, next.Id, Day(next.From));
            }

            foreach (var area in versions.Where(area => area.Level != AreaLevel.County))
            {
                var day = area.From;
                foreach (var parent in byCode.GetValueOrDefault(AreaCode.Parent(area.Code) ?? "") ?? [])
                {
                    day = parent.From <= day && parent.To > day ? parent.To : day;
                }

                if (day < area.To)
                {
                    findings.Add(FindingKind.AreaWithoutParent, area.Id, area.Code, area.Parent, Day(day));
                }
            }
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Row(long Id, string Code, AreaLevel Level, string? Parent, DateOnly From, DateOnly To);
}
