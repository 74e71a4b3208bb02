using System.Globalization;
using System.Net.Http.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Tests.PoliceStatistics;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>The page of statistics as a dispatcher uses it: figures with their bases, from the county into a town, out to Excel, by link.</summary>
[Collection(nameof(Chromium))]
public sealed class StatisticsPageTests(Chromium chromium, StatisticsCounty county) : IClassFixture<StatisticsCounty>
{
    private const string October = "/statistics?area=990101&period=2026-10";

    [Fact]
    public async Task Each_figure_stands_beside_its_base_and_leads_to_all_that_is_known_of_it_and_into_its_town()
    {
        await using var watched = await chromium.OpenAsync(county.App.Address, 1440, 900, role: Role.Leader);
        var page = watched.Page;
        await page.GotoAsync(October);
        var cell = page.Locator($"tr[data-area='{county.Towns[0]}'] td[data-series='calls/criminal']");
        (await cell.InnerTextAsync()).ShouldContain("▼ −32.7%");
        (await cell.InnerTextAsync()).ShouldContain("去年 1,000");
        await StatisticsImportTests.PictureAsync(page, "statistics-county");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

        // By keyboard: no pointer is needed to learn the base.
        await cell.Locator("a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**series=calls%2Fcriminal*");
        var panel = await page.Locator("#figure").InnerTextAsync();
        panel.ShouldContain("2025-10");
        panel.ShouldContain("1,000");
        panel.ShouldContain("公安局");
        panel.ShouldContain("2026-11-01");

        await page.Locator($"tr[data-area='{county.Towns[0]}'] th a").ClickAsync();
        await page.Locator(".figure-list").WaitForAsync();
        (await page.Locator(".figure-list").InnerTextAsync()).ShouldContain("673");
        await StatisticsImportTests.PictureAsync(page, "statistics-town");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_then_is_a_dash_nothing_both_times_is_level_and_what_is_missing_is_told()
    {
        await using var watched = await chromium.OpenAsync(county.App.Address, 1920, 1080, "en", Role.Leader);
        await watched.Page.GotoAsync(October + "&show=tags&culture=en");
        var row = watched.Page.Locator($"tr[data-area='{county.Towns[0]}']");

        (await row.Locator("td[data-series='calls//drugs']").InnerTextAsync()).ShouldContain("＝ level");
        (await row.Locator("td[data-series='calls//theft']").InnerTextAsync()).ShouldContain("y/y —");
        (await row.Locator("td[data-series='calls//gambling']").InnerTextAsync()).Trim().ShouldBe("—");
        (await watched.Page.Locator(".missing").First.InnerTextAsync()).ShouldContain("Not complete");
        await StatisticsImportTests.PictureAsync(watched.Page, "statistics-tags-en");
        (await AccessibilityTests.ViolationsAsync(watched.Page)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lasting_link_shows_the_figures_as_they_were_whatever_is_imported_and_undone_later()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        var town = (await StatisticsCounty.TownsAsync(app))[0];
        await StatisticsCounty.SendAsync(app, "2026-11-01", (town.Code, "criminal", "", "2026-10", 50));
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, role: Role.Dispatcher);
        var page = watched.Page;
        var cell = page.Locator($"tr[data-area='{town.Code}'] td[data-series='calls/criminal'] b");
        await page.GotoAsync(October);
        (await cell.InnerTextAsync()).ShouldBe("50");
        await page.Locator(".over a", new() { HasTextString = "固定链接" }).ClickAsync();
        await page.WaitForURLAsync("**version=*");
        var link = page.Url;

        // Somebody imports a correction as people do, with a workbook.
        await page.GotoAsync("/statistics/import");
        await page.SetInputFilesAsync("#import-form input[type=file]", new FilePayload { Name = "更正.xlsx", MimeType = "application/octet-stream", Buffer = NewWorkbook.Of([["月份", "镇街", "类别", "数量"], ["2026-10", town.Name, "刑事", 44.0]]) });
        await page.FillAsync("[name=source]", "公安局");
        await page.FillAsync("[name=asOf]", "2026-11-02");
        await page.ClickAsync("#import-form [type=submit]");
        await page.Locator("#import-state[data-kind='good']").WaitForAsync(WatchedPage.Patient);
        (await page.Locator("#import-tables").InnerTextAsync()).ShouldContain("44");
        await page.ClickAsync("#import-take");
        await page.WaitForURLAsync("**taken=*");
        await page.GotoAsync(October);
        (await cell.InnerTextAsync()).ShouldBe("44");
        await page.GotoAsync(link);
        (await cell.InnerTextAsync()).ShouldBe("50");

        await page.GotoAsync("/statistics/import");
        await page.Locator(".versions .act a").First.ClickAsync();
        await page.ClickAsync("#undo summary");
        await page.FillAsync("#undo [name=Reason]", "更正有误");
        await page.ClickAsync("#undo button");
        await page.Locator(".said.good").WaitForAsync();
        await page.GotoAsync(October);
        (await cell.InnerTextAsync()).ShouldBe("50");
    }

    [Fact]
    public async Task The_workbook_holds_the_numbers_of_the_page_as_numbers_with_what_they_are_based_on()
    {
        await using var watched = await chromium.OpenAsync(county.App.Address, 1440, 900, role: Role.Leader);
        var page = watched.Page;
        await page.GotoAsync(October);
        var shown = await page.Locator("tbody tr td b").AllInnerTextsAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".over a", new() { HasTextString = "导出" }).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        using var content = new MemoryStream();
        await file.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var workbook = SpreadsheetDocument.Open(content, isEditable: false);
        var sheets = workbook.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => ((WorksheetPart)workbook.WorkbookPart.GetPartById(sheet.Id!)).Worksheet).ToList();

