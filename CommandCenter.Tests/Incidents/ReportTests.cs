using System.Net;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Tests.Incidents;

/// <summary>One report at a time, over HTTP.</summary>
[Collection(nameof(RunningProgram))]
public class ReportTests(RunningProgram program)
{
    private const string Minimal = """{"source":"grid-worker","category":"0401","title":"占用消防通道"}""";

    private readonly Api _api = program.Api;

    [Fact]
    public async Task A_report_is_answered_201_with_its_number_grid_and_place_to_find_it()
    {
        var before = DateTime.UtcNow.AddSeconds(-2);

        var answer = (await _api.ReportAsync("""{"source":"grid-worker","category":"0401","title":"占用消防通道","lon":105.1,"lat":30.1}""")).ShouldBe(HttpStatusCode.Created);

        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/incidents/{answer.Id}");
        answer.Json.GetProperty("number").GetString()!.ShouldMatch(@"^\d{8}-\d{5,}$");
        answer.Json.GetProperty("gridCode").GetString().ShouldBe(RunningProgram.West);
        answer.Json.GetProperty("gridName").GetString().ShouldBe("西网格");
        answer.Json.GetProperty("status").GetString().ShouldBe("reported");
        answer.Json.GetProperty("receivedAt").GetDateTime().ShouldBeInRange(before, DateTime.UtcNow.AddSeconds(2));
        (await _api.GetAsync(answer.Headers.Location.ToString())).ShouldBe(HttpStatusCode.OK).Json.GetProperty("title").GetString().ShouldBe("占用消防通道");
    }

    [Fact]
    public async Task The_same_source_and_external_id_again_is_answered_200_with_the_first()
    {
        var id = Guid.NewGuid();
        string Body(string source, string title) => $$"""{"source":"{{source}}","externalId":"{{id}}","category":"04","title":"{{title}}"}""";
        var first = (await _api.ReportAsync(Body("110", "一"))).ShouldBe(HttpStatusCode.Created);

        var again = (await _api.ReportAsync(Body("110", "二"))).ShouldBe(HttpStatusCode.OK);

        again.Text.ShouldBe(first.Text);
        (await _api.ReportAsync(Body("12345", "三"))).ShouldBe(HttpStatusCode.Created).Id.ShouldNotBe(first.Id);
        (await _api.GetAsync($"/api/v1/incidents/{first.Id}")).Json.GetProperty("title").GetString().ShouldBe("一");
    }

    [Theory]
    [InlineData("""{"lon":105.3,"lat":30.1}""", RunningProgram.East, false)]
    [InlineData("""{"lon":105.2,"lat":30.1}""", RunningProgram.West, false)]
    [InlineData("""{"lon":116.4,"lat":39.9}""", null, true)]
    [InlineData("""{"lon":105.1,"lat":30.1,"gridCode":"990101001001002"}""", RunningProgram.East, false)]
    [InlineData("""{"gridCode":"990101001001001"}""", RunningProgram.West, false)]
    [InlineData("""{"address":"没有坐标"}""", null, false)]
    [InlineData("""{"lon":null,"lat":null,"gridCode":null,"reporter":null}""", null, false)]
    public async Task The_grid_is_the_one_named_or_the_one_that_holds_the_point(string place, string? grid, bool outside)
    {
        var answer = (await _api.ReportAsync(With(place))).ShouldBe(HttpStatusCode.Created);

        answer.Json.GetProperty("gridCode").GetString().ShouldBe(grid);
        answer.Json.GetProperty("outsideGrids").GetBoolean().ShouldBe(outside);
    }

    [Fact]
    public async Task A_point_in_another_coordinate_system_is_stored_as_WGS84_with_the_name_of_its_own()
    {
        var answer = (await _api.ReportAsync(With("""{"lon":105.1,"lat":30.1,"crs":"gcj02"}"""))).ShouldBe(HttpStatusCode.Created);

        var detail = (await _api.GetAsync($"/api/v1/incidents/{answer.Id}")).Json;
        detail.GetProperty("crs").GetString().ShouldBe("gcj02");
        detail.GetProperty("lon").GetDouble().ShouldBeInRange(105.09, 105.0999);
    }

