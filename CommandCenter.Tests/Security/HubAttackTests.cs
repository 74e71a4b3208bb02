using System.Net;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Security;

/// <summary>The hub without rights, with too few, and with methods that nobody offered.</summary>
public sealed class HubAttackTests(AttackedApp attacked) : IClassFixture<AttackedApp>
{
    [Fact]
    public async Task Without_the_right_nobody_connects()
    {
        (await RefusedAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await RefusedAsync("cck_wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        (await RefusedAsync(await KeyAsync(KeyScopes.Intake))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Publish")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Dispose")]
    [InlineData("GetHashCode")]
    public async Task Only_what_is_offered_can_be_called(string method)
    {
        await using var connection = await ConnectAsync(await KeyAsync(KeyScopes.Live));

        (await Should.ThrowAsync<HubException>(connection.InvokeAsync<object>(method, CancellationToken.None))).Message.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("{\"after\":\"x\"}")]
    [InlineData("{\"after\":-1,\"area\":\"../etc\"}")]
    [InlineData("[]")]
    public async Task What_makes_no_sense_is_refused_without_telling_how_the_program_is_made(string request)
    {
        await using var connection = await ConnectAsync(await KeyAsync(KeyScopes.Live));

        var failure = await Should.ThrowAsync<Exception>(async () =>
        {
            await foreach (var message in connection.StreamAsync<object>("Subscribe", System.Text.Json.JsonDocument.Parse(request).RootElement, TestContext.Current.CancellationToken))
            {
                message.ShouldBeNull();
            }
        });
        failure.Message.ShouldNotContain("   at ");
        failure.Message.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("990101002", false)] // another town
    [InlineData("990101", false)] // the county around it
    [InlineData("990101001", true)]
    [InlineData("990101001001", true)] // a village in it
    [InlineData(null, true)] // as far as it sees
    public async Task A_key_of_an_area_hears_of_no_other(string? asked, bool isHeard)
    {
        await using var connection = await ConnectAsync(await KeyAsync(KeyScopes.Live, "990101001"));

        var first = FirstAsync(connection, asked);

        if (isHeard)
        {
            (await first).GetProperty("type").GetString().ShouldBe("snapshot");
        }
        else
        {
            (await Should.ThrowAsync<HubException>(first)).Message.ShouldContain("must lie in 990101001");
        }
    }

    private static async Task<System.Text.Json.JsonElement> FirstAsync(HubConnection connection, string? area)
    {
        await foreach (var message in connection.StreamAsync<System.Text.Json.JsonElement>("Subscribe", new { after = (long?)null, area }, TestContext.Current.CancellationToken))
        {
            return message;
        }

        throw new InvalidOperationException("The stream ended without a message.");
    }

    private async Task<HttpStatusCode?> RefusedAsync(string? key) =>
        (await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            await using var connection = await ConnectAsync(key);
        })).StatusCode;

    private async Task<HubConnection> ConnectAsync(string? key)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(attacked.Address, "/hubs/live"), options =>
        {
            if (key is not null)
            {
                options.Headers.Add(TestAccess.KeyHeader, key);
            }
        }).Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private Task<string> KeyAsync(KeyScopes scopes, string? area = null) => TestAccess.KeyAsync(new ApiKeyStore(attacked.Services.GetRequiredService<Store>()), scopes, area);
}