        // Every number that the page shows stands in the column of its series, as a number.
        var cells = sheets[0].Descendants<Row>().Skip(3).SelectMany(row => row.Elements<Cell>().Where(cell => cell.DataType is null && Column(cell) % 5 == 1)).ToList();
        cells.Select(cell => FigureText.Number(decimal.Parse(cell.CellValue!.Text, NumberStyles.Float, CultureInfo.InvariantCulture))).ShouldBe(shown.Select(text => text.TrimEnd('◐', '不', '完', '整', '\n', ' ')).Where(text => text != "—"), ignoreOrder: true);
        sheets[0].Descendants<Cell>().Where(cell => cell.StyleIndex?.Value == 2).Select(cell => decimal.Parse(cell.CellValue!.Text, NumberStyles.Float, CultureInfo.InvariantCulture)).ShouldContain(-0.327m);
        var basis = sheets[1].InnerText;
        basis.ShouldContain("公安局");
        basis.ShouldContain("数据版本");
        sheets.SelectMany(sheet => sheet.Descendants<CellFormula>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_published_stays_and_a_later_correction_is_told_beside_it()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        var town = (await StatisticsCounty.TownsAsync(app))[0];
        await StatisticsCounty.SendAsync(app, "2026-11-01", (town.Code, "criminal", "", "2026-10", 50), (town.Code, "criminal", "", "2025-10", 100));
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, role: Role.Dispatcher);
        var page = watched.Page;
        await page.GotoAsync(October);
        await page.FillAsync("[name=PublicationTitle]", "十月通报");
        await page.ClickAsync(".publications form.keep button");
        await page.Locator(".said.good").WaitForAsync();
        await page.ClickAsync(".publications li a");
        (await page.Locator("#publication").InnerTextAsync()).ShouldContain("与现在的数字一致");

        await StatisticsCounty.SendAsync(app, "2026-11-05", (town.Code, "criminal", "", "2026-10", 44));
        await page.ReloadAsync();

        var row = page.Locator("#publication tr.chosen", new() { HasTextString = town.Name }).First;
        (await row.InnerTextAsync()).ShouldContain("−50%");
        (await row.Locator("td.number").AllInnerTextsAsync()).ShouldBe(["50", "100", "−50%", "44", "100"]);
        await StatisticsImportTests.PictureAsync(page, "statistics-published");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        await page.ClickAsync("#publication form button");
        await page.Locator(".said.good").WaitForAsync();
        (await page.Locator(".publications li").InnerTextAsync()).ShouldContain("已撤回");
        watched.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("kind=quarter&day=2026-11-20&to=", "2026-Q4")]
    [InlineData("kind=yearToDate&day=2026-11-20&to=", "ytd%3A2026-11-20")]
    [InlineData("kind=days&day=2026-10-01&to=2026-10-07", "2026-10-01..2026-10-07")]
    [InlineData("kind=week&day=2026-10-15&to=", "week%3A2026-10-12")]
    public async Task What_the_form_asks_for_is_an_address_that_stays(string picked, string period)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = county.App.Address };
        var cookies = await TestAccess.SignInAsync(county.App.Address, Role.Viewer);
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));

        using var answer = await http.GetAsync(new Uri($"/statistics?area=990101&{picked}", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldContain($"period={period}");
    }

    private static int Column(Cell cell) => cell.CellReference!.Value!.TakeWhile(char.IsAsciiLetter).Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1) - 1;
}

/// <summary>The demonstration county with figures of October in this and the year before.</summary>
public sealed class StatisticsCounty : IAsyncLifetime
{
    internal WallApp App { get; private set; } = null!;

    internal IReadOnlyList<string> Towns { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        App = WallApp.Start();
        await Bring.CountyAsync(App.Http);
        Towns = [.. (await TownsAsync(App)).Select(town => town.Code)];
        var figures = new List<(string, string, string, string, int)>
        {
            (Towns[0], "criminal", "", "2026-10", 673), (Towns[0], "criminal", "", "2025-10", 1000), (Towns[0], "", "drugs", "2026-10", 0), (Towns[0], "", "drugs", "2025-10", 0),
            (Towns[0], "", "theft", "2026-10", 4), (Towns[0], "", "theft", "2025-10", 0),
        };
        foreach (var (i, town) in Towns.Skip(1).Index())
        {
            foreach (var month in Enumerable.Range(0, 30).Select(back => new DateOnly(2026, 10, 1).AddMonths(-back)))
            {
                string[] categories = ["criminal", "publicOrder", "traffic", "dispute", "help", "other"];
                figures.AddRange(categories.Select((category, j) => (town, category, "", month.ToString("yyyy-MM", CultureInfo.InvariantCulture), 20 + (i * 7) + (j * 31) + (month.Month * (j + 2)) - (month.Year % 10))));
            }
        }

        await SendAsync(App, "2026-11-01", [.. figures]);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    internal static async Task<List<(string Code, string Name)>> TownsAsync(WallApp app)
    {
        using var areas = System.Text.Json.JsonDocument.Parse(await app.Http.GetStringAsync(new Uri("api/v1/areas?level=town", UriKind.Relative)));
        return [.. areas.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties")).Select(town => (town.GetProperty("code").GetString()!, town.GetProperty("name").GetString()!)).Order()];
    }

    internal static async Task SendAsync(WallApp app, string asOf, params (string Area, string Category, string Tag, string Month, int Value)[] figures)
    {
        var body = new { source = "公安局", asOf, figures = figures.Select(figure => new { area = figure.Area, category = figure.Category, tag = figure.Tag, month = figure.Month, value = figure.Value }) };
        var answer = await app.Http.PostAsJsonAsync("api/v1/statistics?acceptSuspicious=true", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
