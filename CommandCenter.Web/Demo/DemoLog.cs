namespace CommandCenter.Web.Demo;

internal static partial class DemoLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The demonstration county was taken in: {Areas} areas.")]
    public static partial void AreasTaken(ILogger logger, int areas);

    [LoggerMessage(Level = LogLevel.Information, Message = "The demonstration's history is complete: {Incidents} reports, {Steps} steps, in {Elapsed}.")]
    public static partial void HistoryWritten(ILogger logger, int incidents, int steps, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Information, Message = "The demonstration's statistics are complete up to {Day}: {Imports} imports.")]
    public static partial void StatisticsSent(ILogger logger, int imports, DateOnly day);

    [LoggerMessage(Level = LogLevel.Information, Message = "The demonstration's register of disputes is complete: {Disputes}, in {Elapsed}.")]
    public static partial void DisputesRegistered(ILogger logger, int disputes, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store holds data of its own; the demonstration adds nothing to it.")]
    public static partial void StoreHasOtherData(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report of the demonstration was refused: {Fields}.")]
    public static partial void ReportRefused(ILogger logger, string fields);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demonstration waits {Wait}: the store is away.")]
    public static partial void StoreAway(ILogger logger, TimeSpan wait, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The demonstration stumbled, and goes on in {Wait}.")]
    public static partial void Stumbled(ILogger logger, TimeSpan wait, Exception exception);
}
