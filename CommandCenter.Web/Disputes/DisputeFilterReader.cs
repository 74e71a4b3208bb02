using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Incidents;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Disputes;

/// <summary>What a listing of disputes is asked, as it was given; <see cref="DisputeFilterReader"/> reads it.</summary>
internal sealed record DisputeListParameters(
    [property: FromQuery(Name = "stage"), Description("Stages, separated by commas.")] string? Stage,
    [property: FromQuery(Name = "risk"), Description("Risks, separated by commas: red, orange, yellow, blue.")] string? Risk,
    [property: FromQuery(Name = "category"), Description("Category code, 01 to 18 or 99.")] string? Category,
    [property: FromQuery(Name = "area"), Description("Area code of a county, town, village or grid (6, 9, 12 or 15 digits).")] string? Area,
    [property: FromQuery(Name = "body"), Description("Code of a mediation body; none for those that no body has.")] string? Body,
    [property: FromQuery(Name = "origin"), Description("How it came to be known.")] string? Origin,
    [property: FromQuery(Name = "open"), Description("true: open only; false: closed only.")] string? Open,
    [property: FromQuery(Name = "dueBy"), Description("Only those whose month runs and ends on or before this day, yyyy-MM-dd.")] string? DueBy,
    [property: FromQuery(Name = "dueFrom"), Description("Only those whose month runs and ends on or after this day, yyyy-MM-dd.")] string? DueFrom,
    [property: FromQuery(Name = "criminal"), Description("true: only those that became a crime; false: only others.")] string? Criminal,
    [property: FromQuery(Name = "from"), Description("First instant of registering, ISO 8601; without an offset it is county time.")] string? From,
    [property: FromQuery(Name = "to"), Description("Instant before which it was registered, ISO 8601; without an offset it is county time. A bare day is included whole.")] string? To,
    [property: FromQuery(Name = "after"), Description("The next of the page before.")] string? After,
    [property: FromQuery(Name = "limit"), Description("How many, 1 to 500; 50 when not given.")] string? Limit);

/// <summary>Reads the parameters of a listing, all of them before it complains.</summary>
internal static class DisputeFilterReader
{
    private const int UsualItems = 50;

    private static readonly string[] Known = ["stage", "risk", "category", "area", "body", "origin", "open", "dueBy", "dueFrom", "criminal", "from", "to", "after", "limit"];

    public static DisputeFilter Read(HttpRequest request, DisputeListParameters list, FieldErrors errors)
    {
        request.RefuseUnknown(errors, Known);
        return Read(list, errors);
    }

    public static DisputeFilter Read(DisputeListParameters list, FieldErrors errors)
    {
        if (list.Category is { Length: > 0 } category && DisputeCategories.Find(category) is null)
        {
            errors.Add("category", "UnknownDisputeCategory", IncidentValidator.Shortened(category));
        }

        if (list.Area is { Length: > 0 } && !AreaCode.IsValid(list.Area))
        {
            errors.Add("area", "QueryArea");
        }

        var filter = new DisputeFilter
        {
            Stages = Words("stage", DisputeWords.Stages, list.Stage, errors),
            Risks = Words("risk", DisputeWords.Risks, list.Risk, errors),
            Category = Given(list.Category),
            Area = Given(list.Area),
            Body = Given(list.Body) is { } body ? string.Equals(body, "none", StringComparison.OrdinalIgnoreCase) ? "" : body : null,
            Origin = Words("origin", DisputeWords.Origins, list.Origin, errors)?[0],
            Open = Flag("open", list.Open, errors),
            DueBy = Day("dueBy", list.DueBy, errors),
            DueFrom = Day("dueFrom", list.DueFrom, errors),
            Criminal = Flag("criminal", list.Criminal, errors),
            From = IncidentFilterReader.Instant("from", Given(list.From), errors),
            To = IncidentFilterReader.End(Given(list.To), errors),
            After = Given(list.After) is { } after ? ApiRequest.Integer("after", after, 1, long.MaxValue, errors) : null,
            Limit = Given(list.Limit) is { } limit ? ApiRequest.Limit(limit, UsualItems, errors) : UsualItems,
        };
        if (filter is { From: { } first, To: { } end } && first > end)
        {
            errors.Add("from", "QueryOrder");
        }

        return filter;
    }

    /// <summary>Reads true or false.</summary>
    public static bool? Flag(string name, string? text, FieldErrors errors)
    {
        switch (text?.ToUpperInvariant())
        {
            case null or "":
                return null;
            case "TRUE":
                return true;
            case "FALSE":
                return false;
            default:
                errors.Add(name, "MustBeBoolean");
                return null;
        }
    }

    /// <summary>Reads a county day.</summary>
    public static DateOnly? Day(string name, string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        errors.Add(name, "NotADay");
        return null;
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static List<T>? Words<T>(string name, IReadOnlyList<DisputeWord<T>> words, string? text, FieldErrors errors)
        where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var word in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (DisputeWords.Find(words, word) is { } value)
            {
                values.Add(value);
            }
            else
            {
                errors.Add(name, "NoneOf", IncidentValidator.Shortened(word), DisputeWords.Codes(words));
            }
        }

        return values.Count == 0 ? null : values;
    }
}
