using System.Net;
using System.Text.Json;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>What is said of statistics over HTTP: published figures, terms, weights.</summary>
[Collection(nameof(RunningProgram))]
public class StatisticManagementTests(RunningProgram program)
{
    private const string Path = "/api/v1/statistics";

    private static string Figure(string month, decimal value) =>
        FormattableString.Invariant($$"""{"area":"990101001","measure":"petitionPersons","month":"{{month}}","value":{{value}}}""");

    private async Task<Answer> SendAsync(string asOf, params string[] figures) =>
        (await program.Api.PostAsync($"{Path}?acceptSuspicious=true", $$"""{"source":"信访局","asOf":"{{asOf}}","figures":[{{string.Join(',', figures)}}]}""")).ShouldBe(HttpStatusCode.Created);

    [Fact]
    public async Task A_published_figure_stays_and_is_told_apart_from_what_is_said_later()
    {
        await SendAsync("2009-02-01", Figure("2009-01", 40), Figure("2008-01", 80));
        var published = (await program.Api.PostAsync($"{Path}/publications", """{"title":"一月通报","figures":[{"series":"petitionPersons","area":"990101001","period":"2009-01"}]}""")).ShouldBe(HttpStatusCode.Created).Json;
        await SendAsync("2009-03-01", Figure("2009-01", 44));

        async Task<JsonElement> ListedAsync() => (await program.Api.GetAsync($"{Path}/publications?limit=500")).ShouldBe(HttpStatusCode.OK).Json
            .GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetInt64() == published.GetProperty("id").GetInt64());
        var listed = await ListedAsync();
        var figure = listed.GetProperty("figures")[0];

        (figure.GetProperty("value").GetDecimal(), figure.GetProperty("yoyPercent").GetDecimal(), figure.GetProperty("differs").GetBoolean(), figure.GetProperty("valueNow").GetDecimal()).ShouldBe((40m, -50m, true, 44m));
        figure.GetProperty("since").GetArrayLength().ShouldBe(1);
        (await program.Api.PostAsync($"{Path}/publications/{published.GetProperty("id").GetInt64()}/withdraw", "")).ShouldBe(HttpStatusCode.NoContent);
        (await ListedAsync()).GetProperty("withdrawnAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await program.Api.PostAsync($"{Path}/publications/999999/withdraw", "")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_publication_with_anything_wrong_is_refused_whole() =>
        (await program.Api.PostAsync($"{Path}/publications", """{"title":" ","figures":[{"series":"ufo","area":"x","period":"x"}]}"""))
            .ShouldName("title", "figures[0].area", "figures[0].period", "figures[0].series");

    [Fact]
    public async Task A_term_that_is_added_is_understood_in_what_is_sent_from_then_on()
    {
        var term = """{"name":"噪声扰民","nameEn":"Noise","adverse":"up","isStock":false,"aliases":["扰民"]}""";

        (await program.Api.SendAsync(HttpMethod.Put, $"{Path}/terms/tag/noise", Json(term))).ShouldBe(HttpStatusCode.OK);
        (await program.Api.PostAsync(Path, """{"source":"公安局","asOf":"2007-02-01","figures":[{"area":"城关","tag":"noise","month":"2007-01","value":3}]}""")).ShouldBe(HttpStatusCode.Created);

        (await program.Api.GetAsync($"{Path}/terms")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ShouldContain("噪声扰民");
        (await program.Api.SendAsync(HttpMethod.Put, $"{Path}/terms/tag/loud", Json(term))).ShouldName("name");
        (await program.Api.SendAsync(HttpMethod.Put, $"{Path}/terms/colour/a%20b", Json("""{"name":"","nameEn":"x","adverse":"none","isStock":false}"""))).ShouldName("kind", "code", "name");
    }

    [Fact]
    public async Task Weights_are_changed_with_a_reason_kept_and_tried_without_being_kept()
    {
        var before = (await program.Api.GetAsync($"{Path}/safety/weights")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").GetArrayLength();

        var changed = (await program.Api.PostAsync($"{Path}/safety/weights", """{"weights":{"crime":30,"telecomFraud":10,"traffic":15,"fire":10,"disputes":15,"petitions":10,"onTime":10},"reason":"年初会议确定"}""")).ShouldBe(HttpStatusCode.Created).Json;

        var after = (await program.Api.GetAsync($"{Path}/safety/weights")).Json.GetProperty("items");
        (after.GetArrayLength(), after[0].GetProperty("reason").GetString(), after[0].GetProperty("version").GetInt32()).ShouldBe((before + 1, "年初会议确定", changed.GetProperty("version").GetInt32()));
        (await program.Api.PostAsync($"{Path}/safety/weights", """{"weights":{"crime":0},"reason":""}""")).ShouldName("weights", "reason");
        (await program.Api.GetAsync($"{Path}/safety?area=990101&weights=crime:1,moon:2")).ShouldName("weights");
        (await program.Api.GetAsync($"{Path}/safety?area=990101&weights=crime:1")).ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
