using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Incidents;

/// <summary>An incident as its row has it, people sealed.</summary>
internal sealed record StoredIncident : Incident
{
    public byte[]? AddressSealed { get; init; }

    public byte[]? NameSealed { get; init; }

    public byte[]? PhoneSealed { get; init; }

    public byte[]? IdNumberSealed { get; init; }

    public string? WallTitle { get; init; }

    /// <summary>The incident for one reader: people as they are, or masked everywhere, in free text too.</summary>
    public Incident For(bool persons, KeyRing keys)
    {
        var name = Sealer.OpenOrNull(keys, SealedColumn.ReporterName, Id, NameSealed);
        var phone = Sealer.OpenOrNull(keys, SealedColumn.ReporterPhone, Id, PhoneSealed);
        var idNumber = Sealer.OpenOrNull(keys, SealedColumn.ReporterId, Id, IdNumberSealed);
        var address = Sealer.OpenOrNull(keys, SealedColumn.Address, Id, AddressSealed);
        return this with
        {
            Title = persons ? Title : WallTitle ?? Title,
            Description = persons || Description is null ? Description : TextMasker.Mask(Description, name),
            Address = persons ? address : Mask.Address(address),
            ReporterName = persons ? name : Mask.Name(name),
            ReporterPhone = persons ? phone : Mask.Phone(phone),
            ReporterIdNumber = persons ? idNumber : Mask.IdNumber(idNumber),
            AddressSealed = null,
            NameSealed = null,
            PhoneSealed = null,
            IdNumberSealed = null,
            WallTitle = null,
        };
    }
}
