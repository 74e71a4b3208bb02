using System.Text;

namespace CommandCenter.Data.Privacy;

/// <summary>A column that is sealed. Its name and its table's go into each seal, so that a value opens in no other column.</summary>
public sealed class SealedColumn
{
    public static readonly SealedColumn Address = new("incident", "address");
    public static readonly SealedColumn ReporterName = new("incident", "reporter_name");
    public static readonly SealedColumn ReporterPhone = new("incident", "reporter_phone");
    public static readonly SealedColumn ReporterId = new("incident", "reporter_id");
    public static readonly SealedColumn DisputePlace = new("dispute", "place");
    public static readonly SealedColumn PartyAddress = new("dispute_party", "address");
    public static readonly SealedColumn PartyName = new("dispute_party", "name");
    public static readonly SealedColumn PartyPhone = new("dispute_party", "phone");
    public static readonly SealedColumn PartyId = new("dispute_party", "id");

    private SealedColumn(string table, string name)
    {
        Name = $"{name}_sealed";
        Purpose = Encoding.ASCII.GetBytes($"{table}.{Name}:");
    }

    public string Name { get; }

    internal byte[] Purpose { get; }
}

/// <summary>A table with sealed columns. What looks through everything that is sealed goes by these, and by nothing else.</summary>
/// <param name="Name">Its key is the column id.</param>
/// <param name="Number">Expression, on the table named t, for what people call the row.</param>
/// <param name="IsPlain">Condition under which people stand in it as plain text; a table that never had such columns has none.</param>
public sealed record SealedTable(string Name, string Number, IReadOnlyList<SealedColumn> Columns, string IsPlain = "0 = 1")
{
    public static readonly SealedTable Incidents = new(
        "incident",
        "t.number",
        [SealedColumn.Address, SealedColumn.ReporterName, SealedColumn.ReporterPhone, SealedColumn.ReporterId],
        "t.address IS NOT NULL OR t.reporter_name IS NOT NULL OR t.reporter_phone IS NOT NULL");

    public static readonly SealedTable Disputes = new("dispute", "t.number", [SealedColumn.DisputePlace]);

    public static readonly SealedTable Parties = new(
        "dispute_party",
        "(SELECT d.number FROM dispute d WHERE d.id = t.dispute_id)",
        [SealedColumn.PartyAddress, SealedColumn.PartyName, SealedColumn.PartyPhone, SealedColumn.PartyId]);

    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<SealedTable> All = [Incidents, Disputes, Parties];

    /// <summary>Its sealed columns, as a statement names them.</summary>
    internal string ColumnList { get; } = string.Join(", ", Columns.Select(column => column.Name));
}

/// <summary>Where the four things that are known of a person stand.</summary>
internal sealed record PersonColumns(SealedColumn Address, SealedColumn Name, SealedColumn Phone, SealedColumn IdNumber, string NameHash, string PhoneHash, string IdHash)
{
    public static readonly PersonColumns Reporter = new(
        SealedColumn.Address, SealedColumn.ReporterName, SealedColumn.ReporterPhone, SealedColumn.ReporterId, "reporter_name_hash", "reporter_phone_hash", "reporter_id_hash");

    public static readonly PersonColumns Party = new(
        SealedColumn.PartyAddress, SealedColumn.PartyName, SealedColumn.PartyPhone, SealedColumn.PartyId, "name_hash", "phone_hash", "id_hash");
}
