using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Demo;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Browser;

/// <summary>The real application on a real port, in this process, over an SQLite file in a temporary folder.</summary>
public sealed class WallApp : IAsyncDisposable
{
    private readonly WebApplicationFactory<WallOptions> _factory;
    private readonly string _folder;

    private WallApp(WebApplicationFactory<WallOptions> factory, string folder, Uri address) =>
        (_factory, _folder, Address, Http) = (factory, folder, address, TestAccess.Client(address));

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _factory.Services;

    /// <param name="services">Replaces parts, where a test needs them to fail.</param>
    public static WallApp Start(Action<IServiceCollection>? services = null)
    {
        var folder = Directory.CreateTempSubdirectory("wall-").FullName;
        var factory = new WebApplicationFactory<WallOptions>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:CommandCenter", $"Data Source={Path.Combine(folder, "wall.db")}");
            host.UseSetting("Urls", "http://127.0.0.1:0");
            host.UseSetting("Demo:Enabled", "false");
            host.UseSetting("Logging:LogLevel:Default", "Warning");
            host.ConfigureTestServices(services ?? (_ => { }));
        });
        factory.UseKestrel(0);
        factory.StartServer();
        var address = new Uri(factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        var database = new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder, "wall.db")}" };
        TestAccess.Use(address, Task.Run(() => TestAccess.KeyAsync(database)).GetAwaiter().GetResult(), database);
        return new WallApp(factory, folder, address);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _factory.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What a test brings into a store, over the public interface like everyone else.</summary>
internal static class Bring
{
    /// <summary>The boundaries of the demonstration county.</summary>
    public static async Task CountyAsync(HttpClient http)
    {
        using var content = new StreamContent(DemoCounty.Instance.AreasGeoJson());
        content.Headers.ContentType = new("application/geo+json");
        var answer = await http.PutAsync(new Uri("api/v1/areas", UriKind.Relative), content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A report in the middle of a grid of the demonstration county.</summary>
    /// <returns>Its id.</returns>
    public static async Task<long> ReportAsync(HttpClient http, string title, string category = "0401", string urgency = "normal", int grid = 20, string? externalId = null)
    {
        var code = DemoCounty.Instance.Grids[grid].Code;
        var answer = await http.PostAsJsonAsync("api/v1/incidents", new { source = "grid-worker", externalId, category, urgency, title, gridCode = code, lon = Middle(grid).Lon, lat = Middle(grid).Lat });
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetInt64();
    }

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static (double Lon, double Lat) Middle(int grid)
    {
        var ring = DemoCounty.Instance.Grids[grid].Ring;
        return (ring.Average(point => point.Lon), ring.Average(point => point.Lat));
    }
}
