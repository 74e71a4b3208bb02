using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Live;

namespace CommandCenter.Web.Hosting;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Text("ok")).ExcludeFromDescription();
        endpoints.MapGet("/healthz/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Store store, EventLog log, LiveBoardHost board, HttpContext context)
    {
        long? head = null;
        string? storeProblem = null;
        try
        {
            head = await log.HeadAsync(context.RequestAborted);

            // A store that answers questions and takes nothing is not ready: an empty transaction under the write lock tells.
            await store.WriteAsync(session => session.NextPosition, context.RequestAborted);
        }
        catch (StoreUnavailableException e)
        {
            storeProblem = e.Message;
        }

        var state = board.State;
        var ready = storeProblem is null && state.Condition == LiveCondition.Live;
        return Results.Json(
            new
            {
                ready,
                store = new { ok = storeProblem is null, position = head, problem = storeProblem },
                board = new
                {
                    condition = state.Condition.ToString(),
                    position = board.Current.Position,
                    lag = head - board.Current.Position,
                    since = state.Since,
                    reason = state.Reason,
                },
            },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
