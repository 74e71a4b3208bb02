using System.Globalization;
using CommandCenter.Data.Storage.Backup;

namespace CommandCenter.Web.Commands;

/// <summary>Prints what SQL Server is to be told, after what an administrator should know.</summary>
internal static class ServerAdvice
{
    public static void Say(VerbRun run, ServerBackupPlan plan)
    {
        // Comments, so that the whole output can be given to the server.
        foreach (var line in Facts(plan).Prepend(VerbText.Get("Server.Run", plan.Database)))
        {
            run.Line($"-- {line}");
        }

        foreach (var statement in plan.Statements)
        {
            run.Line(statement);
            run.Line("GO");
        }
    }

    private static IEnumerable<string> Facts(ServerBackupPlan plan)
    {
        yield return VerbText.Get("Server.Model", plan.RecoveryModel ?? "?");
        if (plan.RecoveryModel == "SIMPLE")
        {
            yield return VerbText.Get("Server.Simple");
        }

        yield return !plan.HistoryIsVisible ? VerbText.Get("Server.NoHistory")
            : plan.LastFull is { } full ? VerbText.Get("Server.LastFull", full.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
            : VerbText.Get("Server.NeverBackedUp");
        if (plan is { HistoryIsVisible: true, RecoveryModel: not (null or "SIMPLE") })
        {
            yield return plan.LastLog is { } log
                ? VerbText.Get("Server.LastLog", log.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
                : VerbText.Get("Server.NoLog");
        }

        if (plan.OtherSessions > 0)
        {
            yield return VerbText.Get("Server.Sessions", plan.OtherSessions);
        }
    }
}
