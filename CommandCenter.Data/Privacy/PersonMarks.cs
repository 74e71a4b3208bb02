using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// What is stored of the people of one report and does not depend on its row: hashes to find them by, and the title as walls show it.
/// Made before a report waits for its turn to be written, because only one is written at a time.
/// </summary>
/// <param name="WallTitle">Null where the title tells nothing of people.</param>
internal readonly record struct PersonMarks(byte[]? Name, byte[]? Phone, byte[]? IdNumber, string? WallTitle)
{
    public static PersonMarks Of(KeyRing ring, string title, string? name, string? phone, string? idNumber)
    {
        var wallTitle = TextMasker.Mask(title, name);
        var shown = ReferenceEquals(wallTitle, title) ? null : wallTitle;
        if (name is null && phone is null && idNumber is null)
        {
            return new PersonMarks(null, null, null, shown);
        }

        var key = ring.Keys.Hash;
        return new PersonMarks(PersonHash.Name(key, name), PersonHash.Phone(key, phone), PersonHash.IdNumber(key, idNumber), shown);
    }

    public static PersonMarks Of(KeyRing ring, IncidentReport report) =>
        Of(ring, report.Title, report.ReporterName, report.ReporterPhone, report.ReporterIdNumber);
}
