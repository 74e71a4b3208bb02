using System.Net;
using System.Text.Json;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.Grids;

[Collection(nameof(RunningProgram))]
public class AreaSearchTests(RunningProgram program)
{
    private const string Path = "/api/v1/areas/search";

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[105.05,30.05],[105.1,30.05],[105.1,30.1],[105.05,30.05]]]}""", "", RunningProgram.West)]
    [InlineData("""{"coordinates":[[[105.05,30.05],[105.1,30.1],[105.1,30.05],[105.05,30.05]]],"type":"Polygon"}""", "", RunningProgram.West)]
    [InlineData("""{"type":"Feature","properties":{"geometry":1},"geometry":{"type":"Polygon","coordinates":[[[105.05,30.05],[105.2,30.05],[105.1,30.1],[105.05,30.05]]]}}""", "", RunningProgram.West, RunningProgram.East)]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[105,30],[105.2,30],[105.2,30.2],[105,30.2],[105,30]]],[[[105.3,30],[105.4,30],[105.4,30.1],[105.3,30]]]]}""", "?relation=within", RunningProgram.West)]
    [InlineData("""{"type":"Polygon","coordinates":[[[104,29],[106,29],[106,31],[104,31],[104,29]]]}""", "?level=village", "990101001001")]
    [InlineData("""{"type":"Polygon","coordinates":[[[104,29],[106,29],[106,31],[104,31],[104,29]]]}""", "?on=2020-01-01")]
    [InlineData("""{"type":"Polygon","coordinates":[[[106,29],[107,29],[107,31],[106,31],[106,29]]]}""", "")]
    public async Task The_grids_in_a_polygon_come_by_code(string polygon, string query, params string[] codes)
    {
        var page = (await program.Api.PostAsync(Path + query, polygon, "application/geo+json")).ShouldBe(HttpStatusCode.OK).Json;

        Codes(page).ShouldBe(codes);
        page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task They_come_page_by_page()
    {
        const string Everywhere = """{"type":"Polygon","coordinates":[[[104,29],[106,29],[106,31],[104,31],[104,29]]]}""";

        var first = (await program.Api.PostAsync(Path + "?limit=1", Everywhere)).ShouldBe(HttpStatusCode.OK).Json;
        var second = (await program.Api.PostAsync(Path + "?limit=1&after=" + first.GetProperty("next").GetString(), Everywhere)).Json;

        Codes(first).Concat(Codes(second)).ShouldBe([RunningProgram.West, RunningProgram.East]);
        first.GetProperty("items")[0].GetProperty("parent").GetString().ShouldBe("990101001001");
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[105,30]}""")]
    [InlineData("""{"type":"Feature","geometry":null}""")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[105,30],[105.1,30],[105.2,30],[105,30]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[105,30],[105.1,"NaN"],[105.2,30.1],[105,30]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[105,30],[105.1,1e999],[105.2,30.1],[105,30]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[105,30],[205.1,30],[105.2,30.1],[105,30]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[30,105],[30.1,105],[30.1,105.1],[30,105]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[105,30],[106,31],[106,30],[105,31],[105,30]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[179,30],[-179,30],[-179,31],[179,31],[179,30]]]}""")]
    [InlineData("[]")]
    public async Task A_shape_that_means_nothing_or_two_things_is_refused_with_the_reason(string body)
    {
        var chinese = (await program.Api.PostAsync(Path, body)).ShouldName("geometry").Message("geometry");
        var english = (await program.Api.PostAsync(Path, body, language: "en")).ShouldName("geometry").Message("geometry");

        chinese.ShouldNotBe(english);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":null,"coordinates":[]}""")]
    public async Task A_shape_without_a_type_is_told_so(string body)
    {
        (await program.Api.PostAsync(Path, body, language: "en")).ShouldName("geometry").Message("geometry").ShouldBe("The geometry has no type; it must be a Polygon or a MultiPolygon.");
        (await program.Api.PostAsync(Path, body)).Message("geometry").ShouldBe("几何图形没有 type，应为 Polygon 或 MultiPolygon。");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"type":"Polygon"} {}""")]
    public async Task What_is_not_JSON_is_400(string body) =>
        (await program.Api.PostAsync(Path, body)).ShouldBe(HttpStatusCode.BadRequest).Type.ShouldBe("application/problem+json");

    [Fact]
    public async Task A_shape_of_too_many_bytes_is_413_and_a_form_415()
    {
        (await program.Api.PostAsync(Path, new byte[1024 * 1024 + 1])).ShouldBe(HttpStatusCode.RequestEntityTooLarge).Type.ShouldBe("application/problem+json");
        (await program.Api.PostAsync(Path, "a=b", "application/x-www-form-urlencoded")).ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task What_is_wrong_with_the_parameters_is_named_field_by_field() =>
        (await program.Api.PostAsync(Path + "?relation=touches&level=x&crs=x&on=x&after=1&limit=0&within=990101", "{}"))
            .ShouldName("relation", "level", "crs", "on", "after", "limit", "within");

    private static List<string?> Codes(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString())];
}