    [Theory]
    [InlineData("""{"source":""}""", "source", "必须填写", "Must be given")]
    [InlineData("""{"source":"网格员"}""", "source", "只能用字母", "letters, digits")]
    [InlineData("""{"title":"  "}""", "title", "必须填写", "Must be given")]
    [InlineData("""{"title":"\u200b\u2060\u00a0"}""", "title", "必须填写", "Must be given")]
    [InlineData("""{"title":7}""", "title", "必须是字符串", "Must be a string")]
    [InlineData("""{"title":["a"]}""", "title", "必须是字符串", "Must be a string")]
    [InlineData("""{"category":"9901"}""", "category", "9901", "9901")]
    [InlineData("""{"category":null}""", "category", "必须填写", "Must be given")]
    [InlineData("""{"urgency":"soon"}""", "urgency", "soon", "soon")]
    [InlineData("""{"externalId":" x"}""", "externalId", "空白", "white space")]
    [InlineData("""{"lon":105.1}""", "lat", "都填", "both")]
    [InlineData("""{"lon":"105","lat":30}""", "lon", "必须是数字", "Must be a number")]
    [InlineData("""{"lon":1e999,"lat":30}""", "lon", "必须是数字", "Must be a number")]
    [InlineData("""{"lon":30.1,"lat":105.1}""", "lat", "颠倒", "swapped")]
    [InlineData("""{"lon":400000,"lat":3300000}""", "lon", "400000", "400000")]
    [InlineData("""{"lon":105.1,"lat":30.1,"crs":"epsg:3857"}""", "crs", "epsg:3857", "epsg:3857")]
    [InlineData("""{"crs":"gcj02"}""", "crs", "坐标", "point")]
    [InlineData("""{"gridCode":"990101001001999"}""", "gridCode", "990101001001999", "990101001001999")]
    [InlineData("""{"gridCode":"990101001"}""", "gridCode", "990101001", "990101001")]
    [InlineData("""{"occurredAt":"yesterday"}""", "occurredAt", "ISO 8601", "ISO 8601")]
    [InlineData("""{"occurredAt":"2999-01-01T00:00:00Z"}""", "occurredAt", "不能晚于", "future")]
    [InlineData("""{"occurredAt":"1999-12-31"}""", "occurredAt", "2000", "2000")]
    [InlineData("""{"occurredAt":"0001-01-01"}""", "occurredAt", "ISO 8601", "ISO 8601")]
    [InlineData("""{"reporter":"张三"}""", "reporter", "JSON 对象", "JSON object")]
    [InlineData("""{"reporter":{"phone":"一三八"}}""", "reporter.phone", "数字", "digits")]
    [InlineData("""{"reporter":{"phone":"138","idCard":"1"}}""", "reporter.idCard", "没有这个字段", "no such field")]
    [InlineData("""{"titel":"x"}""", "titel", "没有这个字段", "no such field")]
    [InlineData("""{"Title":"x"}""", "Title", "没有这个字段", "no such field")]
    [InlineData("""{"title":"a\u0000b"}""", "title", "无法保存", "can't be stored")]
    [InlineData("""{"description":"\ud83d"}""", "description", "无法保存", "can't be stored")]
    [InlineData("""{"address":"\udc00x"}""", "address", "无法保存", "can't be stored")]
    [InlineData("""{"reporter":{"name":"\u0007"}}""", "reporter.name", "无法保存", "can't be stored")]
    public async Task What_is_wrong_is_named_by_field_in_both_languages(string change, string field, string chinese, string english)
    {
        var zh = await _api.ReportAsync(With(change));
        var en = await _api.ReportAsync(With(change), language: "en");

        zh.Json.GetProperty("errors").GetProperty(field).EnumerateArray().ShouldContain(m => m.GetString()!.Contains(chinese));
        en.Json.GetProperty("errors").GetProperty(field).EnumerateArray().ShouldContain(m => m.GetString()!.Contains(english));
        zh.ShouldName(field);
        zh.Json.GetProperty("status").GetInt32().ShouldBe(400);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = await _api.ReportAsync("""{"source":"a b","category":"x","title":"","lon":200,"lat":1,"who":1,"reporter":{"phone":"p","x":{"y":[1]}}}""");

        answer.ShouldName("source", "category", "title", "lon", "who", "reporter.phone", "reporter.x");
    }

    [Theory]
    [InlineData("title", """{"source":"s","category":"04","title":"a","title":"b"}""")]
    [InlineData("reporter", """{"source":"s","category":"04","title":"a","reporter":{},"reporter":{}}""")]
    [InlineData("reporter.name", """{"source":"s","category":"04","title":"a","reporter":{"name":"a","name":"b"}}""")]
    public async Task A_field_given_twice_is_refused(string field, string body) => (await _api.ReportAsync(body)).ShouldName(field).Message(field).ShouldBe("字段出现了两次。");

