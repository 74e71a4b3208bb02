using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall;

/// <summary>The wall: <c>/wall?area=CODE&amp;scene=NAME</c>; without an area the configured one, else the only county, else a choice.</summary>
public sealed partial class WallPage
{
    [SupplyParameterFromQuery(Name = "area")] private string? Asked { get; set; }

    [SupplyParameterFromQuery(Name = "scene")] private string? Pinned { get; set; }

    [Inject] private AreaDirectory Areas { get; set; } = null!;

    [Inject] private WallOptions Options { get; set; } = null!;

    [Inject] private IConfiguration Configuration { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    private Sight? Sight => Context.User.Subject() is { } subject ? AccessPolicy.SightOf(subject, Permission.SeeBoard) : null;

    private WallScope Scope { get; set; } = new WallScope.Empty();

    /// <summary>In their order. One that the address names stays, if the wall shows it.</summary>
    private IReadOnlyList<WallScene> Scenes { get; set; } = WallScenes.Default;

    private bool Demo => Configuration.GetValue<bool>("Demo:Enabled");

    private string Origin => Navigation.BaseUri.TrimEnd('/');

    protected override void OnParametersSet()
    {
        var scenes = WallScenes.Read(Context.User.Subject()?.Scenes);
        Scenes = scenes.FirstOrDefault(scene => scene.Name == Pinned) is { } pinned ? [pinned] : scenes;
        Scope = WallScope.Resolve(Areas.Current, Sight, string.IsNullOrWhiteSpace(Asked) ? Sight?.Area ?? Options.Area : Asked);
    }

    private bool Shows(string scene) => Scenes.Any(shown => shown.Name == scene);

    private static string Name(AreaLevel level) => level.ToString().ToLowerInvariant();

    private string Title(Area area) => T["Title", area.Name];
}
