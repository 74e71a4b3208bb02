namespace CommandCenter.Web.Map;

/// <summary>
/// Waters that the map draws above its areas, below its pins. Optional: a page asks the services for it and draws none when none
/// is registered.
/// </summary>
/// <param name="WaterUrl">GeoJSON lines of this server; <c>rank</c> 1 is the broadest.</param>
public sealed record MapBackdrop(string WaterUrl);
