using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Map;

/// <summary>
/// The map of an area: county outline, towns, and the finest level asked for, coloured by open incidents; with
/// <see cref="Live"/> also the pins of what is open. Positions are WGS84 degrees.
/// </summary>
public sealed partial class GridMap
{
    /// <summary>Code of the area shown; "" for everything in the store.</summary>
    [Parameter] public string Area { get; set; } = "";

    /// <summary>The level of the cells: <c>grid</c>, <c>village</c> or <c>town</c>.</summary>
    [Parameter] public string Level { get; set; } = "grid";

    /// <summary>
    /// Where one FeatureCollection with all levels comes from instead of the areas in force, for instance the preview of an
    /// upload; same origin.
    /// </summary>
    [Parameter] public string? AreasUrl { get; set; }

    /// <summary>Follow <c>/hubs/live</c>: colours, pins, pulses.</summary>
    [Parameter] public bool Live { get; set; }

    /// <summary>A person may pan and zoom. A wall has none.</summary>
    [Parameter] public bool Interactive { get; set; }

    [Inject] private IEnumerable<MapBackdrop> Backdrops { get; set; } = [];

    // One character says the category inside a pin; the category panel shows the same character beside the name.
    private string Glyphs => string.Join(',', MapText.Categories.Select(code => $"{code}:{T["Glyph" + code]}"));
}
