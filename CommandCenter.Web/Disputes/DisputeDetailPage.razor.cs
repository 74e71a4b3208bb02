using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Disputes;

/// <summary>One dispute, and what somebody does with it.</summary>
public sealed partial class DisputeDetailPage
{
    [Inject] private DisputeStore Store { get; set; } = null!;

    [Inject] private DisputeQueries Queries { get; set; } = null!;

    [Inject] private DepartmentStore DepartmentStore { get; set; } = null!;

    [Inject] private AuditLog Audit { get; set; } = null!;

    [Parameter] public long Id { get; set; }

    private DisputeFile? File { get; set; }

    private IReadOnlyList<LoggedEvent> History { get; set; } = [];

    private IReadOnlyList<Department> Departments { get; set; } = [];

    private bool Shown { get; set; }

    private string Here => $"/disputes/{Id}";

    protected override async Task OnInitializedAsync()
    {
        try
        {
            Mediation = await MediationStore.ReadAsync(Ended);
            Departments = May(Permission.HandleDisputes) ? await DepartmentStore.ListAsync(retired: false, Ended) : [];
            await ReadAsync(Sight.Masked);
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }

        if (File is null && !Context.Response.HasStarted)
        {
            Context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task ReadAsync(Sight sight)
    {
        File = await Queries.FindAsync(sight, Id, Ended);
        History = await Queries.HistoryAsync(Sight, Id, Ended);
    }

    private async Task ChangeAsync()
    {
        if (File is null)
        {
            return;
        }

        try
        {
            if (Field("what") == "show")
            {
                await ShowAsync();
                return;
            }

            // The page shows what a role may do; whoever sends something else is told as a page is.
            Problem = May(Permission.HandleDisputes) ? await new DisputeForm(Store, T, Field, Context).ChangeAsync(Id) : T["NotAllowed"].Value;
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }

        if (Problem is null)
        {
            Navigation.NavigateTo(Here);
        }
    }

    // On record before they are shown.
    private async Task ShowAsync()
    {
        if (!Sight.Persons || await Queries.FindAsync(Sight, Id, Ended) is not { } file)
        {
            Problem = T["NotAllowed"];
            return;
        }

        await DisputeReadEndpoints.RecordAsync(Context, Sight, file, Audit);
        (File, Shown) = (file, true);
        Context.Response.Headers.CacheControl = "no-store";
    }

    private string What(DomainEvent happened) => happened switch
    {
        DisputeRegistered => T["Did_Registered"],
        DisputeMoved moved => T["Did_Moved", DisputeText.Of(DisputeWords.Stages, moved.From), DisputeText.Of(DisputeWords.Stages, moved.To)],
        DisputeExtended extended => T["Did_Extended", Day(extended.DueOn)],
        DisputeRated rated => T["Did_Rated", DisputeText.Of(DisputeWords.Risks, rated.From), DisputeText.Of(DisputeWords.Risks, rated.To)],
        DisputeTurnedCriminal => T["Criminal"],
        DisputeHandedOver handed => T["Did_HandedOver", BodyName(handed.Body)],
        DisputeJoined joined => T["Did_Joined", joined.Departments.Count],
        DisputeLinked linked => T["Did_Linked", DisputeText.Of(DisputeWords.Links, linked.Kind), linked.Other.ToString(CultureInfo.InvariantCulture)],
        _ => happened.GetType().Name,
    };

    private string? NoteOf(DomainEvent happened) => happened switch
    {
        DisputeMoved moved => string.Join(" · ", new[] { moved.Body is null ? null : BodyName(moved.Body), Mediation.Mediator(moved.Mediator)?.Name, moved.Note }.Where(part => part is not null)),
        DisputeExtended extended => extended.Reason,
        DisputeRated rated => rated.Reason,
        DisputeTurnedCriminal criminal => criminal.Reason,
        DisputeHandedOver handed => handed.Note,
        DisputeJoined joined => string.Join(" · ", joined.Departments.Select(id => Departments.FirstOrDefault(department => department.Id == id)?.Name ?? id.ToString(CultureInfo.InvariantCulture))),
        _ => null,
    };
}
