using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Disputes;

/// <summary>What the register's pages have in common. All are plain forms and links: an address holds the whole view, and no circuit is needed.</summary>
public abstract class DisputePageBase : ComponentBase
{
    [CascadingParameter] protected HttpContext Context { get; set; } = null!;

    [Inject] protected IStringLocalizer<DisputeText> T { get; set; } = null!;

    [Inject] protected AreaDirectory Areas { get; set; } = null!;

    [Inject] protected MediationStore MediationStore { get; set; } = null!;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    protected MediationDirectory Mediation { get; set; } = new([], [], []);

    /// <summary>What was done, for a person.</summary>
    protected string? Said { get; set; }

    /// <summary>What was wrong, for a person.</summary>
    protected string? Problem { get; set; }

    protected Sight Sight => Context.Sight(Permission.SeeDisputes);

    protected CancellationToken Ended => Context.RequestAborted;

    protected bool May(Permission permission) => AccessPolicy.Allows(Context.Subject(), permission);

    /// <summary>As people here read the time.</summary>
    protected static string Time(DateTime? utc) => utc is { } at ? $"{CountyTime.Local(at):yyyy-MM-dd HH:mm}" : "—";

    protected static string Day(DateOnly? day) => day is { } given ? $"{given:yyyy-MM-dd}" : "—";

    protected static string DayOf(DateTime? utc) => utc is { } at ? Day(CountyTime.Day(at)) : "—";

    /// <summary>An area by its names from the town down.</summary>
    protected string AreaName(string? code)
    {
        var names = new List<string>();
        for (var at = code; at is not null && Areas.Current.Find(at) is { } area && (area.Level != AreaLevel.County || names.Count == 0); at = AreaCode.Parent(at))
        {
            names.Insert(0, area.Name);
        }

        return names.Count == 0 ? code is null ? T["Unplaced"] : code : string.Join(' ', names);
    }

    protected string BodyName(string? code) => string.IsNullOrEmpty(code) ? T["NoBody"] : Mediation.Body(code)?.Name ?? code;

    /// <summary>What of a form was written in a field; null where nothing was.</summary>
    protected string? Field(string name) => Context.Request.HasFormContentType && Context.Request.Form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
