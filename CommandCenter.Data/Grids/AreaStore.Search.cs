using System.Data;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Grids;

// By shape.
public sealed partial class AreaStore
{
    private const int FewestRead = 256;

    /// <summary>
    /// Areas that lie to a shape as asked, by code. The database narrows by boxes (an R*Tree, or the spatial index of SQL Server);
    /// <see cref="AreaSearch.Holds"/> decides, on both.
    /// </summary>
    public Task<IReadOnlyList<AreaRow>> SearchAsync(AreaSearch search, CancellationToken cancellationToken)
    {
        var box = search.Box;
        var arguments = new DynamicParameters();
        arguments.Add("on", store.Dialect.Day(search.On));
        arguments.Add("minLon", box.MinLon, DbType.Double);
        arguments.Add("minLat", box.MinLat, DbType.Double);
        arguments.Add("maxLon", box.MaxLon, DbType.Double);
        arguments.Add("maxLat", box.MaxLat, DbType.Double);
        var conditions = new List<string> { "a.min_lon <= @maxLon AND a.max_lon >= @minLon AND a.min_lat <= @maxLat AND a.max_lat >= @minLat" };
        if (store.Dialect is SqliteDialect)
        {
            // Single precision rounded outwards: it lets some more through, never fewer.
            conditions.Add("a.id IN (SELECT id FROM area_box WHERE min_lon <= @maxLon AND max_lon >= @minLon AND min_lat <= @maxLat AND max_lat >= @minLat)");
        }
        else if (search.Reach() is { } reach && store.Dialect.MayMeet("a.shape", "@reach") is { } mayMeet)
        {
            conditions.Add(mayMeet);
            arguments.Add("reach", reach, DbType.Binary, size: -1);
        }

        if (search.Level is { } level)
        {
            conditions.Add("a.level = @level");
            arguments.Add("level", (int)level, DbType.Int32);
        }

        var take = Math.Max(2 * search.Limit, FewestRead);
        var (top, limit) = store.Dialect.First("@take");
        var sql = $"SELECT {top} {RowColumns} FROM area a WHERE a.valid_to > @on AND a.valid_from <= @on AND a.code > @after AND {string.Join(" AND ", conditions)} ORDER BY a.code {limit}";
        arguments.Add("take", take, DbType.Int32);
        return store.ReadAsync<IReadOnlyList<AreaRow>>(
            async connection =>
            {
                var found = new List<AreaRow>();
                for (var after = search.After; ;)
                {
                    // A read of all that may meet a large shape could not be ended early: SQL Server sends what it was asked for.
                    arguments.Add("after", after ?? "", DbType.String, size: 15);
                    var read = 0;
                    await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
                    for (; await reader.ReadAsync(cancellationToken); read++)
                    {
                        var row = Row(reader);
                        after = row.Code;
                        if (found.Count < search.Limit && search.Holds(row))
                        {
                            found.Add(row);
                        }
                    }

                    if (found.Count == search.Limit || read < take)
                    {
                        return found;
                    }
                }
            },
            cancellationToken);
    }
}
