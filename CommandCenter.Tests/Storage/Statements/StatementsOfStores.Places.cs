using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

internal static partial class StatementsOfStores
{
    private static async Task GridsAsync(Store store)
    {
        var areas = new AreaStore(store);
        var day = new DateOnly(2026, 11, 22);
        await areas.VersionAsync(day, CancellationToken.None);
        await areas.ReadAsync(day, CancellationToken.None);
        await areas.UploadsAsync(10, CancellationToken.None);
        var square = new NetTopologySuite.Geometries.Polygon(new([new(105, 30), new(106, 30), new(106, 31), new(105, 30)]));
        await areas.SearchAsync(new AreaSearch(square, AreaRelation.Intersects, AreaLevel.Grid, day, After: null, 10), CancellationToken.None);
        await areas.SearchAsync(new AreaSearch(square, AreaRelation.Within, Level: null, day, "990101", 10), CancellationToken.None);
        await AreaReplacementWriter.ReadAsync(store, day, CancellationToken.None);
        var plan = AreaReplacement.Plan(new StoredAreas([], [], 3), [], day);
        plan.Ends.Add(7, day);
        plan.Copies.Add(new AreaSpan(7, "990101", "云溪县", day, AreaReplacement.Forever));
        var shape = new NetTopologySuite.IO.WKBWriter().Write(square);
        plan.Inserts.Add((new AreaCandidate(0) { Code = "990101", Name = "云溪县", Level = AreaLevel.County, Wkb = shape }, day, AreaReplacement.Forever));
        plan.Sets.Add(new AreaSet("990101", day));
        await store.WriteAsync(
            session => AreaReplacementWriter.Write(session, plan, new AreaImportRequest(CoordinateSystem.Wgs84), day, 0, plannedAfter: 3), CancellationToken.None);
    }

    private static async Task ForcesAsync(Store store)
    {
        var station = new Unit { Code = "a", Name = "东门联动工作站", Kind = UnitKind.JointStation, AreaCode = "990101", Lon = 105.1, Lat = 30.2, SourceCrs = "wgs84" };
        var units = new UnitStore(store);
        await units.ReplaceAsync("990101", [station], "api", CancellationToken.None);
        await units.ListAsync(new UnitFilter("990101", UnitKind.JointStation, 10), after: null, CancellationToken.None);
        var known = new RecordingSqlServer().Answering("AS metres", ("code", "a"), ("lon", 105.1), ("lat", 30.2), ("metres", 1.0))
            .Answering("FROM unit WHERE code IN", ("code", "a"))
            .Answering("FROM unit WHERE area_code", ("code", "b"));
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        (await new UnitStore(another).NearAsync(105.1, 30.2, within: null, new UnitFilter(null, null, 10), CancellationToken.None)).ShouldHaveSingleItem();
        var other = new RecordingSqlServer().Answering("FROM unit WHERE area_code", ("code", "b"));
        using var leaving = new Store(other, TimeProvider.System, NullLogger<Store>.Instance);
        (await new UnitStore(leaving).ReplaceAsync("990101", [station], "api", CancellationToken.None)).Retired.ShouldBe(1);
        Take(store, known);
        Take(store, other);
    }
}
