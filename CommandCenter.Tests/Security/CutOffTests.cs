using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Security;

/// <summary>Whoever hears the live feed and is let in no more, or not so far, is cut off in the middle of it.</summary>
public sealed class CutOffTests(AttackedApp attacked) : IClassFixture<AttackedApp>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // less than what a client gives a line that is dead

    private Heard? _other;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _other = await HearAsync(HttpTransportType.LongPolling, (TestAccess.KeyHeader, (await KeyAsync(lifetime: null)).Secret));

    public ValueTask DisposeAsync() => _other?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_key_that_is_revoked_hears_no_more(HttpTransportType transport)
    {
        var (key, secret) = await KeyAsync(lifetime: null);
        await using var heard = await HearAsync(transport, (TestAccess.KeyHeader, secret));

        await attacked.Services.GetRequiredService<ApiKeyChanges>().RevokeAsync(key.Id, "test", address: null, Stop);

        await CutAsync(heard);
    }

    [Fact]
    public async Task A_key_that_expires_hears_no_more_though_nobody_did_anything()
    {
        var (key, secret) = await KeyAsync(lifetime: TimeSpan.FromSeconds(4));
        await using var heard = await HearAsync(HttpTransportType.WebSockets, (TestAccess.KeyHeader, secret));

        await heard.IsCutAsync();
        DateTime.UtcNow.ShouldBeGreaterThanOrEqualTo(key.ExpiresAt!.Value.AddSeconds(-1));
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_wall_whose_area_changes_hears_no_more_of_the_old_one(HttpTransportType transport)
    {
        var store = attacked.Services.GetRequiredService<Store>();
        var name = $"wall {Guid.NewGuid():N}";
        var (id, token) = await new WallStore(store).AddAsync(name, "990101001", PairedWall.Centre, "overview", "test", Stop);
        await using var heard = await HearAsync(transport, ("Cookie", $"{SubjectHandler.WallCookie}={token}"));

        await ChangeAsync(session => session.Execute("UPDATE wall SET area = '990101002' WHERE id = @id", ("@id", id)));

        await CutAsync(heard);
    }

    [Theory]
    [InlineData("UPDATE account SET area = '990101002' WHERE id = @id")]
    [InlineData("UPDATE account SET role = 7 WHERE id = @id")]
    [InlineData("UPDATE account SET disabled_at = '2026-01-01T00:00:00.000Z' WHERE id = @id")]
    [InlineData("UPDATE account_session SET ended_at = '2026-01-01T00:00:00.000Z' WHERE account_id = @id")]
    public async Task A_person_who_stands_differently_hears_no_more(string change)
    {
        var cookies = await TestAccess.SignInAsync(attacked.Address, Role.Viewer, "990101001");
        await using var heard = await HearAsync(HttpTransportType.WebSockets, ("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"))));

        await ChangeAsync(session => session.Execute(change, ("@id", session.Scalar("SELECT MAX(id) FROM account"))));

        await CutAsync(heard);
    }

    // Only that one: whoever stands as before goes on hearing.
    private async Task CutAsync(Heard heard)
    {
        await heard.IsCutAsync();
        await _other!.HearsAsync();
    }

    // As another node does it: in the store alone.
    private Task<int> ChangeAsync(Func<WriteSession, int> change) => attacked.Services.GetRequiredService<Store>().WriteAsync(
        session =>
        {
            change(session).ShouldBe(1);
            return session.Execute("UPDATE access_version SET version = version + 1");
        },
        Stop);

    private async Task<(ApiKey Key, string Secret)> KeyAsync(TimeSpan? lifetime) => (await attacked.Services.GetRequiredService<ApiKeyChanges>()
        .AddAsync(new ApiKeyTerms($"test {Guid.NewGuid():N}", KeyScopes.Live, null, null, null, lifetime), "test", address: null, Stop))!.Value;

    private async Task<Heard> HearAsync(HttpTransportType transport, (string Name, string Value) shown)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(attacked.Address, "/hubs/live"), options =>
        {
            options.Transports = transport;
            options.UseDefaultCredentials = false;
            options.Cookies = new System.Net.CookieContainer();
            if (shown.Name == "Cookie")
            {
                foreach (var pair in shown.Value.Split("; ").Select(pair => pair.Split('=', 2)))
                {
                    options.Cookies.Add(attacked.Address, new System.Net.Cookie(pair[0], pair[1], "/"));
                }
            }
            else
            {
                options.Headers.Add(shown.Name, shown.Value);
            }
        }).Build();
        await connection.StartAsync(Stop);
        var heard = new Heard(connection);
        await heard.BeginAsync();
        return heard;
    }

    /// <summary>A subscription that brought its first message.</summary>
    private sealed class Heard(HubConnection connection) : IAsyncDisposable
    {
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task _stream = Task.CompletedTask;

        public Task BeginAsync()
        {
            _stream = FollowAsync();
            return HearsAsync();
        }

        public async Task HearsAsync()
        {
            var next = _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (await Task.WhenAny(next.Task, _stream, Task.Delay(Patience, Stop))).ShouldBe(next.Task);
        }

        /// <summary>Nobody here ends it: that it ends is the server's doing.</summary>
        public async Task IsCutAsync() => (await Task.WhenAny(_stream, Task.Delay(Patience, Stop))).ShouldBe(_stream);

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private async Task FollowAsync()
        {
            await foreach (var message in connection.StreamAsync<System.Text.Json.JsonElement>("Subscribe", new { after = (long?)null, area = (string?)null }, Stop))
            {
                message.GetProperty("type").GetString().ShouldNotBeNull();
                _next.TrySetResult();
            }
        }
    }
}
