using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Tests.Incidents;

/// <summary>Speaks to the program as another program does.</summary>
/// <param name="key">Its key; one for everything that programs may do when not given.</param>
internal sealed class Api(Uri address, string? key = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { { TestAccess.KeyHeader, key ?? TestAccess.KeyOf(address) } } };

    public Task<Answer> GetAsync(string path, string? language = null) => SendAsync(HttpMethod.Get, path, content: null, language);

    public Task<Answer> PostAsync(string path, string body, string? type = "application/json", string? language = null) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), type, language);

    public Task<Answer> PostAsync(string path, byte[] body, string? type = "application/json", string? language = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        // A body that is refused by its length would be cut off while it is sent, and the answer with it.
        return SendAsync(HttpMethod.Post, path, content, language, asksFirst: body.Length > 32 * 1024);
    }

    public Task<Answer> ReportAsync(string body, string? language = null) => PostAsync("/api/v1/incidents", body, language: language);

    public Task<Answer> BatchAsync(string body, string type = "application/x-ndjson") => PostAsync("/api/v1/incidents/batch", body, type);

    /// <param name="asksFirst">Sends the body after the program has said that it wants it.</param>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string? language = null, bool asksFirst = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.ExpectContinue = asksFirst;
        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Answer(HttpStatusCode Status, string? Type, HttpResponseHeaders Headers, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public IReadOnlyList<JsonElement> Lines => [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public long Id => Json.GetProperty("id").GetInt64();

    public Answer ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem with messages for just these fields.</summary>
    public Answer ShouldName(params string[] fields)
    {
        ShouldBe(HttpStatusCode.BadRequest).Type.ShouldBe("application/problem+json");
        Json.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal).ShouldBe(fields.Order(StringComparer.Ordinal), Text);
        return this;
    }

    public string Message(string field) => Json.GetProperty("errors").GetProperty(field).EnumerateArray().ShouldHaveSingleItem().GetString()!;
}
