using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>Checks a dispute field by field, and finds its area.</summary>
public static class DisputeValidator
{
    private static readonly DateOnly Earliest = new(1949, 10, 1);

    /// <param name="sight">Who registers, kept to their source and area.</param>
    /// <param name="areas">The areas in force.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The dispute, or null when <paramref name="errors"/> has any.</returns>
    public static DisputeDraft? Validate(Sight sight, DisputeSubmission sent, AreaIndex areas, DateTime now, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(sight);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(errors);
        var source = FieldChecks.Source(sent.Source, errors);
        if (source is not null && sight.Source is { } own && own != source)
        {
            errors.Add("source", "NotYourSource", own);
        }

        var externalId = FieldChecks.ExternalId(sent.ExternalId, errors);
        var category = Category(sent.Category, errors);
        var risk = Word("risk", DisputeWords.Risks, sent.Risk, DisputeRisk.Blue, errors);
        if (risk != DisputeRisk.Blue && string.IsNullOrWhiteSpace(sent.RiskReason))
        {
            errors.Add("riskReason", "Required");
        }

        var title = FieldChecks.Required("title", sent.Title, IncidentLimits.Title, errors);
        var point = FieldChecks.Point(sent.Lon, sent.Lat, sent.Crs, errors);
        var draft = new DisputeDraft(
            source ?? "", externalId, category, Word("scale", DisputeWords.Scales, sent.Scale, DisputeScale.Individual, errors),
            Word("origin", DisputeWords.Origins, sent.Origin, DisputeOrigin.Other, errors), title ?? "")
        {
            RegisteredAt = FieldChecks.Instant("registeredAt", sent.RegisteredAt, now, errors),
            OccurredOn = Day("occurredOn", sent.OccurredOn, CountyTime.Day(now), errors),
            Area = Area(sight, sent.Area, point?.Location, areas, errors),
            Lon = point?.Location.Lon,
            Lat = point?.Location.Lat,
            SourceCrs = point?.Crs,
            Place = FieldChecks.Optional("place", sent.Place, IncidentLimits.Address, errors),
            Summary = FieldChecks.Optional("summary", sent.Summary, DisputeLimits.Summary, errors),
            Units = FieldChecks.Optional("units", sent.Units, DisputeLimits.Units, errors),
            People = sent.People,
            Risk = risk,
            RiskReason = FieldChecks.Optional("riskReason", sent.RiskReason, DisputeLimits.Reason, errors),
            Parties = [.. (sent.Parties ?? []).Index().Select(party => Party(party.Item, FormattableString.Invariant($"parties[{party.Index}]"), errors))],
        };
        if (sent.People is < 0 or > DisputeLimits.People)
        {
            errors.Add("people", "QueryInteger", 0, DisputeLimits.People);
        }

        return errors.Any ? null : draft;
    }

    /// <summary>Reads a word of the register.</summary>
    /// <returns>What is usual, where nothing is given or with an error.</returns>
    public static T Word<T>(string field, IReadOnlyList<DisputeWord<T>> words, string? text, T usual, FieldErrors errors)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (string.IsNullOrEmpty(text) || DisputeWords.Find(words, text) is not { } value)
        {
            if (!string.IsNullOrEmpty(text))
            {
                errors.Add(field, "NoneOf", IncidentValidator.Shortened(text), DisputeWords.Codes(words));
            }

            return usual;
        }

        return value;
    }

    private static string Category(string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            errors.Add("category", "Required");
        }
        else if (DisputeCategories.Find(text) is null)
        {
            errors.Add("category", "UnknownDisputeCategory", IncidentValidator.Shortened(text));
        }

        return text ?? "";
    }

    private static DateOnly? Day(string field, string? text, DateOnly today, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day < Earliest)
        {
            errors.Add(field, "NotADay");
            return null;
        }

        if (day > today)
        {
            errors.Add(field, "InTheFuture");
        }

        return day;
    }

    private static string? Area(Sight sight, string? named, (double Lon, double Lat)? point, AreaIndex areas, FieldErrors errors)
    {
        var code = string.IsNullOrEmpty(named) ? null : named;
        if (code is not null && areas.Find(code) is null)
        {
            errors.Add("area", "UnknownArea", IncidentValidator.Shortened(code));
            return null;
        }

        if (code is null && point is { } at)
        {
            var found = areas.Locate(at.Lon, at.Lat);
            code = found?.Grid?.Code ?? found?.Village?.Code ?? found?.Town?.Code ?? found?.County?.Code;
        }

        // What lies nowhere belongs to the whole store: whoever has a part of it could neither see nor find it again.
        if (!sight.Covers(code))
        {
            errors.Add("area", "NotYourArea", sight.Area!);
        }

        return code;
    }

    private static DisputeParty Party(PartySubmission sent, string path, FieldErrors errors)
    {
        var party = new DisputeParty(
            Word($"{path}.role", DisputeWords.Roles, sent.Role, PartyRole.Other, errors),
            FieldChecks.Optional($"{path}.name", sent.Name, IncidentLimits.ReporterName, errors),
            FieldChecks.Phone($"{path}.phone", sent.Phone, errors),
            FieldChecks.Identity($"{path}.idNumber", sent.IdNumber, errors),
            FieldChecks.Optional($"{path}.address", sent.Address, IncidentLimits.Address, errors));
        if (party is { Name: null, Phone: null, IdNumber: null, Address: null })
        {
            errors.Add(path, "PartyEmpty");
        }

        return party;
    }
}
