using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Browser;
using CommandCenter.Web.Admin;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Hosting;

/// <summary>The page that shows a person what load balancers and collectors are told, in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class HealthPageTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", "一切正常", "数据库")]
    [InlineData("en", "All is well", "Database")]
    public async Task A_person_sees_store_board_disk_and_traffic_live_under_the_strict_policy(string culture, string verdict, string store)
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address, 1366, 768, culture, role: Role.Administrator);
        await watched.Page.GotoAsync("/admin/health");
        await watched.CircuitBeatsAsync();

        var text = await watched.TextAsync();
        text.ShouldContain(store);
        text.ShouldContain(verdict);

        await Bring.ReportAsync(app.Http, "题");
        await watched.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.figures dd')].filter(d => d.textContent.trim().startsWith('1')).length >= 3");

        // The component library's script works under the policy too, and its style sheet is there without ruling ours.
        (await watched.Page.EvaluateAsync<bool>("typeof window.Radzen === 'object'")).ShouldBeTrue();
        (await watched.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(7, 17, 31)");
        (await watched.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.rz-progressbar')).position")).ShouldBe("relative");

        // A laptop shows what has to be seen at once without scrolling; a larger screen the hour as well.
        (await watched.Page.Locator(".hour").IsVisibleAsync()).ShouldBeFalse();
        await watched.Page.SetViewportSizeAsync(1920, 1080);
        await watched.Page.Locator(".hour rect").First.WaitForAsync(WatchedPage.Patient);
        (await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight")).ShouldBeTrue();
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_refuses_is_told_with_what_to_do_and_forgotten_when_it_is_well()
    {
        await using var app = WallApp.Start();
        await using var watched = await chromium.OpenAsync(app.Address, 1366, 768, "en", role: Role.Administrator);
        await watched.Page.GotoAsync("/admin/health");
        await watched.CircuitBeatsAsync();
        var file = new SqliteConnectionStringBuilder(app.Services.GetRequiredService<StorageOptions>().ConnectionString).DataSource;
        await using var other = new SqliteConnection($"Data Source={file}");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await watched.Page.Locator(".verdict.failed", new() { HasTextString = "This node is not ready" }).WaitForAsync(WatchedPage.Patient);
        await watched.Page.GetByText("Find the program that holds the database").WaitForAsync(WatchedPage.Patient);

        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await watched.Page.Locator(".verdict.ok").WaitForAsync(WatchedPage.Patient);
    }

    [Theory]
    [InlineData("zh-CN", "无心跳", "催办与督办", "可以工作，需要注意")]
    [InlineData("en", "silent for", "Reminders", "Working, needs a look")]
    public async Task All_nodes_are_listed_with_the_work_that_each_does_and_one_that_died_is_told(string culture, string silent, string work, string verdict)
    {
        await using var app = WallApp.Start();
        var nodes = app.Services.GetRequiredService<NodeStore>();
        await nodes.SeenAsync(new NodeIdentity("east", "east/1/a", "1.0.0"), "http://10.0.0.11:5080", 0, TestContext.Current.CancellationToken);
        await using var watched = await chromium.OpenAsync(app.Address, 1366, 768, culture, role: Role.Administrator);
        await watched.Page.GotoAsync("/admin/health");
        await watched.Page.Locator(".cluster dd", new() { HasTextString = app.Services.GetRequiredService<NodeIdentity>().Name }).First.WaitForAsync(WatchedPage.Patient);
        (await watched.Page.Locator(".cluster").InnerTextAsync()).ShouldContain(work);
        await watched.Page.Locator(".cluster tbody tr").Nth(1).WaitForAsync(WatchedPage.Patient);
        (await watched.Page.Locator(".cluster tbody tr").CountAsync()).ShouldBe(2);

        await watched.Page.Locator(".cluster tr.silent", new() { HasTextString = "http://10.0.0.11:5080" }).WaitForAsync(WatchedPage.Patient);
        var text = await watched.TextAsync();
        text.ShouldContain(silent);
        text.ShouldContain(verdict);
        watched.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_node_that_was_started_anew_is_listed_once_and_a_work_names_who_does_it()
    {
        var at = new DateTime(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);
        NodeState Node(string id, string name, int started, int silence) =>
            new(id, name, $"http://{name}", "1", at.AddMinutes(started), at, 7, TimeSpan.FromSeconds(silence));

        var roster = NodeRosterReading.Of(
            [Node("a/1/x", "a", 0, 600), Node("a/2/y", "a", 5, 1), Node("b/1/x", "b", 0, 600), Node("c/1/x", "c", 0, 14)],
            [new LeaseState("reminders", "a/2/y", at, at, IsHeld: true), new LeaseState("demo", "z/9/q", at, at, IsHeld: true), new LeaseState("event-archive", "b/1/x", at, at, IsHeld: false)]);

        roster.Nodes.Select(node => node.Id).ShouldBe(["a/2/y", "c/1/x", "b/1/x"]);
        roster.Work.Select(roster.HolderOf).ShouldBe(["a", "z", null]);
    }

    [Fact]
    public void A_node_is_not_behind_for_what_came_in_after_it_was_heard_of()
    {
        var at = new DateTime(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);
        NodeState Node(long position, int silence) => new("a/1/x", "a", "http://a", "1", at, at, position, TimeSpan.FromSeconds(silence));
        var roster = NodeRosterReading.Of([], []) with { Heads = [(TimeSpan.FromSeconds(6), 100), (TimeSpan.FromSeconds(4), 110), (TimeSpan.FromSeconds(0), 150)] };

        roster.Unread(Node(position: 110, silence: 3)).ShouldBe(0);
        roster.Unread(Node(position: 70, silence: 3)).ShouldBe(40);
        roster.Unread(Node(position: 70, silence: 5)).ShouldBe(30);
        roster.Unread(Node(position: 150, silence: 5)).ShouldBe(0);
        roster.Unread(Node(position: 110, silence: 9)).ShouldBeNull();
    }

    [Fact]
    public void An_hour_holds_its_sixty_minutes_and_forgets_those_before()
    {
        var at = new DateTime(2026, 11, 22, 3, 0, 30, DateTimeKind.Utc);
        var hour = new NodeHour();
        hour.Add(at, takenIn: 500, commits: 50, TimeSpan.FromSeconds(5), boardAge: null);
        hour.Add(at.AddSeconds(10), 503, 52, TimeSpan.FromSeconds(5.4), TimeSpan.FromSeconds(3));
        hour.Add(at.AddSeconds(20), 504, 52, TimeSpan.FromSeconds(5.4), TimeSpan.FromSeconds(1));
        hour.Add(at.AddMinutes(2), 510, 52, TimeSpan.FromSeconds(5.4), TimeSpan.FromSeconds(1));

        var minutes = hour.ToList(at.AddMinutes(2));
        minutes.Count.ShouldBe(60);
        minutes[^3].ShouldBe(new NodeMinute(4, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(3)));
        minutes[^2].ShouldBeNull();
        minutes[^1].ShouldBe(new NodeMinute(6, null, TimeSpan.FromSeconds(1)));
        hour.ToList(at.AddMinutes(59))[0].ShouldBe(minutes[^3]);
        hour.ToList(at.AddMinutes(60)).OfType<NodeMinute>().ShouldBe([minutes[^1]!]);
    }

    [Fact]
    public void Every_finding_has_its_texts_in_both_languages()
    {
        var texts = new System.Resources.ResourceManager("CommandCenter.Web.Hosting.HealthText", typeof(CommandCenter.Web.Hosting.HealthText).Assembly);
        string[] codes = [.. Enum.GetNames<StoreFault>().Select(fault => $"Store{fault}"), "StoreSlow", "StoreFault", "BoardStarting", "BoardStoreAway", "BoardBehind", "DiskLow", "DiskFull"];
        foreach (var culture in new[] { "zh-CN", "en" })
        {
            var all = texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: true)!;
            codes.Concat(codes.Select(code => $"{code}Do")).Where(key => all.GetString(key) is not { Length: > 0 }).ShouldBeEmpty(culture);
        }
    }
}
