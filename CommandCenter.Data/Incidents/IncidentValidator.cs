using System.Globalization;
using CommandCenter.Data.Grids;

namespace CommandCenter.Data.Incidents;

/// <summary>Checks a report field by field, and finds its grid.</summary>
public static class IncidentValidator
{
    /// <param name="areas">The areas in force.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The report, or null when <paramref name="errors"/> has any.</returns>
    public static IncidentReport? Validate(IncidentSubmission submission, AreaIndex areas, DateTime now, FieldErrors errors)
    {
        var source = FieldChecks.Source(submission.Source, errors);
        var externalId = FieldChecks.ExternalId(submission.ExternalId, errors);
        var category = Category(submission.Category, errors);
        var urgency = UrgencyOf(submission.Urgency, errors);
        var title = FieldChecks.Required("title", submission.Title, IncidentLimits.Title, errors);
        var description = FieldChecks.Optional("description", submission.Description, IncidentLimits.Description, errors);
        var address = FieldChecks.Optional("address", submission.Address, IncidentLimits.Address, errors);
        var occurredAt = FieldChecks.Instant("occurredAt", submission.OccurredAt, now, errors);
        var name = FieldChecks.Optional("reporter.name", submission.Reporter?.Name, IncidentLimits.ReporterName, errors);
        var phone = FieldChecks.Phone("reporter.phone", submission.Reporter?.Phone, errors);
        var idNumber = FieldChecks.Identity("reporter.idNumber", submission.Reporter?.IdNumber, errors);
        var point = FieldChecks.Point(submission.Lon, submission.Lat, submission.Crs, errors);
        var (gridCode, outside) = Grid(submission.GridCode, point?.Location, areas, errors);
        return errors.Any
            ? null
            : new IncidentReport(
                source!, externalId, category!, urgency, title!, description, point?.Location.Lon, point?.Location.Lat, point?.Crs,
                gridCode, outside, address, occurredAt, name, phone, idNumber);
    }

    /// <summary>Checks an optional text that is stored as sent.</summary>
    public static void CheckText(string field, string? value, int longest, FieldErrors errors) => FieldChecks.Optional(field, value, longest, errors);

    private static string? Category(string? value, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Add("category", "Required");
        }
        else if (IncidentCategories.Find(value) is null)
        {
            errors.Add("category", "UnknownCategory", Shortened(value));
        }

        return value;
    }

    private static Urgency UrgencyOf(string? value, FieldErrors errors)
    {
        switch (value?.ToUpperInvariant())
        {
            case null or "NORMAL":
                return Urgency.Normal;
            case "CRITICAL":
                return Urgency.Critical;
            case "URGENT":
                return Urgency.Urgent;
            case "COMPLEX":
                return Urgency.Complex;
            default:
                errors.Add("urgency", "UnknownUrgency", Shortened(value));
                return Urgency.Normal;
        }
    }

    private static (string? GridCode, bool Outside) Grid(string? named, (double Lon, double Lat)? point, AreaIndex areas, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(named))
        {
            if (areas.Find(named) is not { Level: AreaLevel.Grid })
            {
                errors.Add("gridCode", "UnknownGrid", Shortened(named));
            }

            return (named, false);
        }

        if (point is not { } at)
        {
            return (null, false);
        }

        var grid = areas.Locate(at.Lon, at.Lat)?.Grid?.Code;
        return (grid, grid is null);
    }

    /// <summary>A text as an error may repeat it.</summary>
    public static string Shortened(string value) =>
        value.Length <= 40 ? value : string.Create(CultureInfo.InvariantCulture, $"{value.AsSpan(0, 40)}…");
}
