using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Tests.Incidents;

/// <summary>Many reports in one request, over HTTP.</summary>
[Collection(nameof(RunningProgram))]
public class BatchTests(RunningProgram program)
{
    private readonly Api _api = program.Api;

    [Fact]
    public async Task Good_lines_are_kept_and_bad_ones_named_in_order()
    {
        var id = Guid.NewGuid();
        var answer = (await _api.BatchAsync(string.Join('\n',
            Report("一", $"{id}"), "{broken", Report("三", $"{id}"), """{"source":"s","category":"04","title":"四","x":1}""", Report("五")))).ShouldBe(HttpStatusCode.OK);

        answer.Type.ShouldBe("application/x-ndjson");
        Results(answer).ShouldBe([(1, "created"), (2, "rejected"), (3, "duplicate"), (4, "rejected"), (5, "created")]);
        answer.Lines[2].GetProperty("id").GetInt64().ShouldBe(answer.Lines[0].GetProperty("id").GetInt64());
        answer.Lines[2].GetProperty("number").GetString().ShouldBe(answer.Lines[0].GetProperty("number").GetString());
        answer.Lines[3].GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("x");
        answer.Lines[3].TryGetProperty("id", out _).ShouldBeFalse();
        (await _api.GetAsync($"/api/v1/incidents/{answer.Lines[4].GetProperty("id").GetInt64()}")).Json.GetProperty("title").GetString().ShouldBe("五");
    }

