using System.Net;
using System.Text;
using System.Text.Json;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.Forces;

[Collection(nameof(RunningProgram))]
public class UnitTests(RunningProgram program)
{
    private const string Two =
        """
        [{"code":"LD-1","name":"东门联动工作站","kind":"jointStation","area":"990101001001","lon":105.1,"lat":30.1},
         {"code":"YJ-1","name":"最小应急单元一","kind":"minEmergencyUnit","area":"990101001","lon":105.3,"lat":30.1}]
        """;

    [Fact]
    public async Task A_county_s_list_is_taken_whole_and_its_units_are_found_by_distance()
    {
        (await PutAsync(Two)).ShouldBe(HttpStatusCode.OK);
        var again = (await PutAsync(Two)).ShouldBe(HttpStatusCode.OK).Json;
        var near = (await program.Api.GetAsync("/api/v1/units/near?lon=105.29&lat=30.1&limit=1")).ShouldBe(HttpStatusCode.OK).Json;
        var stations = (await program.Api.GetAsync("/api/v1/units?kind=jointStation&area=990101")).ShouldBe(HttpStatusCode.OK).Json;
        var incident = await program.Api.ReportAsync("""{"source":"110","category":"0601","title":"漏水","lon":105.11,"lat":30.1}""");
        var nearest = (await program.Api.GetAsync($"/api/v1/incidents/{incident.Id}")).Json.GetProperty("nearestUnits");

        (again.GetProperty("taken").GetInt32(), again.GetProperty("changed").GetInt32(), again.GetProperty("retired").GetInt32()).ShouldBe((2, 0, 0));
        var unit = near.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (unit.GetProperty("code").GetString(), unit.GetProperty("kind").GetString(), unit.GetProperty("areaName").GetString()).ShouldBe(("YJ-1", "minEmergencyUnit", "城关街道"));
        unit.GetProperty("distance").GetDouble().ShouldBe(963.8, 1);
        stations.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("LD-1");
        nearest.EnumerateArray().Select(u => u.GetProperty("code").GetString()).ShouldBe(["LD-1", "YJ-1"]);
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("[", "")]
    [InlineData("[1]", "[0]")]
    [InlineData("[{}]", "[0].code", "[0].name", "[0].kind", "[0].area", "[0].lon", "[0].lat")]
    [InlineData("""[{"code":"a b","name":" ","kind":"drone","area":"990102","lon":181,"lat":"30","phone":"110"}]""", "[0].code", "[0].name", "[0].kind", "[0].area", "[0].lon", "[0].lat", "[0].phone")]
    [InlineData("""[{"code":"a","name":"a","kind":"patrol","area":"990101","lon":105,"lat":30},{"code":"a","name":"a","kind":"patrol","area":"990101","lon":1e999,"lat":30}]""", "[1].code", "[1].lon")]
    public async Task A_list_with_anything_wrong_is_refused_whole_and_all_of_it_is_named(string body, params string[] fields)
    {
        (await PutAsync(body)).ShouldName(fields);
        (await PutAsync(body, "?county=990101&culture=en")).ShouldName(fields);
    }

    [Fact]
    public async Task An_empty_list_takes_all_units_out_of_service_only_when_that_is_said()
    {
        (await PutAsync(Two)).ShouldBe(HttpStatusCode.OK);

        (await PutAsync("[]", "?county=990101&culture=en")).ShouldName("").Message("").ShouldContain("add retireAll=true");
        (await PutAsync("[]", "?county=990101&retireAll=false")).ShouldName("");
        (await PutAsync("[]", "?county=990101&retireAll=yes")).ShouldName("retireAll");
        (await program.Api.GetAsync("/api/v1/units?area=990101")).Json.GetProperty("items").GetArrayLength().ShouldBe(2);

        var retired = (await PutAsync("[]", "?county=990101&retireAll=true")).ShouldBe(HttpStatusCode.OK).Json;
        (retired.GetProperty("taken").GetInt32(), retired.GetProperty("retired").GetInt32()).ShouldBe((0, 2));
        (await PutAsync(Two)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", "county")]
    [InlineData("?county=990101001&crs=x&dryRun=true", "county", "crs", "dryRun")]
    public async Task A_list_without_its_county_is_refused(string query, params string[] fields) =>
        (await PutAsync(Two, query)).ShouldName(fields);

    [Fact]
    public async Task Whatever_is_wrong_with_a_question_is_named()
    {
        (await program.Api.GetAsync("/api/v1/units/near?lat=x&within=-1&kind=drone&area=1&limit=501&near=1")).ShouldName("lon", "lat", "within", "kind", "area", "limit", "near");
        (await program.Api.GetAsync("/api/v1/units?kind=drone&area=1&limit=0&after=" + new string('9', 40))).ShouldName("kind", "area", "limit", "after");
        (await program.Api.GetAsync("/api/v1/units?kind=drone", "en")).Message("kind").ShouldBe("There is no kind drone; use jointStation, volunteerPatrol, minEmergencyUnit, patrol.");
    }

    private Task<Answer> PutAsync(string body, string query = "?county=990101") =>
        program.Api.SendAsync(HttpMethod.Put, "/api/v1/units" + query, new StringContent(body, Encoding.UTF8, "application/json"));
}
