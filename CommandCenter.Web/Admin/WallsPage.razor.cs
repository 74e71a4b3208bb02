using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CommandCenter.Web.Admin;

public sealed partial class WallsPage
{
    private static readonly (string Profile, string Name)[] Profiles = [(PairedWall.Centre, "ProfileCentre"), (PairedWall.Visitor, "ProfileVisitor")];

    [SupplyParameterFromForm] private Fields Given { get; set; } = null!;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Inject] private WallStore Store { get; set; } = null!;

    [Inject] private WallPairings Pairings { get; set; } = null!;

    [Inject] private AccessDirectory Directory { get; set; } = null!;

    [Inject] private AreaDirectory Areas { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private IReadOnlyList<PairedWall> Walls { get; set; } = [];

    private WallRequest? Screen { get; set; }

    /// <summary>The second step: a screen was found, and what it is let in as is asked.</summary>
    private bool IsPairing { get; set; }

    private string? Said { get; set; }

    private bool IsBad { get; set; }

    private string By => Context.Subject().Label;

    private string? Address => Context.Connection.RemoteIpAddress?.ToString();

    protected override async Task OnInitializedAsync()
    {
        Given ??= new Fields();

        // A form that was sent must be there before it is carried out.
        IsPairing = Context.Request.HasFormContentType && Context.Request.Form["_handler"] == "pair";
        Walls = await Store.ListAsync(Context.RequestAborted);
    }

    private async Task FindAsync()
    {
        Screen = await Pairings.FindByCodeAsync(Given.Code, Context.RequestAborted);
        IsPairing = Screen is not null;
        if (Screen is null)
        {
            Bad("NoSuchCode");
        }
    }

    private async Task PairAsync()
    {
        Screen = await Pairings.FindByCodeAsync(Given.Code, Context.RequestAborted);
        var terms = new WallTerms(
            Given.Name?.Trim() ?? "", string.IsNullOrWhiteSpace(Given.Area) ? null : Given.Area.Trim(), Given.Profile ?? "", [.. Chosen().Select(scene => WallScenes.Text([scene]))],
            string.IsNullOrWhiteSpace(Given.Days) ? null : TimeSpan.FromDays(int.TryParse(Given.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0));
        if (Screen is null)
        {
            IsPairing = false;
            Bad("NoSuchCode");
        }
        else if (!WallTerms.IsName(terms.Name))
        {
            Bad("BadName");
        }
        else if (terms.Area is { } area && Areas.Current.Find(area) is null)
        {
            Bad("BadArea", area);
        }
        else if (terms.Profile is not (PairedWall.Centre or PairedWall.Visitor))
        {
            Bad("BadProfile");
        }
        else if (terms.Scenes.Count == 0)
        {
            Bad("BadScenes");
        }
        else if (terms.Lifetime is { TotalDays: < 1 or > WallTerms.MostDays })
        {
            Bad("BadDays");
        }
        else
        {
            await PairAsync(terms);
        }
    }

    // The ticked ones by the places that they were given; of two at one place the one that is listed first.
    private IEnumerable<WallScene> Chosen() =>
        from scene in WallScenes.All.Index()
        where Given.Scenes?.Contains(scene.Item) == true
        orderby Typed(Given.Places, scene.Index) ?? scene.Index + 1
        select new WallScene(scene.Item, Math.Clamp(Typed(Given.Seconds, scene.Index) ?? WallScenes.Usual(scene.Item), WallScenes.Shortest, WallScenes.Longest));

    private static int? Typed(string[]? numbers, int at) =>
        int.TryParse(numbers?.ElementAtOrDefault(at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task PairAsync(WallTerms terms)
    {
        switch (await Pairings.ApproveAsync(Given.Code, terms, By, Address, Context.RequestAborted))
        {
            case WallOutcome.Done:
                (IsPairing, Said) = (false, T["Done", terms.Name]);
                Given = new Fields();
                Walls = await Store.ListAsync(Context.RequestAborted);
                break;
            case WallOutcome.NameTaken:
                Bad("NameTaken", terms.Name);
                break;
            default:
                IsPairing = false;
                Bad("NoSuchCode");
                break;
        }
    }

    private async Task RevokeAsync(long id)
    {
        if (await Pairings.RevokeAsync(id, By, Address, Context.RequestAborted) is { } name)
        {
            // This node need not wait until it looks.
            Directory.Forget();
            Said = T["RevokedNow", name];
        }
        else
        {
            Bad("Gone");
        }

        Walls = await Store.ListAsync(Context.RequestAborted);
    }

    private void Bad(string text, params object[] arguments) => (Said, IsBad) = (T[text, arguments], true);

    private (string Text, BadgeStyle Badge) StateOf(PairedWall wall)
    {
        var now = Time.GetUtcNow().UtcDateTime;
        return wall switch
        {
            { RevokedAt: not null } => ("StateRevoked", BadgeStyle.Secondary),
            { ExpiresAt: { } end } when end <= now => ("StateExpired", BadgeStyle.Warning),
            { Tokens: 0, PairingUntil: { } until } when until <= now => ("StateLate", BadgeStyle.Warning),
            { Tokens: 0 } => ("StateWaiting", BadgeStyle.Info),
            _ => ("StateGood", BadgeStyle.Success),
        };
    }

    private string AreaName(string code) => Areas.Current.Find(code) is { } area ? $"{area.Name} {code}" : code;

    private static string Local(DateTime utc) => CountyTime.Local(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What was typed.</summary>
    public sealed class Fields
    {
        public string? Code { get; set; }

        public string? Name { get; set; }

        public string? Area { get; set; }

        public string? Profile { get; set; } = PairedWall.Centre;

        public string[]? Scenes { get; set; }

        /// <summary>Of all scenes, in the order of the list: which comes when.</summary>
        public string[]? Places { get; set; }

        /// <summary>Of all scenes, in the order of the list: for how long.</summary>
        public string[]? Seconds { get; set; }

        public string? Days { get; set; }
    }
}
