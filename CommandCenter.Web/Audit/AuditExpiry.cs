using CommandCenter.Data.Audit;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.Audit;

/// <summary>Takes out of the record what is over its time, twice a day, on one node.</summary>
internal sealed class AuditExpiry(LeaseKeeper keeper, AuditRetention retention) : LeasedWork(keeper)
{
    public override string Name => "audit-expiry";

    public override TimeSpan Every => TimeSpan.FromHours(12);

    public override async Task RunAsync(CancellationToken leaseLost)
    {
        while (await retention.RunAsync(Held, leaseLost) > 0)
        {
            // A backlog goes piece by piece, and reports come in between.
        }
    }
}
