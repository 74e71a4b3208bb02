using CommandCenter.Data.Events;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Nodes;

/// <summary>Archives old events, once an hour, on one node.</summary>
internal sealed class EventArchiving(LeaseKeeper keeper, EventArchiver archiver) : LeasedWork(keeper)
{
    public override string Name => "event-archive";

    public override TimeSpan Every => TimeSpan.FromHours(1);

    public override Task RunAsync(CancellationToken leaseLost) => archiver.RunAsync(Held, leaseLost);
}

public static class RetentionSetup
{
    /// <summary>The <c>Retention</c> section; without it nothing is archived and nothing runs.</summary>
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        var check = builder.ConfigurationCheck();
        var options = check.Read<EventArchiveOptions>("Retention");
        foreach (var problem in options.Problems())
        {
            check.Add(problem);
        }

        builder.Services.AddSingleton(options).AddSingleton<EventArchiver>();
        if (options.IsOn)
        {
            builder.Services.AddLeasedWork<EventArchiving>();
        }
    }
}
