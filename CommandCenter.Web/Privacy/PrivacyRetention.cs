using CommandCenter.Data.Nodes;
using CommandCenter.Data.Privacy;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.Privacy;

/// <summary>Erases people from what was closed longer ago than its category is kept, once an hour, on one node.</summary>
internal sealed partial class PrivacyRetention(LeaseKeeper keeper, PersonErasure erasure, ILogger<PrivacyRetention> logger) : LeasedWork(keeper)
{
    public override string Name => "privacy-retention";

    public override TimeSpan Every => TimeSpan.FromHours(1);

    public override async Task RunAsync(CancellationToken leaseLost)
    {
        var held = Held;
        if (await erasure.EraseOldAsync(session => LeaseStore.Require(session, held), leaseLost) is var incidents and > 0)
        {
            LogErased(incidents);
        }
    }

    [LoggerMessage(LogLevel.Information, "People and free text were erased from {Incidents} incidents whose time was over")]
    private partial void LogErased(long incidents);
}

public static class PrivacySetup
{
    /// <summary>Retention of people, as section <c>Privacy</c> says.</summary>
    public static void AddPrivacy(this WebApplicationBuilder builder) => builder.Services.AddLeasedWork<PrivacyRetention>();
}
