using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CommandCenter.Web.Admin;

public sealed partial class KeysPage
{
    private static readonly KeyScopes[] Scopes = [KeyScopes.Intake, KeyScopes.Read, KeyScopes.Live, KeyScopes.Areas, KeyScopes.Statistics];

    [SupplyParameterFromForm] private Fields Given { get; set; } = null!;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Inject] private ApiKeyStore Store { get; set; } = null!;

    [Inject] private ApiKeyChanges Changes { get; set; } = null!;

    [Inject] private AccessDirectory Directory { get; set; } = null!;

    [Inject] private AreaDirectory Areas { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private IReadOnlyList<ApiKey> Keys { get; set; } = [];

    private string? Said { get; set; }

    private bool IsBad { get; set; }

    private string? Secret { get; set; }

    private string By => Context.Subject().Label;

    private string? Address => Context.Connection.RemoteIpAddress?.ToString();

    protected override async Task OnInitializedAsync()
    {
        Given ??= new Fields();

        // A key is shown in this one answer.
        Context.Response.Headers.CacheControl = "no-store";
        Keys = await Store.ListAsync(Context.RequestAborted);
    }

    private async Task MakeAsync()
    {
        var scopes = (Given.Scopes ?? []).Aggregate(KeyScopes.None, (all, one) => Enum.TryParse<KeyScopes>(one, out var scope) && Scopes.Contains(scope) ? all | scope : all);
        var terms = new ApiKeyTerms(
            Given.Name?.Trim() ?? "", scopes, Text(Given.Area), Text(Given.Source), Number(Given.Rate), Number(Given.Days) is { } days ? TimeSpan.FromDays(days) : null);
        if (terms.Problems().FirstOrDefault() is { } problem)
        {
            Bad(problem);
        }
        else if (terms.Area is { } area && Areas.Current.Find(area) is null)
        {
            Bad("BadArea", area);
        }
        else if (await Changes.AddAsync(terms, By, Address, Context.RequestAborted) is { } made)
        {
            (Said, Secret) = (T["Done", made.Key.Name], made.Secret);
            Given = new Fields();
            Keys = await Store.ListAsync(Context.RequestAborted);
        }
        else
        {
            Bad("NameTaken", terms.Name);
        }
    }

    private async Task RevokeAsync(long id)
    {
        if (await Changes.RevokeAsync(id, By, Address, Context.RequestAborted) is { } name)
        {
            // This node need not wait until it looks.
            Directory.Forget();
            Said = T["RevokedNow", name];
        }
        else
        {
            Bad("Gone");
        }

        Keys = await Store.ListAsync(Context.RequestAborted);
    }

    private void Bad(string text, params object[] arguments) => (Said, IsBad) = (T[text, arguments], true);

    private (string Text, BadgeStyle Badge) StateOf(ApiKey key) =>
        key.RevokedAt is not null ? ("StateRevoked", BadgeStyle.Secondary)
        : key.IsGood(Time.GetUtcNow().UtcDateTime) ? ("StateGood", BadgeStyle.Success)
        : ("StateExpired", BadgeStyle.Warning);

    private static string? Text(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();

    // What is no number is out of every range.
    private static int? Number(string? given) =>
        Text(given) is not { } text ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string AreaName(string code) => Areas.Current.Find(code) is { } area ? $"{area.Name} {code}" : code;

    private static string Local(DateTime utc) => CountyTime.Local(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What was typed.</summary>
    public sealed class Fields
    {
        public string? Name { get; set; }

        public string? Area { get; set; }

        public string? Source { get; set; }

        public string? Days { get; set; }

        public string? Rate { get; set; }

        public string[]? Scopes { get; set; }
    }
}
