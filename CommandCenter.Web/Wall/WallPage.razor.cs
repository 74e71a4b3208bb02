using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall;

/// <summary>The wall: <c>/wall?area=CODE</c>; without it the configured area, else the only county, else a choice.</summary>
public sealed partial class WallPage
{
    [SupplyParameterFromQuery(Name = "area")] private string? Asked { get; set; }

    [Inject] private AreaDirectory Areas { get; set; } = null!;

    [Inject] private WallOptions Options { get; set; } = null!;

    [Inject] private IConfiguration Configuration { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    private Sight? Sight => Context.User.Subject() is { } subject ? AccessPolicy.SightOf(subject, Permission.SeeBoard) : null;

    private WallScope Scope { get; set; } = new WallScope.Empty();

    private bool Demo => Configuration.GetValue<bool>("Demo:Enabled");

    private string Origin => Navigation.BaseUri.TrimEnd('/');

    protected override void OnParametersSet() =>
        Scope = WallScope.Resolve(Areas.Current, Sight, string.IsNullOrWhiteSpace(Asked) ? Sight?.Area ?? Options.Area : Asked);

    private static string Name(AreaLevel level) => level.ToString().ToLowerInvariant();

    private string Title(Area area) => T["Title", area.Name];
}
