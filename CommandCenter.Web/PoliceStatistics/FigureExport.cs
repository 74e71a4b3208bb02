using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>GET /api/v1/statistics/export</c>: the figures of a period as a workbook, with a sheet that says what each is based on.</summary>
internal static class FigureExport
{
    private static readonly string[] ColumnsOfBasis =
    [
        "Area", "Series", "From", "Until", "Value", "AsOf", "Sources", "MissingTownsHeading", "MissingDaysHeading", "YoyFrom", "YoyUntil", "YoyBase", "BaseAsOf", "Yoy",
        "MomFrom", "MomUntil", "MomBase", "Mom", "Notes",
    ];

    public static void MapFigureExport(this IEndpointRouteBuilder statistics) =>
        statistics.MapGet("export", ExportAsync)
            .WithName("ExportFigures")
            .WithSummary("The figures of a period as an Excel workbook.")
            .WithDescription("Two sheets: the figures with their bases and changes, and for each its days, base, as-of, sources and what is missing. Numbers are numbers and percentages percentages.")
            .Produces<object>(contentType: WorkbookFile.ContentType)
            .ProducesValidationProblem()
            .Requires(Permission.SeeStatistics);

    private static async Task<IResult> ExportAsync(
        HttpContext context, FigureQueries figures, StatisticTermStore terms, TimeProvider time, IStringLocalizer<StatisticsText> text, [AsParameters] FigureParameters asked)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, FigureParameters.Names);
        var query = asked.Read(errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var table = await figures.TableAsync(context.Sight(Permission.SeeStatistics), query, context.RequestAborted);
        var names = new StatisticNames(await terms.ReadAsync(context.RequestAborted), await figures.TownsAsync(context.RequestAborted));
        var now = CountyTime.Local(time.GetUtcNow().UtcDateTime);
        var title = $"{names.Area(query.Area)} {StatisticsText.Of(table.Period)}";
        var workbook = WorkbookFile.Write(
            new Sheet(text["SheetFigures"], Figures(table, names, text, title), (3, 1)),
            new Sheet(text["SheetBasis"], Basis(table, names, text, title, now), (6, 2)));
        return TypedResults.File(workbook, WorkbookFile.ContentType, string.Create(CultureInfo.InvariantCulture, $"statistics-{query.Area}-{PeriodText.Of(table.Period).Replace(':', '-')}-v{table.Version}.xlsx"));
    }

    private static List<IReadOnlyList<object?>> Figures(StatisticTable table, StatisticNames names, IStringLocalizer<StatisticsText> text, string title)
    {
        string[] columns = [text["Value"], text["YoyBase"], text["Yoy"], text["MomBase"], text["Mom"]];
        return
        [
            [new Heading(title)],
            [null, .. table.Series.SelectMany(series => columns.Select((_, i) => i == 0 ? (object?)new Heading(names.Series(series)) : null))],
            [new Heading(text["Area"]), .. table.Series.SelectMany(_ => columns.Select(column => (object?)new Heading(column)))],
            .. table.Rows.Select(row => (IReadOnlyList<object?>)
            [
                names.Area(row.AreaCode),
                .. row.Figures.SelectMany(figure => new[]
                {
                    figure.Value, figure.Yoy.Base.Value, Change(figure.Yoy.Change, text), figure.Mom?.Base.Value, figure.Mom is { } mom ? Change(mom.Change, text) : FigureText.None,
                }),
            ]),
        ];
    }

    private static List<IReadOnlyList<object?>> Basis(StatisticTable table, StatisticNames names, IStringLocalizer<StatisticsText> text, string title, DateTime now) =>
    [
        [new Heading(title)],
        [text["Version"].Value, table.Version],
        [text["Alignment"].Value, text[$"Alignment_{table.Alignment}"].Value],
        [text["ExportedAt"].Value, now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)],
        [],
        [
            .. ColumnsOfBasis.Select(column => (object?)new Heading(text[column])),
        ],
        .. table.Rows.SelectMany(row => row.Figures).Select(figure => (IReadOnlyList<object?>)
        [
            names.Area(figure.AreaCode), names.Series(figure.Series), figure.Period.From, figure.Period.To, figure.Value, figure.Amount.AsOf, string.Join(text["Comma"], figure.Amount.Sources),
            string.Join(text["Comma"], figure.Amount.MissingTowns.Select(names.Area)), figure.Amount.MissingDays,
            figure.Yoy.Period.From, figure.Yoy.Period.To, figure.Yoy.Base.Value, figure.Yoy.Base.AsOf, Change(figure.Yoy.Change, text),
            figure.Mom?.Period.From, figure.Mom?.Period.To, figure.Mom?.Base.Value, figure.Mom is { } mom ? Change(mom.Change, text) : null,
            string.Join(text["Semicolon"], new[] { StatisticsText.Why(text, figure.Yoy.Change), figure.Yoy.BoundaryChanged ? text["BoundaryChanged"].Value : null }.OfType<string>()),
        ]),
    ];

    // To as many decimals as the page shows: −32.7 % is −0.327.
    private static object Change(Change change, IStringLocalizer<StatisticsText> text) => change.Kind switch
    {
        ChangeKind.Ratio => new Share(change.Percent!.Value / 100),
        ChangeKind.Level => text["Level"].Value,
        _ => FigureText.None,
    };
}
