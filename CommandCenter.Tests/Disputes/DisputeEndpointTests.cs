using System.Net;
using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.Disputes;

/// <summary>The register as a program sees it.</summary>
[Collection(nameof(RunningProgram))]
public sealed class DisputeEndpointTests(RunningProgram program)
{
    private static string Body(string externalId, string more = "") =>
        $$"""{"source":"judicial","externalId":"{{externalId}}","category":"02","title":"楼上漏水","origin":"application"{{more}}}""";

    private async Task<long> RegisterAsync(string more = "") =>
        (await program.Api.PostAsync("/api/v1/disputes", Body(Guid.NewGuid().ToString("N"), more))).ShouldBe(HttpStatusCode.Created).Id;

    private Task<Answer> ChangeAsync(long id, string what, string body) => program.Api.PostAsync($"/api/v1/disputes/{id}/{what}", body);

    [Fact]
    public async Task A_dispute_is_registered_once_and_read_back_with_people_masked()
    {
        var id = Guid.NewGuid().ToString("N");
        const string Parties = ""","risk":"orange","riskReason":"曾动手","parties":[{"role":"applicant","name":"李小明","phone":"13812345678"},{"role":"respondent","name":"王大力"}]""";
        var first = (await program.Api.PostAsync("/api/v1/disputes", Body(id, Parties))).ShouldBe(HttpStatusCode.Created);
        var again = (await program.Api.PostAsync("/api/v1/disputes", Body(id))).ShouldBe(HttpStatusCode.OK);

        first.Headers.Location!.OriginalString.ShouldBe($"/api/v1/disputes/{first.Id}");
        again.Id.ShouldBe(first.Id);
        var read = (await program.Api.GetAsync($"/api/v1/disputes/{first.Id}")).ShouldBe(HttpStatusCode.OK).Json;
        (read.GetProperty("risk").GetString(), read.GetProperty("stage").GetString(), read.GetProperty("next")[0].GetString()).ShouldBe(("orange", "registered", "accepted"));
        read.GetProperty("parties")[0].GetProperty("name").GetString().ShouldBe("李**");
        read.GetRawText().ShouldNotContain("13812345678");
        (await program.Api.GetAsync($"/api/v1/disputes/{first.Id}/history")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items")[0].GetProperty("what").GetString().ShouldBe("registered");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once_in_the_readers_language()
    {
        const string Bad =
            """
            {"source":"a b","category":"77","title":"","scale":"huge","risk":"red","occurredOn":"2126-01-01","area":"990109999","people":-1,"colour":"x",
             "parties":[{"idNumber":"123"},{}]}
            """;
        var answer = (await program.Api.PostAsync("/api/v1/disputes", Bad, language: "en")).ShouldName(
            "source", "category", "title", "scale", "riskReason", "occurredOn", "area", "people", "colour", "parties[0].idNumber", "parties[1]");

        answer.Message("scale").ShouldBe("huge is none of individual, group, majorGroup.");
        (await program.Api.PostAsync("/api/v1/disputes", Bad)).Message("scale").ShouldBe("huge 不是以下之一：individual, group, majorGroup。");
    }

    private async Task SaveBodyAsync(string code)
    {
        using var administrator = await TestAccess.SignedInAsync(program.Address, Role.Administrator);
        using var body = new StringContent("""{"name":"调委会","kind":"people"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await administrator.PutAsync(new Uri($"/api/v1/mediation/bodies/{code}", UriKind.Relative), body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    public async Task A_body_that_is_no_object_is_named(string body) => (await program.Api.PostAsync("/api/v1/disputes", body)).ShouldName("");

    [Fact]
    public async Task A_move_is_told_what_it_lacks_and_where_there_is_none_what_there_is()
    {
        await SaveBodyAsync("tw-http");
        var id = await RegisterAsync();

        var conflict = (await ChangeAsync(id, "stage", """{"stage":"mediating"}""")).ShouldBe(HttpStatusCode.Conflict);
        conflict.Json.GetProperty("detail").GetString()!.ShouldContain("from there it goes to accepted");
        (await ChangeAsync(id, "stage", """{"stage":"somewhere"}""")).ShouldName("stage");
        (await ChangeAsync(id, "stage", """{"stage":"accepted"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("dueOn").GetString().ShouldNotBeNull();
        (await ChangeAsync(id, "stage", """{"stage":"accepted"}""")).ShouldBe(HttpStatusCode.OK);
        (await ChangeAsync(id, "stage", """{"stage":"assigned"}""")).ShouldName("body");
        (await ChangeAsync(id, "stage", """{"stage":"assigned","body":"nobody"}""")).ShouldName("body");
        (await ChangeAsync(id, "stage", """{"stage":"assigned","body":"tw-http"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("bodyName").GetString().ShouldBe("调委会");
        (await ChangeAsync(id, "stage", """{"stage":"mediating"}""")).ShouldBe(HttpStatusCode.OK);
        (await ChangeAsync(id, "stage", """{"stage":"failed"}""")).ShouldName("note");
        (await ChangeAsync(id, "stage", """{"stage":"agreed"}""")).ShouldName("agreement");
        var agreed = (await ChangeAsync(id, "stage", """{"stage":"agreed","agreement":"written","resolution":"修好","actor":"调解员陈"}""")).ShouldBe(HttpStatusCode.OK).Json;
        (agreed.GetProperty("outcome").GetString(), agreed.GetProperty("resolution").GetString()).ShouldBe(("agreed", "修好"));
        agreed.GetProperty("history").EnumerateArray().Last().GetProperty("actor").GetString().ShouldBe("调解员陈");
        (await ChangeAsync(987654321, "stage", """{"stage":"accepted"}""")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Risk_extension_crime_hands_departments_and_links_are_changed_over_http()
    {
        await SaveBodyAsync("tw-http");
        await SaveBodyAsync("tw-other");
        var (id, other) = (await RegisterAsync(), await RegisterAsync());
        (await ChangeAsync(id, "extension", """{"reason":"农忙"}""")).ShouldBe(HttpStatusCode.Conflict);
        (await ChangeAsync(id, "body", """{"body":"tw-other"}""")).ShouldBe(HttpStatusCode.Conflict);
        await ChangeAsync(id, "stage", """{"stage":"accepted"}""");
        await ChangeAsync(id, "stage", """{"stage":"assigned","body":"tw-http"}""");

        (await ChangeAsync(id, "extension", "{}")).ShouldName("reason");
        (await ChangeAsync(id, "extension", """{"reason":"农忙"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("extended").GetBoolean().ShouldBeTrue();
        (await ChangeAsync(id, "risk", """{"risk":"red"}""")).ShouldName("reason");
        (await ChangeAsync(id, "risk", """{"risk":"red","reason":"扬言"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("risk").GetString().ShouldBe("red");
        (await ChangeAsync(id, "criminal", """{"reason":"殴打"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("criminalAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        (await ChangeAsync(id, "body", """{"body":"tw-other"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("body").GetString().ShouldBe("tw-other");
        (await ChangeAsync(id, "joint", """{"departments":[987]}""")).ShouldName("departments");
        (await ChangeAsync(id, "links", $$"""{"dispute":{{id}},"kind":"related"}""")).ShouldName("dispute");
        (await ChangeAsync(id, "links", $$"""{"dispute":{{other}},"kind":"duplicate"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("links")[0].GetProperty("id").GetInt64().ShouldBe(other);
    }

    [Fact]
    public async Task A_batch_answers_a_line_a_dispute_and_keeps_the_good_ones()
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = await program.Api.PostAsync("/api/v1/disputes/batch", $"{Body(id)}\n{{\"source\":\"x\"}}\nnonsense\n{Body(id)}", "application/x-ndjson");

        answer.ShouldBe(HttpStatusCode.OK).Lines.Select(line => line.GetProperty("result").GetString()).ShouldBe(["created", "rejected", "rejected", "duplicate"]);
        (await program.Api.PostAsync("/api/v1/disputes", Body("x", $",\"summary\":\"{new string('x', 300 * 1024)}\""))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await program.Api.PostAsync("/api/v1/disputes", Body("x"), "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task An_incident_becomes_a_dispute_and_its_history_shows_it()
    {
        var incident = (await program.Api.ReportAsync("""{"source":"110","category":"0103","title":"欠薪"}""")).ShouldBe(HttpStatusCode.Created).Id;
        var fire = (await program.Api.ReportAsync("""{"source":"110","category":"0401","title":"通道"}""")).Id;

        var made = (await program.Api.PostAsync("/api/v1/disputes/from-incident", $$"""{"incident":{{incident}}}""")).ShouldBe(HttpStatusCode.Created);
        (await program.Api.PostAsync("/api/v1/disputes/from-incident", $$"""{"incident":{{incident}}}""")).ShouldBe(HttpStatusCode.OK).Id.ShouldBe(made.Id);
        (await program.Api.PostAsync("/api/v1/disputes/from-incident", $$"""{"incident":{{fire}}}""")).ShouldBe(HttpStatusCode.Conflict);
        (await program.Api.PostAsync("/api/v1/disputes/from-incident", """{"incident":987654321}""")).ShouldBe(HttpStatusCode.NotFound);
        (await program.Api.PostAsync("/api/v1/disputes/from-incident", """{"risk":"red"}""")).ShouldName("incident", "riskReason");

        var entry = (await program.Api.GetAsync($"/api/v1/incidents/{incident}")).Json.GetProperty("history").EnumerateArray().Last();
        (entry.GetProperty("dispute").GetInt64(), entry.GetProperty("to").GetString()).ShouldBe((made.Id, "reported"));
        var dispute = (await program.Api.GetAsync($"/api/v1/disputes/{made.Id}")).Json;
        (dispute.GetProperty("incident").GetInt64(), dispute.GetProperty("category").GetString(), dispute.GetProperty("origin").GetString()).ShouldBe((incident, "10", "police"));
    }

    [Fact]
    public async Task Lists_backlog_and_rates_answer_what_they_are_asked_and_refuse_what_they_do_not_know()
    {
        var id = await RegisterAsync(""","risk":"red","riskReason":"因","registeredAt":"2026-01-05" """);

        (await program.Api.GetAsync("/api/v1/disputes?risk=red&open=true&to=2026-01-05&limit=500")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetInt64()).ShouldContain(id);
        (await program.Api.GetAsync("/api/v1/disputes?risk=pink&open=maybe&dueBy=soon&colour=1&area=12")).ShouldName("risk", "open", "dueBy", "colour", "area");
        (await program.Api.GetAsync("/api/v1/disputes/987654321")).ShouldBe(HttpStatusCode.NotFound);
        var backlog = (await program.Api.GetAsync("/api/v1/disputes/backlog?days=7")).ShouldBe(HttpStatusCode.OK).Json;
        var open = backlog.GetProperty("open").GetInt32();
        foreach (var split in new[] { "byStage", "byAge", "byRisk", "byTown", "byBody" })
        {
            backlog.GetProperty(split).EnumerateArray().Sum(part => part.GetProperty("open").GetInt32()).ShouldBe(open, split);
        }

        (backlog.GetProperty("flow").GetArrayLength(), backlog.GetProperty("due").GetArrayLength()).ShouldBe((7, 7));
        (await program.Api.GetAsync("/api/v1/disputes/backlog?days=0")).ShouldName("days");
        (await program.Api.GetAsync("/api/v1/disputes/rates?from=2026-02-01&to=2026-01-01")).ShouldName("from");
        (await program.Api.GetAsync("/api/v1/disputes/rates")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("accepted").GetInt32().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_key_of_an_area_and_source_registers_reads_and_moves_nothing_outside()
    {
        var outside = await RegisterAsync(""","area":"990101" """);
        using var api = new Api(program.Address, await TestAccess.KeyAsync(program.Address, KeyScopes.Intake | KeyScopes.Read, area: "990101001", source: "judicial"));

        (await api.PostAsync("/api/v1/disputes", Body("k", ""","area":"990101" """))).ShouldName("area");
        (await api.PostAsync("/api/v1/disputes", """{"source":"110","category":"02","title":"x","area":"990101"}""")).ShouldName("source", "area");
        var inside = (await api.PostAsync("/api/v1/disputes", Body(Guid.NewGuid().ToString("N"), ""","lon":105.1,"lat":30.1"""))).ShouldBe(HttpStatusCode.Created);
        inside.Json.GetProperty("area").GetString().ShouldBe(RunningProgram.West);
        (await api.GetAsync($"/api/v1/disputes/{outside}")).ShouldBe(HttpStatusCode.NotFound);
        (await api.PostAsync($"/api/v1/disputes/{outside}/stage", """{"stage":"accepted"}""")).ShouldBe(HttpStatusCode.NotFound);
        (await api.GetAsync("/api/v1/disputes")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("area").GetString())
            .ShouldAllBe(area => area == RunningProgram.West);
    }
}
