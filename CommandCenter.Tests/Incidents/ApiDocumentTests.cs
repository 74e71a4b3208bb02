using System.Net;
using System.Text.Json;

namespace CommandCenter.Tests.Incidents;

[Collection(nameof(RunningProgram))]
public class ApiDocumentTests(RunningProgram program)
{
    [Theory]
    [InlineData("/api/v1/incidents")]
    [InlineData("/api/v1/areas")]
    [InlineData("/healthz/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task HEAD_is_answered_as_GET_is_without_a_body(string path)
    {
        using var http = TestAccess.Client(program.Address);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_field_and_parameter_is_described()
    {
        var document = (await program.Api.GetAsync("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK).Json;
        var undescribed = new List<string>();
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            // ProblemDetails is described by RFC 9457.
            if (schema.Name.EndsWith("ProblemDetails", StringComparison.Ordinal) || !schema.Value.TryGetProperty("properties", out var properties))
            {
                continue;
            }

            undescribed.AddRange(properties.EnumerateObject().Where(p => !IsDescribed(p.Value)).Select(p => $"{schema.Name}.{p.Name}"));
        }

        foreach (var (path, operation) in Operations(document))
        {
            undescribed.AddRange(operation.TryGetProperty("summary", out _) ? [] : [path]);
            undescribed.AddRange(operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(p => !IsDescribed(p)).Select(p => $"{path} {p.GetProperty("name").GetString()}")
                : []);
        }

        undescribed.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_that_programs_can_call_is_in_the_document()
    {
        var document = (await program.Api.GetAsync("/openapi/v1.json")).Json;

        string[] expected =
            ["post /api/v1/incidents", "get /api/v1/incidents", "post /api/v1/incidents/batch", "get /api/v1/incidents/{id}", "post /api/v1/incidents/{id}/status", "put /api/v1/areas", "get /api/v1/areas", "get /api/v1/areas/locate",
             "post /api/v1/areas/search", "get /api/v1/incidents/near",
             "put /api/v1/units", "get /api/v1/units", "get /api/v1/units/near"];
        expected.Except(Operations(document).Select(o => o.Path)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Parameters_are_named_as_fields_are()
    {
        var document = (await program.Api.GetAsync("/openapi/v1.json")).Json;

        var names = Operations(document)
            .SelectMany(o => o.Operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
            .Select(parameter => parameter.GetProperty("name").GetString()!)
            .ToList();
        names.ShouldContain("validFrom");
        names.Where(name => !char.IsLower(name[0])).ShouldBeEmpty();
    }

    private static IEnumerable<(string Path, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private static bool IsDescribed(JsonElement element) => element.TryGetProperty("description", out var text) && text.GetString()!.Length > 0;
}
