using System.Net;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Tests.Incidents;

/// <summary>The program as its own process on a real file, with a small county: two grids side by side.</summary>
public sealed class RunningProgram : IAsyncLifetime
{
    public const string West = "990101001001001";
    public const string East = "990101001001002";

    private ServerProcess _server = null!;

    internal Api Api { get; private set; } = null!;

    internal Uri Address => _server.Address;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync();
        Api = new Api(_server.Address);
        using var areas = new StringContent(SmallCounty(), Encoding.UTF8, "application/geo+json");
        (await Api.SendAsync(HttpMethod.Put, "/api/v1/areas", areas)).ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_server.Folder, recursive: true);
    }

    /// <summary>GeoJSON.</summary>
    internal static string SmallCounty()
    {
        object Area(string code, string name, string level, double west, double east) => new
        {
            type = "Feature",
            properties = new { code, name, level },
            geometry = new
            {
                type = "Polygon",
                coordinates = new[] { new double[][] { [west, 30.0], [east, 30.0], [east, 30.2], [west, 30.2], [west, 30.0] } },
            },
        };
        return JsonSerializer.Serialize(new
        {
            type = "FeatureCollection",
            features = new[]
            {
                Area("990101", "云溪县", "county", 105.0, 105.4), Area("990101001", "城关街道", "town", 105.0, 105.4),
                Area("990101001001", "东门社区", "village", 105.0, 105.4), Area(West, "西网格", "grid", 105.0, 105.2), Area(East, "东网格", "grid", 105.2, 105.4),
            },
        });
    }
}

[CollectionDefinition(nameof(RunningProgram))]
public sealed class SharingTheProgram : ICollectionFixture<RunningProgram>;
