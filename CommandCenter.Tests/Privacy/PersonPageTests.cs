using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Accounts;
using CommandCenter.Tests.Browser;

namespace CommandCenter.Tests.Privacy;

/// <summary>What an administrator does at a person's request, on the page and without scripts.</summary>
public sealed class PersonPageTests : IAsyncLifetime
{
    private const string Path = "/admin/person", Name = "欧阳婉如", Phone = "13857123456";

    private readonly WallApp _app = WallApp.Start();

    public async ValueTask InitializeAsync()
    {
        await Bring.CountyAsync(_app.Http);
        for (var i = 0; i < 2; i++)
        {
            using var taken = await _app.Http.PostAsJsonAsync("api/v1/incidents", new { source = "12345", category = "0401", title = $"{Name}说楼道堵塞", gridCode = "990101001001001", reporter = new { name = Name, phone = Phone } });
            var id = (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
            foreach (var status in i == 0 ? new[] { "accepted", "inProgress", "closed" } : ["accepted"])
            {
                (await _app.Http.PostAsJsonAsync($"api/v1/incidents/{id}/status", new { status })).StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_person_is_found_masked_taken_along_whole_and_erased_from_what_is_closed()
    {
        using var admin = await SignedInAsync(Role.Administrator);

        var found = (await admin.SendAsync(Path, "find", null, ("name", Name), ("phone", ""), ("idNumber", ""))).Body;
        found.ShouldContain("Reports of this person: 2");
        found.ShouldContain("欧** 138****3456");
        (found.Split("Closed: can be erased").Length - 1).ShouldBe(1);

        using var file = await SendFoundAsync(admin, found, "action=\"/admin/person/export\"", "/admin/person/export");
        file.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=\"person-");
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var exported = await file.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        exported.GetProperty("incidents").GetArrayLength().ShouldBe(2);
        exported.GetRawText().ShouldContain(Phone);

        using var erased = await SendFoundAsync(admin, found, "value=\"erase\"", Path);
        (await erased.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("erased from 1 closed incidents; 1 are being handled");
        (await admin.SendAsync(Path, "find", null, ("name", Name), ("phone", ""), ("idNumber", ""))).Body.ShouldContain("Reports of this person: 1");
        using var auditor = await SignedInAsync(Role.Auditor);
        foreach (var (action, times) in new[] { ("person.searched", 2), ("person.exported", 1), ("person.erased", 1) })
        {
            JsonDocument.Parse(await auditor.Http.GetStringAsync(new Uri($"/api/v1/audit?action={action}", UriKind.Relative), TestContext.Current.CancellationToken))
                .RootElement.GetProperty("items").GetArrayLength().ShouldBe(times, action);
        }
    }

    [Fact]
    public async Task Nobody_is_looked_for_without_a_field_and_by_nobody_else()
    {
        using var admin = await SignedInAsync(Role.Administrator);
        (await admin.SendAsync(Path, "find", null, ("name", " "), ("phone", ""), ("idNumber", ""))).Body.ShouldContain("at least one of name");
        (await admin.SendAsync(Path, "find", null, ("name", "无此人"), ("phone", ""), ("idNumber", ""))).Body.ShouldContain("No report of this person");
        using var dispatcher = await SignedInAsync(Role.Dispatcher);
        (await dispatcher.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> SendFoundAsync(Person person, string page, string form, string to)
    {
        var begin = page.LastIndexOf("<form", page.IndexOf(form, StringComparison.Ordinal), StringComparison.Ordinal);
        using var fields = PageForm.Of($"<main>{page[begin..]}", name: null).Filled();
        return await person.Http.PostAsync(new Uri(to, UriKind.Relative), fields, TestContext.Current.CancellationToken);
    }

    private async Task<Person> SignedInAsync(Role role)
    {
        var person = new Person(_app.Address);
        foreach (var cookie in await TestAccess.SignInAsync(_app.Address, role))
        {
            person.Cookies.Add(_app.Address, cookie);
        }

        return person;
    }
}
