using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Which figures are asked for, as it was given: by a program, by the page's address, or for a workbook.</summary>
internal sealed record FigureParameters(
    [property: FromQuery(Name = "area"), Description("Code of a county or town.")] string? Area,
    [property: FromQuery(Name = "period"), Description("2026-10, 2026-Q3, 2026, 2026-10-15, week:2026-10-12, ytd:2026-11-20 or 2026-01-01..2026-03-31.")] string? Period,
    [property: FromQuery(Name = "series"), Description("Series, separated by commas: calls, calls/criminal, calls//theft, calls/criminal/theft, petitionBatches …; all that have figures when not given.")] string? Series,
    [property: FromQuery(Name = "alignment"), Description("Which days of last year: calendar (when not given), weekday or springFestival.")] string? Alignment,
    [property: FromQuery(Name = "version"), Description("A version from before: the figures as they were then; now when not given.")] string? Version)
{
    /// <summary>Names of the parameters.</summary>
    public static readonly string[] Names = ["area", "period", "series", "alignment", "version"];

    /// <returns>Of no meaning once there are errors.</returns>
    public TableQuery Read(FieldErrors errors) => new(
        FigureReader.Area(Area, errors), FigureReader.Period(Period, errors), Series is null ? null : FigureReader.Series(Series, errors),
        FigureReader.Choice<Alignment>("alignment", Alignment, "BadAlignment", errors), FigureReader.Version(Version, errors));
}

/// <summary>Reads what questions for figures are made of, all of it before it complains.</summary>
internal static class FigureReader
{
    private const int MostSeries = 200;

    private static readonly Period Any = Data.PoliceStatistics.Period.OfYear(2000);

    public static string Area(string? area, FieldErrors errors)
    {
        if (!AreaCode.IsValid(area) || area!.Length > 9)
        {
            errors.AddText("area", StatisticMessages.Get("BadArea"));
        }

        return area ?? "";
    }

    public static Period Period(string? text, FieldErrors errors)
    {
        if (PeriodText.TryParse(text, out var period))
        {
            return period;
        }

        errors.AddText("period", StatisticMessages.Format("BadPeriod", IncidentValidator.Shortened(text ?? "")));
        return Any;
    }

    public static DateOnly? Day(string name, string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1950 and < 2100)
        {
            return day;
        }

        errors.AddText(name, StatisticMessages.Format("BadDate", IncidentValidator.Shortened(text)));
        return null;
    }

    public static List<StatisticSeries> Series(string text, FieldErrors errors)
    {
        var series = new List<StatisticSeries>();
        foreach (var code in text.Split(',').Take(MostSeries))
        {
            if (StatisticSeries.TryParse(code, out var one))
            {
                series.Add(one);
            }
            else
            {
                errors.AddText("series", StatisticMessages.Format("UnknownTerm", IncidentValidator.Shortened(code)));
            }
        }

        return series;
    }

    public static T Choice<T>(string name, string? text, string message, FieldErrors errors)
        where T : struct, Enum
    {
        if (text is null)
        {
            return default;
        }

        if (text.Length == 0 || !char.IsAsciiLetter(text[0]) || !Enum.TryParse<T>(text, ignoreCase: true, out var value))
        {
            errors.AddText(name, StatisticMessages.Get(message));
            return default;
        }

        return value;
    }

    public static long? Version(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
        {
            return version;
        }

        errors.AddText("version", StatisticMessages.Get("BadVersion"));
        return null;
    }
}
