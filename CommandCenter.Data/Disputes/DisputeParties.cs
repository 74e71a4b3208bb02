using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Disputes;

/// <summary>The parties of disputes, sealed: how they are written, found and read.</summary>
internal static class DisputeParties
{
    // More than a dispute may have; part of the ids that are stored.
    private const int IdsEach = 64;

    /// <summary>The id of a dispute's first party; those of the next dispute begin where its own end.</summary>
    public static long FirstId(long dispute) => dispute * IdsEach;

    /// <summary>Adds what keeps a query of disputes to those with a party of that person.</summary>
    /// <param name="prefix">Of the disputes' columns: empty, or an alias and a dot.</param>
    public static void AddPerson(PersonFilter person, HashKey key, string prefix, List<string> conditions, DynamicParameters arguments)
    {
        var ofParty = new List<string>();
        PersonSql.Add(person, key, PersonColumns.Party, "p.", ofParty, arguments);
        if (ofParty.Count > 0)
        {
            conditions.Add($"{prefix}id IN (SELECT p.dispute_id FROM dispute_party p WHERE {string.Join(" AND ", ofParty)})");
        }
    }

    /// <summary>Masks what a text tells of people: numbers of all kinds, and the parties' names.</summary>
    public static string? Masked(string? text, IEnumerable<DisputeParty> parties)
    {
        if (text is null)
        {
            return null;
        }

        var masked = TextMasker.Mask(text);
        foreach (var party in parties)
        {
            masked = party.Name is null ? masked : TextMasker.Mask(masked, party.Name);
        }

        return masked;
    }

    public static void Insert(WriteSession session, long dispute, IReadOnlyList<DisputeParty> parties)
    {
        var ring = session.Dialect.Keys;
        foreach (var (i, party) in parties.Index())
        {
            var id = FirstId(dispute) + i;
            var marks = PersonMarks.Of(ring, "", party.Name, party.Phone, party.IdNumber);
            var person = SealedPerson.Of(ring, PersonColumns.Party, id, marks, party.Address, party.Name, party.Phone, party.IdNumber);
            session.Insert(
                DisputeTable.Parties,
                [id, dispute, (int)party.Role, person.Address, person.Name, person.Phone, person.IdNumber, marks.Name, marks.Phone, marks.IdNumber]);
        }
    }

    /// <summary>The parties of a dispute, opened, in their order. Those that were erased are left out.</summary>
    public static IEnumerable<DisputeParty> Open(KeyRing keys, IEnumerable<StoredParty> stored) =>
        stored.Select(row => new DisputeParty(
            row.Role,
            Sealer.OpenOrNull(keys, SealedColumn.PartyName, row.Id, row.Name),
            Sealer.OpenOrNull(keys, SealedColumn.PartyPhone, row.Id, row.Phone),
            Sealer.OpenOrNull(keys, SealedColumn.PartyId, row.Id, row.IdNumber),
            Sealer.OpenOrNull(keys, SealedColumn.PartyAddress, row.Id, row.Address)));

    /// <summary>A party for those who may not see people.</summary>
    public static DisputeParty Hidden(DisputeParty party) =>
        new(party.Role, Mask.Name(party.Name), Mask.Phone(party.Phone), Mask.IdNumber(party.IdNumber), Mask.Address(party.Address));

    /// <summary>Of one dispute: parameters are @first and @end (<see cref="FirstId"/>).</summary>
    public const string Sql =
        """
        SELECT id, role, name_sealed AS Name, phone_sealed AS Phone, id_sealed AS IdNumber, address_sealed AS Address
        FROM dispute_party
        WHERE id >= @first AND id < @end
        ORDER BY id
        """;

    /// <summary>A party as its row has it.</summary>
    internal sealed record StoredParty
    {
        public long Id { get; init; }

        public PartyRole Role { get; init; }

        public byte[]? Name { get; init; }

        public byte[]? Phone { get; init; }

        public byte[]? IdNumber { get; init; }

        public byte[]? Address { get; init; }
    }
}
