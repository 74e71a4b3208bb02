using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CommandCenter.Tests.Incidents;

[Collection(nameof(RunningProgram))]
public class NearTests(RunningProgram program)
{
    [Fact]
    public async Task Incidents_near_a_point_come_nearest_first_with_their_distance_page_by_page()
    {
        // East of everything that the other tests report.
        var ids = new List<long>();
        foreach (var lon in new[] { 105.3911, 105.3901, 105.3921 })
        {
            ids.Add((await program.Api.ReportAsync(string.Create(
                CultureInfo.InvariantCulture, $$"""{"source":"110","category":"0604","title":"夜间施工","lon":{{lon}},"lat":30.1901}"""))).Id);
        }

        const string Query = "/api/v1/incidents/near?lon=105.39&lat=30.19&within=1000&category=0604&status=reported";
        var all = (await program.Api.GetAsync(Query)).ShouldBe(HttpStatusCode.OK).Json;
        var first = (await program.Api.GetAsync(Query + "&limit=2")).Json;
        var second = (await program.Api.GetAsync(Query + "&limit=2&after=" + Uri.EscapeDataString(first.GetProperty("next").GetString()!))).Json;

        Ids(all).ShouldBe([ids[1], ids[0], ids[2]]);
        all.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("distance").GetDouble()).ShouldBe([14.7, 106.6, 202.8], tolerance: 0.5);
        all.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids(first).Concat(Ids(second)).ShouldBe(Ids(all));
        Ids((await program.Api.GetAsync(Query.Replace("within=1000", "within=50", StringComparison.Ordinal))).Json).ShouldBe([ids[1]]);
    }

    [Fact]
    public async Task The_point_may_be_given_in_another_coordinate_system()
    {
        var id = (await program.Api.ReportAsync("""{"source":"110","category":"0602","title":"异味","lon":105.395,"lat":30.195,"crs":"gcj02"}""")).Id;

        var near = (await program.Api.GetAsync("/api/v1/incidents/near?lon=105.395&lat=30.195&crs=gcj02&within=1&category=0602")).ShouldBe(HttpStatusCode.OK).Json;

        Ids(near).ShouldBe([id]);
    }

    [Theory]
    [InlineData("", "lon", "lat", "within")]
    [InlineData("?lon=NaN&lat=1e999&within=-1", "lon", "lat", "within")]
    [InlineData("?lon=200&lat=30&within=1000000", "lon", "within")]
    [InlineData("?lon=105&lat=30&within=10&after=5&limit=0&radius=1&crs=epsg:4547&status=open", "after", "limit", "radius", "crs", "status")]
    [InlineData("?lon=105&lat=30&within=10&after=NaN,5", "after")]
    public async Task What_is_wrong_with_a_point_or_distance_is_named_field_by_field(string query, params string[] fields) =>
        (await program.Api.GetAsync("/api/v1/incidents/near" + query)).ShouldName(fields);

    [Fact]
    public async Task What_is_wrong_is_told_in_the_language_asked_for()
    {
        const string Query = "/api/v1/incidents/near?lon=105&lat=95&within=10";

        (await program.Api.GetAsync(Query)).Message("lat").ShouldBe("必须是 -90 与 90 之间的数。");
        (await program.Api.GetAsync(Query, "en")).Message("lat").ShouldBe("Must be a number from -90 to 90.");
    }

    private static List<long> Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];
}
