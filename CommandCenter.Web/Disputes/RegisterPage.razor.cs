using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Disputes;

/// <summary>Registers what was filled in, checked as what programs send.</summary>
public sealed partial class RegisterPage
{
    // The register's own desk, as a source among others.
    private const string Source = "desk";

    // More than three come by the interface or a file.
    private const int PartiesAsked = 3;

    [Inject] private DisputeStore Store { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private IDictionary<string, string[]> Wrong { get; set; } = new Dictionary<string, string[]>();

    protected override void OnInitialized() => Context.Response.Headers.CacheControl = "no-store";

    private async Task RegisterAsync()
    {
        var errors = new FieldErrors();
        var sight = Context.Sight(Permission.RegisterDisputes);
        var people = Field("people") is { } text ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1 : (int?)null;
        var sent = new DisputeSubmission
        {
            Source = Source,
            Category = Field("category"),
            Scale = Field("scale"),
            Origin = Field("origin"),
            Title = Field("title"),
            Summary = Field("summary"),
            Units = Field("units"),
            People = people,
            OccurredOn = Field("occurredOn"),
            Area = Field("area"),
            Place = Field("place"),
            Risk = Field("risk"),
            RiskReason = Field("riskReason"),
            Parties =
            [
                .. Enumerable.Range(0, PartiesAsked)
                    .Select(n => new PartySubmission(Field($"role{n}"), Field($"name{n}"), Field($"phone{n}"), Field($"id{n}"), Field($"address{n}")))
                    .Where(party => party is not { Name: null, Phone: null, IdNumber: null, Address: null }),
            ],
        };
        var draft = DisputeValidator.Validate(sight, sent, Areas.Current, Clock.GetUtcNow().UtcDateTime, errors);
        if (draft is null)
        {
            (Wrong, Problem) = (errors.ToDictionary(), T["PutRight"]);
            return;
        }

        try
        {
            var registered = (await Store.RegisterAsync([draft], Context.Subject().Label, CancellationToken.None))[0];
            Navigation.NavigateTo($"/disputes/{registered.Id}");
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }
    }

    // As the fields are named on this page.
    private string FieldName(string field)
    {
        var last = field[(field.LastIndexOf('.') + 1)..];
        var name = last.Length == 0 ? last : char.ToUpperInvariant(last[0]) + last[1..];
        var text = T[name];
        return text.ResourceNotFound ? field : text.Value;
    }
}
