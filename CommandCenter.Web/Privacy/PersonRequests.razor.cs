using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using CommandCenter.Web.Disputes;
using CommandCenter.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Privacy;

/// <summary>Finds one person's reports, masked, and erases that person from those that are closed. Each is put on record.</summary>
public sealed partial class PersonRequests
{
    private const int MostShown = 200;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Inject] private IncidentQueries Queries { get; set; } = null!;

    [Inject] private PersonErasure Erasure { get; set; } = null!;

    [Inject] private AuditLog Audit { get; set; } = null!;

    [Inject] private DisputeQueries Disputes { get; set; } = null!;

    private IReadOnlyList<FoundRow>? Found { get; set; }

    private bool More { get; set; }

    private bool IsErasing => Context.Request.HasFormContentType && Context.Request.Form["_handler"] == "erase";

    private string? Said { get; set; }

    private string? Problem { get; set; }

    // Both forms have the same fields.
    private string? Name => Field("name");

    private string? Phone => Field("phone");

    private string? IdNumber => Field("idNumber");

    protected override void OnInitialized() => Context.Response.Headers.CacheControl = "no-store";

    private string? Field(string name) =>
        Context.Request.HasFormContentType && Context.Request.Form[name].ToString().Trim() is { Length: > 0 and <= PersonEndpoints.LongestField } text ? text : null;

    private PersonFilter? Person() => new PersonFilter(Name, Phone, IdNumber) is { } person && person is not { Name: null, Phone: null, IdNumber: null } ? person : null;

    private static string CategoryOf(Incident incident) =>
        IncidentCategories.Find(incident.Category) is { } category ? (Cultures.IsEnglish ? category.NameEn : category.NameZh) : incident.Category;

    private Task FindAsync() => TryAsync(async person =>
    {
        await Audit.AppendAsync(Context.Audit(PersonActions.Searched, ""), Context.RequestAborted);
        var found = await Queries.ListAsync(
            Sight.OfTheProgram.Masked, new IncidentFilter(null, null, null, null, null, null, MostShown + 1) { Person = person }, Context.RequestAborted);
        var disputes = await Disputes.ListAsync(Sight.OfTheProgram.Masked, new DisputeFilter { Person = person, Limit = MostShown + 1 }, Context.RequestAborted);
        (Found, More) = (
            [
                .. found.Take(MostShown).Select(incident => new FoundRow(
                    incident.Number, incident.ReceivedAt, CategoryOf(incident), $"{incident.ReporterName} {incident.ReporterPhone}", incident.Status == IncidentStatus.Closed)),
                .. disputes.Take(MostShown).Select(dispute => new FoundRow(
                    dispute.Number, dispute.RegisteredAt, DisputeText.Category(dispute.Category), T["PartyOfDispute"], dispute.ClosedAt is not null)),
            ],
            found.Count > MostShown || disputes.Count > MostShown);
        Said = Found.Count == 0 ? T["Nothing"].Value : null;
    });

    private sealed record FoundRow(string Number, DateTime At, string Category, string Who, bool IsClosed);

    private Task EraseAsync() => TryAsync(async person =>
    {
        // Not cancelled with the request: what was begun is finished, whoever hangs up.
        var done = await Erasure.EraseAsync(person, Context.Subject().Label, Context.AuditAddress(), CancellationToken.None);
        Said = done.Open.Count == 0 ? T["Erased", done.Erased.Count] : T["ErasedAndOpen", done.Erased.Count, done.Open.Count, string.Join(' ', done.Open.Take(20))];
    });

    private async Task TryAsync(Func<PersonFilter, Task> work)
    {
        if (Person() is not { } person)
        {
            Problem = T["NotNamed"];
            return;
        }

        try
        {
            await work(person);
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }
    }
}
