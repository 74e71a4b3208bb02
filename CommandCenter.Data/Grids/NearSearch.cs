using System.Data;
using System.Data.Common;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Grids;

/// <summary>Something stored at a point, and how far that is.</summary>
/// <param name="Metres">Along the ellipsoid of WGS84 (<see cref="Geodesic"/>).</param>
public readonly record struct Near<TKey>(double Metres, TKey Key);

/// <summary>
/// Finds what is stored nearest to a point, by distance, then by key. The database narrows: the embedded one by a box, SQL Server
/// also by its own distances and its spatial index. <see cref="Geodesic"/> decides, on both.
/// </summary>
/// <param name="within">Metres, itself included.</param>
/// <param name="after">The last one of the page before.</param>
/// <param name="count">How many, at most.</param>
internal sealed class NearSearch<TKey>(double lon, double lat, double within, Near<TKey>? after, int count, IComparer<TKey> keys)
{
    // STDistance is off by at most 0.25 % (its documentation), so twice that and a metre are on the safe side.
    private const double Tolerance = 0.005;
    private const double Metre = 1;

    // Read beyond what is asked for, so that those whose order the server can't tell are rarely a second round trip.
    private const int Extra = 64;
    private const int Growth = 8;

    private readonly List<Near<TKey>> _found = [];

    /// <summary>What the WHERE clause begins with. Its parameters come with those of <see cref="RunAsync"/>.</summary>
    /// <param name="point">The geography column, with its table's alias; the columns lon and lat stand beside it.</param>
    public static string Narrowed(Dialect dialect, string point) =>
        "lat BETWEEN @minLat AND @maxLat AND lon BETWEEN @minLon AND @maxLon"
        + (dialect.MetresBetween(point, "@lon", "@lat") is { } metres ? $" AND {metres} >= @nearest AND {metres} <= @farthest" : "");

    /// <summary>The first rows in the server's order and their distances; nothing where the database knows no distance.</summary>
    public static (string Top, string Metres, string Order, string Limit) Ranked(Dialect dialect, string point)
    {
        if (dialect.MetresBetween(point, "@lon", "@lat") is not { } metres)
        {
            return ("", "", "", "");
        }

        var (top, limit) = dialect.First("@take");
        return (top, $", {metres} AS metres", $"ORDER BY {metres}", limit);
    }

    /// <summary>Runs a query made of the parts above: key, lon, lat, and the server's metres where it knows them.</summary>
    /// <param name="arguments">Those of the query's other conditions.</param>
    /// <returns>By distance, then by key.</returns>
    public async Task<IReadOnlyList<Near<TKey>>> RunAsync(DbConnection connection, bool ranks, string sql, DynamicParameters arguments, CancellationToken cancellationToken)
    {
        AddArguments(arguments);
        for (long take = (long)count + Extra; ; take *= Growth)
        {
            arguments.Add("take", (int)Math.Min(take, int.MaxValue), DbType.Int32);
            _found.Clear();
            var (rows, told) = (0L, 0.0);
            await using (var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)))
            {
                for (; await reader.ReadAsync(cancellationToken); rows++)
                {
                    Consider(reader.GetFieldValue<TKey>(0), reader.GetDouble(1), reader.GetDouble(2));
                    told = ranks ? reader.GetDouble(3) : 0;
                }
            }

            // What the server holds back is at least as far as the last it told, by its own measure.
            Keep();
            var isAll = !ranks || rows < take;
            var certain = isAll ? double.PositiveInfinity : Least(told);
            if (isAll || (_found.Count == count && _found[^1].Metres < certain))
            {
                return [.. _found];
            }
        }
    }

    private static double Least(double metres) => Math.Max(0, (metres * (1 - Tolerance)) - Metre);

    private void AddArguments(DynamicParameters arguments)
    {
        var box = GeoBox.Around(lon, lat, within);
        arguments.Add("lon", lon, DbType.Double);
        arguments.Add("lat", lat, DbType.Double);
        arguments.Add("minLon", box.MinLon, DbType.Double);
        arguments.Add("minLat", box.MinLat, DbType.Double);
        arguments.Add("maxLon", box.MaxLon, DbType.Double);
        arguments.Add("maxLat", box.MaxLat, DbType.Double);
        arguments.Add("nearest", after is { } last ? Least(last.Metres) : 0, DbType.Double);
        arguments.Add("farthest", (Math.Min(within, Geodesic.Farthest) * (1 + Tolerance)) + Metre, DbType.Double);
    }

    private void Consider(TKey key, double x, double y)
    {
        var near = new Near<TKey>(Geodesic.Distance(lon, lat, x, y), key);
        if (near.Metres <= within && (after is not { } last || Compare(near, last) > 0))
        {
            _found.Add(near);
            if (_found.Count > (4 * count) + Extra)
            {
                Keep();
            }
        }
    }

    private void Keep()
    {
        _found.Sort(Compare);
        if (_found.Count > count)
        {
            _found.RemoveRange(count, _found.Count - count);
        }
    }

    private int Compare(Near<TKey> a, Near<TKey> b) => a.Metres.CompareTo(b.Metres) is var order and not 0 ? order : keys.Compare(a.Key, b.Key);
}
