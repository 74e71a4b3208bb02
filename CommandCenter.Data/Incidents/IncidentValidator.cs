using System.Globalization;
using System.Text;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Incidents;

/// <summary>Checks a report field by field, and finds its grid.</summary>
public static class IncidentValidator
{
    // A sender's clock may run a little ahead of ours.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="areas">The areas in force.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The report, or null when <paramref name="errors"/> has any.</returns>
    public static IncidentReport? Validate(IncidentSubmission submission, AreaIndex areas, DateTime now, FieldErrors errors)
    {
        var source = Source(submission.Source, errors);
        var externalId = Optional("externalId", submission.ExternalId, IncidentLimits.ExternalId, errors);
        if (externalId is not null && externalId.AsSpan().Trim().Length != externalId.Length)
        {
            // SQL Server compares text without regard to trailing spaces: such ids would be one there and two here.
            errors.Add("externalId", "SurroundingSpace");
        }

        var category = Category(submission.Category, errors);
        var urgency = UrgencyOf(submission.Urgency, errors);
        var title = Required("title", submission.Title, IncidentLimits.Title, errors);
        var description = Optional("description", submission.Description, IncidentLimits.Description, errors);
        var address = Optional("address", submission.Address, IncidentLimits.Address, errors);
        var occurredAt = OccurredAt(submission.OccurredAt, now, errors);
        var name = Optional("reporter.name", submission.Reporter?.Name, IncidentLimits.ReporterName, errors);
        var phone = Phone(submission.Reporter?.Phone, errors);
        var idNumber = Identity(submission.Reporter?.IdNumber, errors);
        var point = Point(submission, errors);
        var (gridCode, outside) = Grid(submission.GridCode, point?.Location, areas, errors);
        return errors.Any
            ? null
            : new IncidentReport(
                source!, externalId, category!, urgency, title!, description, point?.Location.Lon, point?.Location.Lat, point?.Crs,
                gridCode, outside, address, occurredAt, name, phone, idNumber);
    }

    /// <summary>Checks an optional text that is stored as sent.</summary>
    public static void CheckText(string field, string? value, int longest, FieldErrors errors) => Optional(field, value, longest, errors);

    private static string? Source(string? value, FieldErrors errors)
    {
        var source = Required("source", value, IncidentLimits.Source, errors);
        if (source is not null && source.AsSpan().ContainsAnyExcept(IncidentLimits.SourceCharacters))
        {
            errors.Add("source", "SourceForm");
        }

        return source;
    }

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

    private static string? Phone(string? value, FieldErrors errors)
    {
        var phone = Optional("reporter.phone", value, IncidentLimits.ReporterPhone, errors);
        if (phone is not null && phone.AsSpan().ContainsAnyExcept(IncidentLimits.PhoneCharacters))
        {
            errors.Add("reporter.phone", "PhoneForm");
        }

        return phone;
    }

    private static string? Identity(string? value, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (!IdNumber.IsValid(value))
        {
            // Never repeated: an error stands in the sender's log.
            errors.Add("reporter.idNumber", "IdNumberForm");
        }

        return value.ToUpperInvariant();
    }

    private static DateTime? OccurredAt(string? value, DateTime now, FieldErrors errors)
    {
        if (value is null)
        {
            return null;
        }

        if (!CountyTime.TryParse(value, out var occurredAt))
        {
            errors.Add("occurredAt", "NotATime");
            return null;
        }

        if (occurredAt > now + ClockTolerance)
        {
            errors.Add("occurredAt", "InTheFuture");
        }
        else if (occurredAt < Earliest)
        {
            errors.Add("occurredAt", "TooLongAgo");
        }

        return occurredAt;
    }

    private static ((double Lon, double Lat) Location, string Crs)? Point(IncidentSubmission submission, FieldErrors errors)
    {
        var system = CoordinateSystem.Wgs84;
        if (submission.Crs is { } crs && !CoordinateTransform.TryParse(crs, out system))
        {
            errors.Add("crs", "UnknownCrs", Shortened(crs));
        }

        if (submission is not { Lon: { } lon, Lat: { } lat })
        {
            if (submission.Lon is not null || submission.Lat is not null)
            {
                errors.Add(submission.Lon is null ? "lon" : "lat", "LonLatTogether");
            }
            else if (submission.Crs is not null)
            {
                errors.Add("crs", "CrsWithoutPoint");
            }

            return null;
        }

        if (lon is < -180 or > 180)
        {
            errors.Add("lon", "OutOfRange", -180, 180, lon);
            return null;
        }

        if (lat is < -90 or > 90)
        {
            errors.Add("lat", Math.Abs(lat) <= 180 && Math.Abs(lon) <= 90 ? "Swapped" : "OutOfRange", -90, 90, lat);
            return null;
        }

        return (CoordinateTransform.ToWgs84(system, lon, lat), system.ToString().ToLowerInvariant());
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

    private static string? Required(string field, string? value, int longest, FieldErrors errors)
    {
        if (value is null || !ShowsSomething(value))
        {
            errors.Add(field, "Required");
            return null;
        }

        return Optional(field, value, longest, errors);
    }

    // Zero-width and direction characters alone are nothing to a reader.
    private static bool ShowsSomething(string text) => text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    private static string? Optional(string field, string? value, int longest, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (value.Length > longest)
        {
            errors.Add(field, "TooLong", longest, value.Length);
        }

        if (value.AsSpan().ContainsAny(IncidentLimits.ForbiddenCharacters))
        {
            errors.Add(field, "BadText");
        }

        return value;
    }

    /// <summary>A text as an error may repeat it.</summary>
    public static string Shortened(string value) =>
        value.Length <= 40 ? value : string.Create(CultureInfo.InvariantCulture, $"{value.AsSpan(0, 40)}…");
}
