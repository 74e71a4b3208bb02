using System.Net;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.PoliceStatistics;

[Collection(nameof(RunningProgram))]
public class StatisticEndpointTests(RunningProgram program)
{
    private const string Path = "/api/v1/statistics";

    [Fact]
    public async Task What_a_program_sends_is_a_version_with_figures_that_carry_their_base()
    {
        var body = """{"source":"公安局","asOf":"2023-02-01","figures":[{"area":"城关","category":"criminal","month":"2023-01","value":673},{"area":"990101001","category":"criminal","month":"2022-01","value":1000}]}""";

        var taken = (await program.Api.PostAsync(Path, body)).ShouldBe(HttpStatusCode.Created).Json;
        var again = (await program.Api.PostAsync(Path, body)).ShouldBe(HttpStatusCode.OK).Json;
        var table = (await program.Api.GetAsync($"{Path}/figures?area=990101&period=2023-01&series=calls/criminal,calls")).ShouldBe(HttpStatusCode.OK).Json;
        var trend = (await program.Api.GetAsync($"{Path}/trend?area=990101001&series=calls/criminal&period=2023")).ShouldBe(HttpStatusCode.OK).Json;

        (taken.GetProperty("figures").GetInt32(), taken.GetProperty("new").GetInt32()).ShouldBe((2, 2));
        again.GetProperty("version").GetInt64().ShouldBe(taken.GetProperty("version").GetInt64());
        var county = table.GetProperty("rows")[0];
        var (criminal, all) = (county.GetProperty("figures")[0], county.GetProperty("figures")[1]);
        (criminal.GetProperty("amount").GetProperty("value").GetDecimal(), criminal.GetProperty("yoy").GetProperty("percent").GetDecimal()).ShouldBe((673m, -32.7m));
        criminal.GetProperty("yoy").GetProperty("base").GetProperty("value").GetDecimal().ShouldBe(1000);
        criminal.GetProperty("amount").GetProperty("asOf").GetString().ShouldBe("2023-02-01");
        criminal.GetProperty("amount").GetProperty("sources")[0].GetString().ShouldBe("公安局");
        all.GetProperty("amount").GetProperty("value").GetDecimal().ShouldBe(673);
        criminal.GetProperty("mom").GetProperty("kind").GetString().ShouldBe("notReported");
        trend.GetProperty("points").GetArrayLength().ShouldBe(12);
    }

