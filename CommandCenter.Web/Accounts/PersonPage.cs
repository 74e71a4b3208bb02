using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Accounts;

/// <summary>What the pages about people have in common. All are plain forms: they work without script and without a circuit.</summary>
public abstract class PersonPage : ComponentBase
{
    [CascadingParameter] protected HttpContext Context { get; set; } = null!;

    [Inject] protected IStringLocalizer<AccountText> T { get; set; } = null!;

    [Inject] protected AccountStore Accounts { get; set; } = null!;

    [Inject] protected AccountChanges Changes { get; set; } = null!;

    [Inject] protected AccessDirectory Directory { get; set; } = null!;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>What was done, for a person.</summary>
    protected string? Said { get; set; }

    /// <summary>What was wrong, for a person.</summary>
    protected string? Problem { get; set; }

    protected Subject Subject => Context.Subject();

    protected CancellationToken Ended => Context.RequestAborted;

    protected ChangedBy By => Context.By();

    /// <summary>As people here read the time.</summary>
    protected static string Time(DateTime? utc) => utc is { } at ? $"{CountyTime.Local(at):yyyy-MM-dd HH:mm}" : "—";

    /// <summary>Takes over how a change ended, and lets this node follow it at once.</summary>
    protected bool IsDone(AccountOutcome outcome, string said)
    {
        Directory.Forget();
        if (outcome == AccountOutcome.Done)
        {
            Said = T[said];
            return true;
        }

        Problem = AccountText.Of(outcome);
        return false;
    }
}
