using System.Globalization;
using System.Text.Json;
using CommandCenter.Data.Grids;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Admin;

/// <summary>What is in force, what was uploaded, and the form for the next upload.</summary>
public sealed partial class AreasPage
{
    private const int UploadsShown = 20;
    private const string Example =
        """{"type":"Feature","properties":{"code":"330481001001001","name":"…","level":"grid"},"geometry":{"type":"Polygon","coordinates":[…]}}""";

    [Inject] private AreaDirectory Directory { get; set; } = null!;

    [Inject] private AreaStore Store { get; set; } = null!;

    private AreaIndex Areas { get; set; } = AreaIndex.Empty;

    private IReadOnlyList<AreaUpload> Uploads { get; set; } = [];

    // The script speaks with the page's own words.
    private string Texts => JsonSerializer.Serialize(T.GetAllStrings(includeParentCultures: true).ToDictionary(text => text.Name, text => text.Value));

    protected override async Task OnInitializedAsync()
    {
        Areas = Directory.Current;
        Uploads = await Store.UploadsAsync(UploadsShown, CancellationToken.None);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
