using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Hosting;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Text("ok")).ExcludeFromDescription().AllowAnonymous();
        endpoints.MapGet("/healthz/ready", ReadyAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(NodeHealth health, IStringLocalizer<HealthText> texts, HttpContext context)
    {
        var report = await health.CheckAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                ready = report.Ready,
                at = report.At,
                version = ProgramVersion.Current,
                store = new { ok = IsOk(report.Store), state = report.Store.State, says = report.Store.Says(texts), @do = report.Store.Asks(texts), problem = report.Store.Detail, position = report.Head },
                board = new
                {
                    ok = IsOk(report.Board),
                    state = report.Board.State,
                    says = report.Board.Says(texts),
                    @do = report.Board.Asks(texts),
                    problem = report.Board.Detail,
                    condition = report.Live.Condition,
                    position = report.BoardPosition,
                    lag = report.Lag,
                    ageSeconds = report.BoardAge is { } age ? Math.Round(Math.Max(0, age.TotalSeconds), 3) : (double?)null,
                    since = report.Live.Since,
                },
                disk = new
                {
                    ok = IsOk(report.Disk),
                    state = report.Disk.State,
                    says = report.Disk.Says(texts),
                    @do = report.Disk.Asks(texts),
                    where = report.Room?.Where,
                    usedBytes = report.Room?.UsedBytes,
                    freeBytes = report.Room?.FreeBytes,
                    totalBytes = report.Room?.TotalBytes,
                },
            },
            statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static bool IsOk(Finding finding) => finding.State != CheckState.Failed;
}
