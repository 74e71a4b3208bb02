using System.ComponentModel;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>A dispute as it was sent, in nobody's checking yet.</summary>
public sealed record DisputeSubmission
{
    [Description("Code of the sender: letters, digits, '.', '_', '-'; at most 32 characters.")]
    public string? Source { get; init; }

    [Description("The sender's own id; the same source and externalId again is answered with the first dispute. At most 128 characters.")]
    public string? ExternalId { get; init; }

    [Description("Category code, 01 to 18 or 99.")]
    public string? Category { get; init; }

    [Description("individual (when not given), group or majorGroup.")]
    public string? Scale { get; init; }

    [Description("ownInitiative, application, court, procuratorate, police, petitionOffice or other (when not given).")]
    public string? Origin { get; init; }

    [Description("About what, in a line; at most 200 characters. Nobody's name, please: it stands in lists.")]
    public string? Title { get; init; }

    [Description("What it is about; at most 4,000 characters.")]
    public string? Summary { get; init; }

    [Description("Organisations that are involved; at most 500 characters.")]
    public string? Units { get; init; }

    [Description("How many people are involved.")]
    public int? People { get; init; }

    [Description("The day on which it arose, yyyy-MM-dd.")]
    public string? OccurredOn { get; init; }

    [Description("When it was registered elsewhere first, ISO 8601; its age counts from then. Now when not given.")]
    public string? RegisteredAt { get; init; }

    [Description("Code of the county, town, village or grid where it is; found by the point when not given.")]
    public string? Area { get; init; }

    [Description("Longitude in degrees.")]
    public double? Lon { get; init; }

    [Description("Latitude in degrees.")]
    public double? Lat { get; init; }

    [Description("Coordinate system of the point: wgs84 (when not given), cgcs2000, gcj02 or bd09.")]
    public string? Crs { get; init; }

    [Description("Where it is, in words; at most 300 characters. Stored encrypted.")]
    public string? Place { get; init; }

    [Description("red, orange, yellow or blue (when not given).")]
    public string? Risk { get; init; }

    [Description("Why that risk; at most 400 characters. Owed for all but blue.")]
    public string? RiskReason { get; init; }

    [Description("Who is in dispute, at most 50. Stored encrypted.")]
    public IReadOnlyList<PartySubmission>? Parties { get; init; }

    /// <summary>Reads a dispute from JSON, and complains about all of it at once.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>What could be read; null with errors when it is no JSON object at all.</returns>
    public static DisputeSubmission? Read(ReadOnlySpan<byte> json, FieldErrors errors) => JsonFields.Read(json, errors, fields => new DisputeSubmission
    {
        Source = fields.Text("source"),
        ExternalId = fields.Text("externalId"),
        Category = fields.Text("category"),
        Scale = fields.Text("scale"),
        Origin = fields.Text("origin"),
        Title = fields.Text("title"),
        Summary = fields.Text("summary"),
        Units = fields.Text("units"),
        People = (int?)fields.WholeNumber("people", 0, DisputeLimits.People),
        OccurredOn = fields.Text("occurredOn"),
        RegisteredAt = fields.Text("registeredAt"),
        Area = fields.Text("area"),
        Lon = fields.Number("lon"),
        Lat = fields.Number("lat"),
        Crs = fields.Text("crs"),
        Place = fields.Text("place"),
        Risk = fields.Text("risk"),
        RiskReason = fields.Text("riskReason"),
        Parties = fields.Objects("parties", DisputeLimits.Parties, party => new PartySubmission(
            party.Text("role"), party.Text("name"), party.Text("phone"), party.Text("idNumber"), party.Text("address"))),
    });
}

/// <summary>A party as it was sent.</summary>
public sealed record PartySubmission(
    [property: Description("applicant, respondent or other (when not given).")] string? Role,
    [property: Description("Name of a person or organisation; at most 64 characters.")] string? Name,
    [property: Description("Phone; at most 32 characters.")] string? Phone,
    [property: Description("Identity number, with the right check digit.")] string? IdNumber,
    [property: Description("Address; at most 300 characters.")] string? Address);
