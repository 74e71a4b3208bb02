using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Privacy;

/// <summary>What is stored of one person: sealed texts, and what does not depend on the row.</summary>
internal readonly record struct SealedPerson(byte[]? Address, byte[]? Name, byte[]? Phone, byte[]? IdNumber, PersonMarks Marks)
{
    /// <param name="id">Of the row.</param>
    public static SealedPerson Of(KeyRing ring, PersonColumns columns, long id, in PersonMarks marks, string? address, string? name, string? phone, string? idNumber)
    {
        if (address is null && name is null && phone is null && idNumber is null)
        {
            return new SealedPerson(null, null, null, null, marks);
        }

        var key = ring.Keys.Current;
        return new SealedPerson(
            Sealer.Seal(key, columns.Address, id, address),
            Sealer.Seal(key, columns.Name, id, name),
            Sealer.Seal(key, columns.Phone, id, phone),
            Sealer.Seal(key, columns.IdNumber, id, idNumber),
            marks);
    }

    public static SealedPerson Of(KeyRing ring, long id, in PersonMarks marks, IncidentReport report) =>
        Of(ring, PersonColumns.Reporter, id, marks, report.Address, report.ReporterName, report.ReporterPhone, report.ReporterIdNumber);
}
