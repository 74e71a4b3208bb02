using System.Globalization;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.Disputes;

/// <summary>A page of the register, as its address asks for it.</summary>
public sealed partial class ListPage
{
    private const string RowsShown = "50";

    [Inject] private DisputeQueries Queries { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "stage")] private string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "risk")] private string? Risk { get; set; }

    [SupplyParameterFromQuery(Name = "category")] private string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "area")] private string? Area { get; set; }

    [SupplyParameterFromQuery(Name = "body")] private string? Body { get; set; }

    [SupplyParameterFromQuery(Name = "open")] private string? Open { get; set; }

    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "dueBy")] private string? DueBy { get; set; }

    [SupplyParameterFromQuery(Name = "dueFrom")] private string? DueFrom { get; set; }

    [SupplyParameterFromQuery(Name = "after")] private string? After { get; set; }

    private IReadOnlyList<Dispute> Rows { get; set; } = [];

    private long? Next { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var errors = new FieldErrors();
        var filter = DisputeFilterReader.Read(new DisputeListParameters(Stage, Risk, Category, Area, Body, null, Open, DueBy, DueFrom, null, From, To, After, RowsShown), errors);
        try
        {
            Mediation = await MediationStore.ReadAsync(Ended);
            if (errors.Any)
            {
                Problem = T["Wrong", string.Join(' ', errors.ToDictionary().Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"))];
                return;
            }

            Rows = await Queries.ListAsync(Sight.Masked, filter, Ended);
            Next = Rows.Count == filter.Limit ? Rows[^1].Id : null;
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }
    }

    private string Address(long? after) => QueryHelpers.AddQueryString(
        "/disputes/list",
        new (string Name, string? Value)[]
        {
            ("stage", Stage), ("risk", Risk), ("category", Category), ("area", Area), ("body", Body), ("open", Open), ("from", From), ("to", To), ("dueBy", DueBy), ("dueFrom", DueFrom),
            ("after", after?.ToString(CultureInfo.InvariantCulture)),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
