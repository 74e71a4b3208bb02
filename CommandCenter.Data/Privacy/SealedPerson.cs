using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Privacy;

/// <summary>What is stored of the people of one report: sealed texts, hashes to find them by, and the title as walls show it.</summary>
/// <param name="WallTitle">Null where the title tells nothing of people.</param>
internal readonly record struct SealedPerson(
    byte[]? Address, byte[]? Name, byte[]? Phone, byte[]? IdNumber, byte[]? NameHash, byte[]? PhoneHash, byte[]? IdHash, string? WallTitle)
{
    /// <param name="id">Of the incident.</param>
    public static SealedPerson Of(KeyRing ring, long id, string title, string? address, string? name, string? phone, string? idNumber)
    {
        var wallTitle = TextMasker.Mask(title, name);
        var stored = new SealedPerson(null, null, null, null, null, null, null, ReferenceEquals(wallTitle, title) ? null : wallTitle);
        if (address is null && name is null && phone is null && idNumber is null)
        {
            return stored;
        }

        var keys = ring.Keys;
        return stored with
        {
            Address = Sealer.Seal(keys.Current, SealedColumn.Address, id, address),
            Name = Sealer.Seal(keys.Current, SealedColumn.ReporterName, id, name),
            Phone = Sealer.Seal(keys.Current, SealedColumn.ReporterPhone, id, phone),
            IdNumber = Sealer.Seal(keys.Current, SealedColumn.ReporterId, id, idNumber),
            NameHash = PersonHash.Name(keys.Hash, name),
            PhoneHash = PersonHash.Phone(keys.Hash, phone),
            IdHash = PersonHash.IdNumber(keys.Hash, idNumber),
        };
    }

    public static SealedPerson Of(KeyRing ring, long id, IncidentReport report) =>
        Of(ring, id, report.Title, report.Address, report.ReporterName, report.ReporterPhone, report.ReporterIdNumber);
}
