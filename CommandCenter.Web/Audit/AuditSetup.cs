using CommandCenter.Data.Audit;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Nodes;
using Microsoft.AspNetCore.Authorization;

namespace CommandCenter.Web.Audit;

/// <summary>The record of who did what, on this node.</summary>
public static class AuditSetup
{
    /// <summary>The <c>Audit</c> section, and what keeps the record: counted refusals, its anchor in the journal, its retention.</summary>
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        var check = builder.ConfigurationCheck();
        var options = check.Read<AuditOptions>(AuditOptions.Section);
        foreach (var problem in options.Problems())
        {
            check.Add(problem);
        }

        builder.Services
            .AddSingleton(options)
            .AddSingleton<AuditRetention>()
            .AddSingleton<SettingsRecord>()
            .AddSingleton<AuditDetail>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalRecord>()
            .AddHostedService<AuditKeeping>()
            .AddLeasedWork<AuditExpiry>();
    }
}
