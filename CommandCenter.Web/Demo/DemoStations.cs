using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Demo;

/// <summary>The 48 joint stations (联动工作站) of the fictional county: one in every second village, well inside it.</summary>
internal static class DemoStations
{
    public static IReadOnlyList<Unit> In(AreaIndex areas) =>
    [
        .. areas.Of(AreaLevel.Village, DemoPlaces.CountyCode).Where((_, i) => i % 2 == 0).Select(village =>
        {
            var inside = village.Shape.InteriorPoint;
            return new Unit
            {
                Code = $"LD-{village.Code}",
                Name = $"{village.Name}联动工作站",
                Kind = UnitKind.JointStation,
                AreaCode = village.Code,
                Lon = Math.Round(inside.X, 5),
                Lat = Math.Round(inside.Y, 5),
                SourceCrs = CoordinateTransform.NameOf(CoordinateSystem.Wgs84),
            };
        }),
    ];
}
