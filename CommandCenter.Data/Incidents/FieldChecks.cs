using System.Globalization;
using System.Text;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Incidents;

/// <summary>Checks of single fields that several kinds of reports have in common. Each names what is wrong under the field's own name.</summary>
internal static class FieldChecks
{
    // A sender's clock may run a little ahead of ours.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static string? Source(string? value, FieldErrors errors)
    {
        var source = Required("source", value, IncidentLimits.Source, errors);
        if (source is not null && source.AsSpan().ContainsAnyExcept(IncidentLimits.SourceCharacters))
        {
            errors.Add("source", "SourceForm");
        }

        return source;
    }

    public static string? ExternalId(string? value, FieldErrors errors)
    {
        var externalId = Optional("externalId", value, IncidentLimits.ExternalId, errors);
        if (externalId is not null && externalId.AsSpan().Trim().Length != externalId.Length)
        {
            // SQL Server compares text without regard to trailing spaces: such ids would be one there and two here.
            errors.Add("externalId", "SurroundingSpace");
        }

        return externalId;
    }

    public static string? Phone(string field, string? value, FieldErrors errors)
    {
        var phone = Optional(field, value, IncidentLimits.ReporterPhone, errors);
        if (phone is not null && phone.AsSpan().ContainsAnyExcept(IncidentLimits.PhoneCharacters))
        {
            errors.Add(field, "PhoneForm");
        }

        return phone;
    }

    public static string? Identity(string field, string? value, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (!IdNumber.IsValid(value))
        {
            // Never repeated: an error stands in the sender's log.
            errors.Add(field, "IdNumberForm");
        }

        return value.ToUpperInvariant();
    }

    /// <summary>Reads an instant that is not in the future.</summary>
    /// <returns>UTC.</returns>
    public static DateTime? Instant(string field, string? value, DateTime now, FieldErrors errors)
    {
        if (value is null)
        {
            return null;
        }

        if (!CountyTime.TryParse(value, out var instant))
        {
            errors.Add(field, "NotATime");
            return null;
        }

        if (instant > now + ClockTolerance)
        {
            errors.Add(field, "InTheFuture");
        }
        else if (instant < Earliest)
        {
            errors.Add(field, "TooLongAgo");
        }

        return instant;
    }

    /// <returns>Degrees, WGS84, and the system they were sent in.</returns>
    public static ((double Lon, double Lat) Location, string Crs)? Point(double? givenLon, double? givenLat, string? givenCrs, FieldErrors errors)
    {
        var system = CoordinateSystem.Wgs84;
        if (givenCrs is { } crs && !CoordinateTransform.TryParse(crs, out system))
        {
            errors.Add("crs", "UnknownCrs", IncidentValidator.Shortened(crs));
        }

        if ((givenLon, givenLat) is not ({ } lon, { } lat))
        {
            if (givenLon is not null || givenLat is not null)
            {
                errors.Add(givenLon is null ? "lon" : "lat", "LonLatTogether");
            }
            else if (givenCrs is not null)
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

    public static string? Required(string field, string? value, int longest, FieldErrors errors)
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

    public static string? Optional(string field, string? value, int longest, FieldErrors errors)
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
}