    [Fact]
    public async Task A_version_is_undone_with_a_reason_and_stays_to_be_asked_for()
    {
        var body = """{"source":"信访局","asOf":"2021-02-01","figures":[{"area":"990101001","measure":"petitionBatches","month":"2021-01","value":9}]}""";
        var version = (await program.Api.PostAsync(Path, body)).ShouldBe(HttpStatusCode.Created).Json.GetProperty("version").GetInt64();
        async Task<string> ValueAsync(string then = "") =>
            (await program.Api.GetAsync($"{Path}/figures?area=990101001&period=2021-01&series=petitionBatches{then}")).Json.GetProperty("rows")[0].GetProperty("figures")[0].GetProperty("amount").GetProperty("value").GetRawText();
        (await ValueAsync()).ShouldBe("9");

        (await program.Api.PostAsync($"{Path}/versions/{version}/undo", """{"reason":" "}""")).ShouldName("reason");
        var undone = (await program.Api.PostAsync($"{Path}/versions/{version}/undo", """{"reason":"报错表"}""")).ShouldBe(HttpStatusCode.OK).Json;

        undone.GetProperty("undoneReason").GetString().ShouldBe("报错表");
        (await ValueAsync()).ShouldBe("null");
        (await ValueAsync($"&version={version}")).ShouldBe("9");
        (await program.Api.PostAsync($"{Path}/versions/999999/undo", """{"reason":"x"}""")).ShouldBe(HttpStatusCode.NotFound);
        (await program.Api.GetAsync($"{Path}/versions?limit=1")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_suspicious_is_taken_only_when_that_is_meant()
    {
        var body = """{"source":"公安局","asOf":"2020-02-01","figures":[{"area":"990101001","tag":"fire","month":"2020-01","value":-3}]}""";

        var refused = (await program.Api.PostAsync(Path, body, language: "en")).ShouldBe(HttpStatusCode.UnprocessableEntity).Json;
        var checkedOnly = (await program.Api.PostAsync($"{Path}?dryRun=true", body)).ShouldBe(HttpStatusCode.OK).Json;
        var taken = (await program.Api.PostAsync($"{Path}?acceptSuspicious=true", body)).ShouldBe(HttpStatusCode.Created).Json;

        (refused.GetProperty("version").ValueKind, checkedOnly.GetProperty("version").ValueKind).ShouldBe((System.Text.Json.JsonValueKind.Null, System.Text.Json.JsonValueKind.Null));
        refused.GetProperty("suspicious").EnumerateArray().Select(one => one.GetProperty("message").GetString()).ShouldContain("Below zero: −3.");
        taken.GetProperty("new").GetInt32().ShouldBe(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_safety_index_follows_what_is_sent_and_explains_each_point()
    {
        var figures =
            from year in Enumerable.Range(2015, 4)
            from day in Enumerable.Range(1, 30)
            from category in new[] { "criminal", "publicOrder" }
            select $$"""{"area":"990101001","category":"{{category}}","day":"{{year}}-06-{{day:00}}","value":1}""";
        (await program.Api.PostAsync(Path, $$"""{"source":"公安局","asOf":"2018-07-01","figures":[{{string.Join(',', figures)}}]}""")).ShouldBe(HttpStatusCode.Created);

        System.Text.Json.JsonElement answer;
        do
        {
            answer = (await program.Api.GetAsync($"{Path}/safety?area=990101&on=2018-06-30")).ShouldBe(HttpStatusCode.OK).Json;
        }
        while (answer.GetProperty("towns").GetArrayLength() == 0 && !TestContext.Current.CancellationToken.IsCancellationRequested);

        var town = answer.GetProperty("towns")[0];
        (town.GetProperty("area").GetString(), town.GetProperty("score").GetDecimal(), town.GetProperty("level").GetString(), town.GetProperty("provisional").GetBoolean())
            .ShouldBe(("990101001", 80m, "yellow", false));
        var crime = town.GetProperty("parts")[0];
        (crime.GetProperty("part").GetString(), crime.GetProperty("n").GetDecimal(), crime.GetProperty("b").GetDecimal(), crime.GetProperty("share").GetDecimal()).ShouldBe(("crime", 60m, 60m, 1m));
        (await program.Api.GetAsync($"{Path}/safety?area=x&on=2018-06-31&at=1")).ShouldName("area", "on", "at");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("{}", "source", "asOf", "figures")]
    [InlineData("""{"source":"x","asOf":"2026-02-30","figures":[1],"who":1}""", "asOf", "figures[0]", "who")]
    [InlineData(
        """{"source":"x","asOf":"2026-02-01","figures":[{"area":"999999","measure":"ufo","day":"2026-01-01","month":"2026-01","value":"3"},{"area":"城关","category":"criminal","tag":"x","value":1.23456},{"area":"城关","measure":"lawsuits","category":"criminal","day":"1","value":1}]}""",
        "figures[0].measure", "figures[0].day", "figures[0].value", "figures[1].tag", "figures[1].day", "figures[1].value", "figures[2].category", "figures[2].day", "figures[0].area")]
    [InlineData("""{"source":"x","asOf":"2026-02-01","figures":[{"area":"城关","month":"2026-01","value":1},{"area":"城关","month":"2026-01","value":2}]}""", "figures")]
    public async Task A_sending_with_anything_wrong_is_refused_whole_and_all_of_it_is_named(string body, params string[] fields)
    {
        (await program.Api.PostAsync(Path, body)).ShouldName(fields);
        (await program.Api.PostAsync($"{Path}?culture=en", body)).ShouldName(fields);
    }

    [Theory]
    [InlineData("figures", "area", "period")]
    [InlineData("figures?area=990101001001&period=2026-13&series=a%20b&alignment=moon&version=x&sort=1", "area", "period", "series", "alignment", "version", "sort")]
    [InlineData("trend?area=990101&period=2000-01-01..2026-01-01&grain=day&series=calls", "period")]
    [InlineData("trend?area=990101&period=2026&grain=year&series=calls,calls/criminal", "grain", "series")]
    [InlineData("versions?limit=0&after=x", "limit", "after")]
    public async Task Whatever_is_wrong_with_a_question_is_named(string question, params string[] fields) =>
        (await program.Api.GetAsync($"{Path}/{question}")).ShouldName(fields);
}