    [Theory]
    [InlineData("source", 32)]
    [InlineData("externalId", 128)]
    [InlineData("title", 200)]
    [InlineData("description", 4000)]
    [InlineData("address", 300)]
    [InlineData("reporter.name", 64)]
    [InlineData("reporter.phone", 32)]
    public async Task Texts_may_be_as_long_as_their_limit_and_no_longer(string field, int limit)
    {
        string Body(int length)
        {
            var text = new string(field switch { "source" => 's', "reporter.phone" => '1', "externalId" => 'i', _ => '长' }, length);
            return With(field.StartsWith("reporter.", StringComparison.Ordinal)
                ? $$$"""{"reporter":{"{{{field["reporter.".Length..]}}}":"{{{text}}}"}}"""
                : $$"""{"{{field}}":"{{text}}"}""");
        }

        (await _api.ReportAsync(Body(limit))).Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        (await _api.ReportAsync(Body(limit + 1))).ShouldName(field).Message(field).ShouldBe($"最多 {limit} 个字符，现有 {limit + 1} 个。");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"title\":\"x\",}")]
    [InlineData("{'title':'x'}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public async Task What_is_no_JSON_object_is_refused_as_a_whole(string body) =>
        (await _api.ReportAsync(body)).ShouldBe(HttpStatusCode.BadRequest).Json.GetProperty("errors").TryGetProperty("", out _).ShouldBeTrue();

    [Fact]
    public async Task A_byte_order_mark_is_passed_over() =>
        (await _api.PostAsync("/api/v1/incidents", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Minimal)])).ShouldBe(HttpStatusCode.Created);

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused_by_field()
    {
        byte[] body = [.. "{\"source\":\"s\",\"category\":\"04\",\"title\":\""u8, 0xC4, 0xE3, .. "\"}"u8];

        (await _api.PostAsync("/api/v1/incidents", body)).ShouldName("title");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_answered_415(string type)
    {
        var answer = (await _api.PostAsync("/api/v1/incidents", Minimal, type)).ShouldBe(HttpStatusCode.UnsupportedMediaType);

        answer.Type.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json")]
    public async Task JSON_is_taken_with_and_without_a_charset(string type) =>
        (await _api.PostAsync("/api/v1/incidents", Minimal, type)).ShouldBe(HttpStatusCode.Created);

    [Fact]
    public async Task A_body_larger_than_a_report_can_be_is_answered_413()
    {
        var answer = (await _api.ReportAsync(With($$"""{"description":"{{new string('x', 70_000)}}"}"""))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        answer.Type.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Hostile_text_is_kept_and_given_back_as_it_is()
    {
        const string text = "<script>alert(1)</script> '; DROP TABLE incident; -- \" \\ </title> {{7*7}} \u202E🚒";
        var body = JsonSerializer.Serialize(new { source = "s", category = "04", title = text, description = text, address = text, reporter = new { name = "<b>\u0027; DROP" } });

        var id = (await _api.ReportAsync(body)).ShouldBe(HttpStatusCode.Created).Id;

        var detail = await _api.GetAsync($"/api/v1/incidents/{id}");
        detail.Text.ShouldNotContain("<script>");
        foreach (var field in new[] { "title", "description" })
        {
            detail.Json.GetProperty(field).GetString().ShouldBe(text);
        }

        detail.Json.GetProperty("address").GetString().ShouldBe("**", "Whoever reads here may not see where people live.");
    }

    [Fact]
    public async Task Who_reported_it_is_masked()
    {
        var id = (await _api.ReportAsync(With("""{"reporter":{"name":"张三丰","phone":"13812348000"}}"""))).Id;

        var answer = await _api.GetAsync($"/api/v1/incidents/{id}");

        answer.Json.GetProperty("reporter").GetProperty("name").GetString().ShouldBe("张**");
        answer.Json.GetProperty("reporter").GetProperty("phone").GetString().ShouldBe("138****8000");
        answer.Text.ShouldNotContain("三丰");
        answer.Text.ShouldNotContain("1234");
    }

    [Theory]
    [InlineData("GET", "/api/v1/incidents/999999999", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/incidents/abc", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/incidents/1", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_told_as_a_problem(string method, string path, HttpStatusCode status) =>
        (await _api.SendAsync(new HttpMethod(method), path, content: null)).ShouldBe(status).Type.ShouldBe("application/problem+json");

    /// <summary>A good report with some fields changed or added.</summary>
    private static string With(string change)
    {
        var fields = JsonDocument.Parse(Minimal).RootElement.EnumerateObject().Concat(JsonDocument.Parse(change).RootElement.EnumerateObject())
            .GroupBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{JsonSerializer.Serialize(f.Key)}:{f.Last().Value.GetRawText()}");
        return $"{{{string.Join(',', fields)}}}";
    }
}
