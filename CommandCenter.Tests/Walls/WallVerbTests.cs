using CommandCenter.Data.Walls;
using CommandCenter.Tests.Commands;

namespace CommandCenter.Tests.Walls;

/// <summary>Walls and keys from the command line, against a running server.</summary>
public sealed class WallVerbTests
{
    [Fact]
    public async Task An_address_alone_on_the_last_line_pairs_once_and_the_wall_is_listed_and_revoked()
    {
        await using var server = await ServerProcess.StartAsync();
        var made = (await VerbProcess.RunAsync(server.Folder, "wall", "add", "--name", "大厅", "--area", "990101", "--profile", "visitor", "--expires", "30", "--address", $"{server.Address}"))
            .ShouldEndWith(0);
        var address = made.Output.TrimEnd('\n').Split('\n')[^1];
        address.ShouldStartWith($"{server.Address}wall/pair?token=ccp_");
        (await VerbProcess.RunAsync(server.Folder, "wall", "add", "--name", "大厅", "--area", "990101")).ShouldEndWith(1).Error.ShouldContain("大厅");

        (await JoinAsync(server.Address, address)).ShouldBe("/wall");
        (await JoinAsync(server.Address, address)).ShouldBe("/wall/pair?refused=true");

        (await VerbProcess.RunAsync(server.Folder, "wall", "list")).ShouldEndWith(0).Output.ShouldContain("大厅\tgood\t990101\tvisitor");
        (await VerbProcess.RunAsync(server.Folder, "wall", "revoke", "--name", "大厅")).ShouldEndWith(0);
        (await VerbProcess.RunAsync(server.Folder, "wall", "revoke", "--name", "大厅")).ShouldEndWith(1);
        (await VerbProcess.RunAsync(server.Folder, "wall", "list")).ShouldEndWith(0).Output.ShouldContain("大厅\trevoked");
    }

    [Theory]
    [InlineData("wall", "add", "--name", "a", "--area", "99010")]
    [InlineData("wall", "add", "--name", " ", "--area", "990101")]
    [InlineData("wall", "add", "--name", "a", "--area", "990101", "--profile", "vip")]
    [InlineData("wall", "add", "--name", "a", "--area", "990101", "--expires", "0")]
    [InlineData("wall", "add", "--name", "a", "--area", "990101", "--address", "ftp://a")]
    [InlineData("wall", "add", "--name", "a")]
    [InlineData("apikey", "revoke", "--name", "a")]
    public async Task What_makes_no_sense_is_refused(params string[] words)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(0);

        (await world.RunAsync(words)).ShouldEndWith(1).Error.ShouldNotBeEmpty();
        (await world.CountAsync("SELECT COUNT(*) FROM wall")).ShouldBe(0);
    }

    [Theory]
    [InlineData("wall", "add", "一次性地址", "one-time address")]
    [InlineData("wall", "revoke", "撤销", "Revoke")]
    [InlineData("apikey", "list", "接口密钥", "API keys")]
    public async Task Help_speaks_both_languages(string group, string verb, string chinese, string english)
    {
        await using var world = new VerbWorld();

        (await world.RunAsync(group, verb, "--help", "--lang", "zh-CN")).ShouldEndWith(0).Output.ShouldContain(chinese);
        (await world.RunAsync(group, verb, "--help", "--lang", "en")).ShouldEndWith(0).Output.ShouldContain(english);
    }

    [Fact]
    public async Task An_address_is_over_after_a_day()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(0);
        await world.RunAsync("wall", "add", "--name", "a", "--area", "990101");
        var made = await world.RunAsync("wall", "add", "--name", "b", "--area", "990101", "--address", "http://10.0.0.9");
        var token = made.Output.TrimEnd('\n').Split("token=")[^1];
        await world.TamperAsync("UPDATE wall SET pairing_until = '2026-01-01T00:00:00.000Z' WHERE name = 'b'");

        using var store = world.OpenStore();
        var audit = new Data.Audit.AuditLog(store, new Data.Audit.NoAuditKey(), TimeProvider.System);
        (await new WallPairings(store, audit, TimeProvider.System).JoinAsync(token, "127.0.0.1", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static async Task<string?> JoinAsync(Uri server, string address)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = server };
        var form = await browser.GetStringAsync(new Uri(address));
        var fields = System.Text.RegularExpressions.Regex.Matches(form, "name=\"(?<name>__RequestVerificationToken|token)\" value=\"(?<value>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(new Uri("/wall/join", UriKind.Relative), content);
        return answer.Headers.Location?.OriginalString;
    }
}
