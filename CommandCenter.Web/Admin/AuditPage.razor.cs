using System.Globalization;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.Admin;

/// <summary>A page of the record, as its address asks for it.</summary>
public sealed partial class AuditPage
{
    private const int RowsShown = 50;

    // What is longer is opened where it is wanted: one row of settings would fill the screen.
    private const int LongDetail = 48;

    [Inject] private AuditQueries Queries { get; set; } = null!;

    [Inject] private AuditLog Log { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "subject")] private string? Subject { get; set; }

    [SupplyParameterFromQuery(Name = "action")] private string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "object")] private string? On { get; set; }

    [SupplyParameterFromQuery(Name = "result")] private string? Result { get; set; }

    [SupplyParameterFromQuery(Name = "before")] private string? Before { get; set; }

    private IReadOnlyList<AuditRecord> Rows { get; set; } = [];

    private AuditHead Head { get; set; } = new(0, "");

    private long? Next { get; set; }

    private string? Problem { get; set; }

    // Every code that has a name, in the order of the names' list.
    private IEnumerable<(string Code, string Name)> Actions =>
        T.GetAllStrings(includeParentCultures: true)
            .Where(text => text.Name.StartsWith("Action_", StringComparison.Ordinal))
            .Select(text => (text.Name["Action_".Length..], text.Value))
            .OrderBy(action => action.Item1, StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var errors = new FieldErrors();
        var filter = AuditFilterReader.Read([], new AuditParameters(From, To, Subject, Action, On, Result), errors) with
        {
            Before = AuditFilterReader.Number("before", Before, long.MaxValue, errors),
            Limit = RowsShown,
        };
        if (errors.Any)
        {
            Problem = T["Wrong", string.Join(' ', errors.ToDictionary().Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"))];
            return;
        }

        try
        {
            Rows = await Queries.ListAsync(filter, CancellationToken.None);
            Head = await Log.HeadAsync(CancellationToken.None);
            Next = Rows.Count == RowsShown ? Rows[^1].Sequence : null;
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }
    }

    private string Address(long? before) => QueryHelpers.AddQueryString(
        "/admin/audit",
        new (string Name, string? Value)[]
        {
            ("from", From), ("to", To), ("subject", Subject), ("action", Action), ("object", On), ("result", Result), ("before", before?.ToString(CultureInfo.InvariantCulture)),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
