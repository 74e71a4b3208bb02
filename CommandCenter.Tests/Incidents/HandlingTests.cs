using System.Globalization;
using System.Net;
using System.Text.Json;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Tests.Incidents;

/// <summary>Moves, history and listings, over HTTP.</summary>
[Collection(nameof(RunningProgram))]
public class HandlingTests(RunningProgram program)
{
    private readonly Api _api = program.Api;

    [Fact]
    public async Task An_incident_is_moved_step_by_step_and_shows_its_whole_history()
    {
        var id = await ReportAsync("handling");

        (await MoveAsync(id, """{"status":"accepted","note":"已受理","actor":"值班调度员"}""")).ShouldBe(HttpStatusCode.OK);
        (await MoveAsync(id, """{"status":"inProgress"}""")).ShouldBe(HttpStatusCode.OK);
        var closed = (await MoveAsync(id, """{"status":"closed","note":"好"}""")).ShouldBe(HttpStatusCode.OK).Json;

        closed.GetProperty("status").GetString().ShouldBe("closed");
        closed.GetProperty("history").EnumerateArray().Select(h => (h.GetProperty("from").GetString(), h.GetProperty("to").GetString(), h.GetProperty("actor").GetString()!.StartsWith("key:test", StringComparison.Ordinal) ? "key" : h.GetProperty("actor").GetString(), h.GetProperty("note").GetString()))
            .ShouldBe([(null, "reported", "handling", null), ("reported", "accepted", "值班调度员", "已受理"), ("accepted", "inProgress", "key", null), ("inProgress", "closed", "key", "好")]);
        foreach (var at in new[] { "acceptedAt", "startedAt", "closedAt" })
        {
            closed.GetProperty(at).GetDateTime().ShouldBeGreaterThanOrEqualTo(closed.GetProperty("receivedAt").GetDateTime());
        }

        (await _api.GetAsync($"/api/v1/incidents/{id}")).Json.GetRawText().ShouldBe(closed.GetRawText());
    }

    [Fact]
    public async Task A_move_that_there_is_not_is_answered_409_and_changes_nothing()
    {
        var id = await ReportAsync("handling");

        var answer = (await MoveAsync(id, """{"status":"closed"}""")).ShouldBe(HttpStatusCode.Conflict);

        answer.Type.ShouldBe("application/problem+json");
        answer.Json.GetProperty("detail").GetString()!.ShouldContain("accepted");
        (await _api.GetAsync($"/api/v1/incidents/{id}")).Json.GetProperty("history").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Moving_where_it_stands_already_records_nothing()
    {
        var id = await ReportAsync("handling");
        await MoveAsync(id, """{"status":"accepted"}""");

        (await MoveAsync(id, """{"status":"accepted","note":"再来一次"}""")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("history").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task An_incident_that_is_not_there_can_not_be_moved() => (await MoveAsync(999_999_999, """{"status":"accepted"}""")).ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("""{}""", "status")]
    [InlineData("""{"status":""}""", "status")]
    [InlineData("""{"status":"reported"}""", "status")]
    [InlineData("""{"status":"done"}""", "status")]
    [InlineData("""{"status":20}""", "status")]
    [InlineData("""{"status":"accepted","status":"closed"}""", "status")]
    [InlineData("""{"status":"accepted","remark":"x"}""", "remark")]
    [InlineData("""{"status":"accepted","note":"\ud800"}""", "note")]
    [InlineData("""{"status":"accepted","actor":"a\u0000"}""", "actor")]
    [InlineData("""[]""", "")]
    [InlineData("""{""", "")]
    [InlineData("", "")]
    public async Task A_move_that_can_not_be_read_is_named_by_field_and_moves_nothing(string body, string field)
    {
        var id = await ReportAsync("handling");

        (await MoveAsync(id, body)).ShouldName(field);

        (await _api.GetAsync($"/api/v1/incidents/{id}")).Json.GetProperty("status").GetString().ShouldBe("reported");
    }

    [Theory]
    [InlineData("note", 1000)]
    [InlineData("actor", 100)]
    public async Task Notes_and_actors_may_be_as_long_as_their_limit_and_no_longer(string field, int limit)
    {
        var id = await ReportAsync("handling");
        string Body(int length) => $$"""{"status":"accepted","{{field}}":"{{new string('长', length)}}"}""";

        (await MoveAsync(id, Body(limit + 1))).ShouldName(field);
        (await MoveAsync(id, Body(limit))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_listing_goes_from_page_to_page_and_ends()
    {
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await ReportAsync("paging", "1103", RunningProgram.East));
        }

        var listed = new List<long>();
        var next = "";
        do
        {
            var page = (await _api.GetAsync($"/api/v1/incidents?category=1103&area=990101001001002&limit=2{next}")).ShouldBe(HttpStatusCode.OK).Json;
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } after ? $"&after={after.GetInt64()}" : "";
        }
        while (next.Length > 0);

        listed.ShouldBe(ids.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task A_listing_is_narrowed_by_what_it_is_asked_for()
    {
        var reported = await ReportAsync("filters", "1002", RunningProgram.West);
        var accepted = await ReportAsync("filters", "1002", RunningProgram.East);
        await MoveAsync(accepted, """{"status":"accepted"}""");
        var at = (await _api.GetAsync($"/api/v1/incidents/{accepted}")).Json.GetProperty("receivedAt").GetString();
        async Task<List<long>> Ids(string query) =>
            [.. (await _api.GetAsync($"/api/v1/incidents?{query}")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];

        (await Ids("category=1002")).ShouldBe([accepted, reported]);
        (await Ids("category=10&area=990101")).ShouldBe([accepted, reported]);
        (await Ids("category=1002&area=990101001001001")).ShouldBe([reported]);
        (await Ids("category=1002&status=accepted")).ShouldBe([accepted]);
        (await Ids("category=1002&status=reported,accepted,closed")).ShouldBe([accepted, reported]);
        (await Ids($"category=1002&from={at}")).ShouldContain(accepted);
        (await Ids($"category=1002&to={at}")).ShouldNotContain(accepted);
        (await Ids("category=1002&from=2000-01-01&to=2000-01-02")).ShouldBeEmpty();
        var today = CountyTime.Day(DateTime.Parse(at!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
        (await Ids($"category=1002&from={today:yyyy-MM-dd}&to={today:yyyy-MM-dd}")).ShouldContain(accepted);
        (await Ids("category=1002&culture=en")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("status=open", "status")]
    [InlineData("category=77", "category")]
    [InlineData("area=99", "area")]
    [InlineData("area='; DROP", "area")]
    [InlineData("from=gestern", "from")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("after=-1", "after")]
    [InlineData("after=99999999999999999999", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("sort=title", "sort")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string parameter) => (await _api.GetAsync($"/api/v1/incidents?{query}")).ShouldName(parameter);

    private async Task<long> ReportAsync(string source, string category = "0401", string? grid = null)
    {
        var answer = await _api.ReportAsync(JsonSerializer.Serialize(new { source, category, title = "题", gridCode = grid }));
        return answer.ShouldBe(HttpStatusCode.Created).Id;
    }

    private Task<Answer> MoveAsync(long id, string body) => _api.PostAsync($"/api/v1/incidents/{id}/status", body);
}
