using CommandCenter.Data.Incidents;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.Incidents;

/// <summary>Reminds (催办) and supervises (督办) when the clocks of open incidents say so; on one node at a time.</summary>
internal sealed class ReminderWork(LeaseKeeper keeper, IncidentReminders reminders) : LeasedWork(keeper)
{
    public override string Name => "reminders";

    public override TimeSpan Every { get; } = TimeSpan.FromSeconds(5);

    public override async Task RunAsync(CancellationToken leaseLost)
    {
        while (await reminders.RunAsync(Held, leaseLost) > 0)
        {
            // A backlog goes out piece by piece, and reports come in between.
        }
    }
}
