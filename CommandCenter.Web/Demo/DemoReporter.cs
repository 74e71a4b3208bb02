using CommandCenter.Data.Incidents;
using CommandCenter.Web.Demo.Terrain;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace CommandCenter.Web.Demo;

/// <summary>Writes the reports that the people of 云溪县 send, as any sender would.</summary>
internal sealed class DemoReporter
{
    private static readonly string[] WithoutPoint = ["12345", "petition-office", "court"];

    private readonly Weighted<Place> _places;

    public DemoReporter(DemoCounty county)
    {
        var towns = county.Towns.ToDictionary(t => t.Code, StringComparer.Ordinal);
        var villages = county.Villages.ToDictionary(v => v.Code, v => new DemoAddresses(towns[v.Code[..9]], v), StringComparer.Ordinal);
        _places = new Weighted<Place>(county.Grids.Select(grid => (new Place(grid, villages[grid.Code[..12]]), Busyness(grid))));
    }

    /// <summary>One report. The same external id at the same time makes the same report.</summary>
    /// <param name="externalId">Also names the dice it is thrown with.</param>
    /// <param name="at">When it is sent, UTC.</param>
    public IncidentSubmission Write(string externalId, DateTime at)
    {
        var dice = new Dice(externalId);
        var phrases = PhraseBook.Instance.ByWeight.Pick(dice);
        var place = _places.Pick(dice);
        var source = phrases.Sources.Pick(dice);
        var scene = place.Addresses.Scene(phrases.Category, CountyTime.Local(at).Hour, dice);
        var (lon, lat) = place.Point(dice);
        var hasPoint = !WithoutPoint.Contains(source) || dice.Chance(0.7);
        var (name, phone) = DemoAddresses.Reporter(dice);
        return new IncidentSubmission
        {
            Source = source,
            ExternalId = externalId,
            Category = phrases.Category,
            Urgency = phrases.Urgencies.Pick(dice).ToString().ToLowerInvariant(),
            Title = place.Addresses.Fill(dice.Of(place.Addresses.Suiting(phrases.Titles)), scene, dice),
            Description = place.Addresses.Fill(dice.Of(phrases.Descriptions), scene, dice),
            Address = place.Addresses.Address(scene, dice),
            Lon = hasPoint ? lon : null,
            Lat = hasPoint ? lat : null,
            GridCode = hasPoint ? null : place.Grid.Code,
            OccurredAt = $"{at.AddMinutes(-dice.Waiting(9)):yyyy-MM-ddTHH:mm:ssZ}",
            Reporter = dice.Chance(0.8) ? new ReporterSubmission { Name = name, Phone = phone } : null,
        };
    }

    // People report where people are, and some neighbourhoods have more to report than others.
    private static int Busyness(DemoArea grid) => (int)(grid.Population * (0.35 + (1.6 * Math.Pow(new Dice(grid.Code).Next(), 2))));

    private sealed class Place(DemoArea grid, DemoAddresses addresses)
    {
        private readonly Polygon _shape = new(new LinearRing([.. grid.Ring.Select(p => new Coordinate(p.Lon, p.Lat))]));
        private IndexedPointInAreaLocator? _locator;
        private Coordinate? _middle;

        public DemoArea Grid => grid;

        public DemoAddresses Addresses => addresses;

        /// <summary>Somewhere in the grid, more often near its middle.</summary>
        public (double Lon, double Lat) Point(Dice dice)
        {
            _locator ??= new IndexedPointInAreaLocator(_shape);
            _middle ??= _shape.InteriorPoint.Coordinate;
            var box = _shape.EnvelopeInternal;
            for (var attempt = 0; attempt < 12; attempt++)
            {
                var near = Math.Sqrt(dice.Next());
                var at = new Coordinate(
                    Math.Round(_middle.X + ((dice.Between(box.MinX, box.MaxX) - _middle.X) * near), 6),
                    Math.Round(_middle.Y + ((dice.Between(box.MinY, box.MaxY) - _middle.Y) * near), 6));
                if (_locator.Locate(at) == Location.Interior)
                {
                    return (at.X, at.Y);
                }
            }

            return (Math.Round(_middle.X, 6), Math.Round(_middle.Y, 6));
        }
    }
}
