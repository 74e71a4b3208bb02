using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Incidents;

/// <summary>What a listing of incidents is asked, as it was given; <see cref="IncidentFilterReader"/> reads it.</summary>
internal sealed record IncidentListParameters(
    [property: FromQuery(Name = "status"), Description("Statuses, separated by commas: reported, accepted, inProgress, closed.")] string? Status,
    [property: FromQuery(Name = "category"), Description("Category code of level 1 (everything below it too) or level 2.")] string? Category,
    [property: FromQuery(Name = "area"), Description("Area code of a county, town, village or grid (6, 9, 12 or 15 digits).")] string? Area,
    [property: FromQuery(Name = "from"), Description("First instant of receipt, ISO 8601; without an offset it is county time.")] string? From,
    [property: FromQuery(Name = "to"), Description("Instant before which it was received, ISO 8601; without an offset it is county time. A bare day is included whole.")] string? To,
    [property: FromQuery(Name = "after"), Description("The next of the page before.")] string? After,
    [property: FromQuery(Name = "limit"), Description("How many, 1 to 500; 50 when not given.")] string? Limit);