    [Fact]
    public async Task A_JSON_array_is_the_same_with_the_places_of_its_elements()
    {
        var answer = await _api.BatchAsync($"\r\n [\n{Report("一")}\n,\n 17 , {Report("三 ] , } \\\" [")},null\n]\n", "application/json");

        Results(answer.ShouldBe(HttpStatusCode.OK)).ShouldBe([(1, "created"), (2, "rejected"), (3, "created"), (4, "rejected")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n  \n")]
    [InlineData("[]")]
    [InlineData(" [ \n ] ")]
    public async Task A_batch_of_nothing_has_no_results(string body) => (await _api.BatchAsync(body)).ShouldBe(HttpStatusCode.OK).Text.ShouldBeEmpty();

    [Fact]
    public async Task Blank_lines_carriage_returns_and_a_byte_order_mark_are_passed_over_and_counted()
    {
        var answer = await _api.BatchAsync($"\uFEFF\r\n{Report("二")}\r\n\r\n   \r\n{Report("五")}\r\n\r\n");

        Results(answer.ShouldBe(HttpStatusCode.OK)).ShouldBe([(2, "created"), (5, "created")]);
    }

    [Fact]
    public async Task An_array_that_is_never_closed_keeps_what_was_whole_and_says_that_it_broke_off()
    {
        var answer = await _api.BatchAsync($"[{Report("一")},{Report("二")},{{\"source\":\"s\",", "application/json");

        Results(answer.ShouldBe(HttpStatusCode.OK)).Take(3).ShouldBe([(1, "created"), (2, "created"), (3, "rejected")]);
        answer.Lines[^1].GetProperty("errors").GetProperty("").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("从这里起无法读取，之后的内容没有受理；前面受理的都已保存。");
    }

    [Fact]
    public async Task What_follows_a_closed_array_is_named()
    {
        var answer = await _api.BatchAsync($"[{Report("一")}] {Report("二")}", "application/json");

        Results(answer.ShouldBe(HttpStatusCode.OK)).ShouldBe([(1, "created"), (2, "rejected")]);
    }

    [Fact]
    public async Task A_line_longer_than_a_report_can_be_is_named_and_the_next_is_read()
    {
        var answer = await _api.BatchAsync($"{Report("一")}\n{{\"title\":\"{new string('长', 300_000)}\"}}\n{Report("三")}");

        Results(answer.ShouldBe(HttpStatusCode.OK)).ShouldBe([(1, "created"), (2, "rejected"), (3, "created")]);
        answer.Lines[1].GetProperty("errors").GetProperty("")[0].GetString().ShouldBe("一条最多 65536 字节，这一条没有受理。");
    }

    [Fact]
    public async Task Of_10001_reports_the_last_is_not_taken()
    {
        var answer = await _api.BatchAsync(string.Join('\n', Enumerable.Range(1, 10_001).Select(i => Report($"第{i}条"))));

        var results = Results(answer.ShouldBe(HttpStatusCode.OK));
        results.ShouldBe(Enumerable.Range(1, 10_001).Select(i => (i, i <= 10_000 ? "created" : "rejected")));
        answer.Lines[^1].GetProperty("errors").GetProperty("")[0].GetString()!.ShouldContain("10000");
        var ids = answer.Lines.Take(10_000).Select(l => l.GetProperty("id").GetInt64()).ToList();
        ids.ShouldBe(ids.Order());
    }

    [Fact]
    public async Task Far_too_many_lines_are_not_answered_one_by_one()
    {
        var answer = await _api.BatchAsync(string.Concat(Enumerable.Repeat("{}\n", 1_000_000)));

        answer.ShouldBe(HttpStatusCode.OK).Lines.Count.ShouldBeInRange(20_000, 200_000);
    }

    [Fact]
    public async Task Characters_cut_in_two_by_the_network_are_put_together()
    {
        var body = Encoding.UTF8.GetBytes($"{Report("消防🚒通道")}\n{Report("二")}\n");
        using var content = new StreamContent(new Trickle(body, 5));
        content.Headers.ContentType = new("application/x-ndjson");

        var answer = (await _api.SendAsync(HttpMethod.Post, "/api/v1/incidents/batch", content)).ShouldBe(HttpStatusCode.OK);

        Results(answer).ShouldBe([(1, "created"), (2, "created")]);
        (await _api.GetAsync($"/api/v1/incidents/{answer.Lines[0].GetProperty("id").GetInt64()}")).Json.GetProperty("title").GetString().ShouldBe("消防🚒通道");
    }

    [Fact]
    public async Task A_sender_that_does_not_read_before_it_has_sent_everything_is_answered()
    {
        // More in each direction than the buffers of both ends take.
        var wrong = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"wrong{i}\":1"));
        var body = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat($$$"""{{{{wrong}}},"title":"{{{new string('x', 2_000)}}}"}""", 10_000)));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096, SendTimeout = 30_000, ReceiveTimeout = 30_000 };
        await socket.ConnectAsync(program.Address.Host, program.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(socket);
        var head = $"POST /api/v1/incidents/batch HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {TestAccess.KeyOf(program.Address)}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await stream.WriteAsync(body, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var answer = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain("{\"line\":10000,");
    }

    [Fact]
    public async Task A_batch_of_another_media_type_is_answered_415() =>
        (await _api.BatchAsync(Report("一"), "text/csv")).ShouldBe(HttpStatusCode.UnsupportedMediaType).Type.ShouldBe("application/problem+json");

    [Fact]
    public async Task A_batch_larger_than_allowed_is_answered_413()
    {
        using var content = new StreamContent(new MemoryStream(new byte[64 * 1024 * 1024 + 1]));
        content.Headers.ContentType = new("application/x-ndjson");

        (await _api.SendAsync(HttpMethod.Post, "/api/v1/incidents/batch", content, asksFirst: true)).ShouldBe(HttpStatusCode.RequestEntityTooLarge).Type.ShouldBe("application/problem+json");
    }

    private static string Report(string title, string? externalId = null) =>
        JsonSerializer.Serialize(externalId is null ? new { source = "batch", category = "0401", title } : (object)new { source = "batch", category = "0401", title, externalId });

    private static List<(int, string)> Results(Answer answer) =>
        [.. answer.Lines.Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("result").GetString()!))];

    /// <summary>Gives a few bytes a read.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var piece = new byte[most];
            for (int read; (read = await ReadAsync(piece, cancellationToken)) > 0;)
            {
                await destination.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                await destination.FlushAsync(cancellationToken);
            }
        }
    }
}
