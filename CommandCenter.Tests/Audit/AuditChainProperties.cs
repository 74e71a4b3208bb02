using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage.Verification;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Audit;

/// <summary>Whatever single thing is done to a chain, wherever in it, it is found.</summary>
public class AuditChainProperties
{
    private static readonly OneKey Key = new("k1");

    [Fact]
    public void Any_single_field_of_any_row_that_is_changed_is_found_at_that_row() => Prop.ForAll(
        Chains().SelectMany(chain => Gen.Choose(0, chain.Count - 1).SelectMany(at => Gen.Choose(0, 11).Select(field => (Chain: chain, At: at, Field: field)))).ToArbitrary(),
        tampered =>
        {
            var rows = tampered.Chain.ToList();
            rows[tampered.At] = Changed(rows[tampered.At], tampered.Field);
            var found = Check(rows, tampered.Chain);
            return found.Any(f => f.Arguments.Contains(tampered.Chain[tampered.At].Sequence) || f.Arguments.Contains(tampered.Chain[tampered.At].Sequence + 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_row_that_is_removed_doubled_or_swapped_is_found() => Prop.ForAll(
        Chains().SelectMany(chain => Gen.Choose(0, chain.Count - 1).SelectMany(at => Gen.Choose(0, 2).Select(way => (Chain: chain, At: at, Way: way)))).ToArbitrary(),
        tampered =>
        {
            var rows = tampered.Chain.ToList();
            switch (tampered.Way)
            {
                case 0:
                    rows.RemoveAt(tampered.At);
                    break;
                case 1:
                    // A row in the place of another, with its number.
                    rows[tampered.At] = tampered.Chain[(tampered.At + 1) % rows.Count] with { Sequence = tampered.Chain[tampered.At].Sequence };
                    return rows.Count == 1 || Check(rows, tampered.Chain).Count > 0;
                default:
                    var other = (tampered.At + 1) % rows.Count;
                    (rows[tampered.At], rows[other]) = (rows[other] with { Sequence = rows[tampered.At].Sequence }, rows[tampered.At] with { Sequence = rows[other].Sequence });
                    return rows.Count == 1 || Check(rows, tampered.Chain).Count > 0;
            }

            return Check(rows, tampered.Chain).Count > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_chain_that_nobody_touched_has_no_finding() =>
        Prop.ForAll(Chains().ToArbitrary(), chain => Check(chain, chain).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_that_are_moved_from_one_field_to_the_next_are_another_row() => Prop.ForAll<string, string>((one, two) =>
    {
        var row = new AuditRow(1, "t", one ?? "", two ?? "", "", 1, null, null, 1, "k1", AuditSeal.Genesis, "");
        var moved = row with { Subject = row.Subject + row.Action, Action = "" };
        return row.Action.Length == 0 || AuditSeal.OfRow(row, Key) != AuditSeal.OfRow(moved, Key);
    }).QuickCheckThrowOnFailure();

    private static Gen<List<AuditRow>> Chains() =>
        from texts in Gen.NonEmptyListOf(
            from subject in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from detail in ArbMap.Default.GeneratorFor<string?>()
            from times in Gen.Choose(1, 500)
            select (Subject: subject.Get, Detail: detail, Times: times))
        select Sealed([.. texts]);

    private static List<AuditRow> Sealed(List<(string Subject, string? Detail, int Times)> texts)
    {
        var (rows, hash) = (new List<AuditRow>(), AuditSeal.Genesis);
        foreach (var (subject, detail, times) in texts)
        {
            var row = new AuditRow(
                rows.Count + 1, $"2026-11-22T00:00:00.{rows.Count % 1000:000}Z", AuditRow.Fitting(subject, "subject")!, "session.begin", "o", 1, null,
                AuditRow.Fitting(detail, "detail"), times, "k1", hash, "");
            hash = AuditSeal.OfRow(row, Key)!;
            rows.Add(row with { Hash = hash });
        }

        return rows;
    }

    private static AuditRow Changed(AuditRow row, int field) => field switch
    {
        0 => row with { Sequence = row.Sequence + 1_000_000 },
        1 => row with { At = "2026-11-22T00:00:01.000Z" },
        2 => row with { Subject = row.Subject + " " },
        3 => row with { Action = "session.end" },
        4 => row with { Object = "" },
        5 => row with { Result = 3 },
        6 => row with { Address = "" },
        7 => row with { Detail = row.Detail is null ? "" : null },
        8 => row with { Times = row.Times + 1 },
        9 => row with { KeyId = "" },
        10 => row with { PreviousHash = row.PreviousHash.Replace(row.PreviousHash[0], row.PreviousHash[0] == 'a' ? 'b' : 'a') },
        _ => row with { Hash = AuditSeal.Genesis[..63] + "1" },
    };

    /// <summary>As the check of a database does, with the head of the chain as it was.</summary>
    private static List<(FindingKind Kind, object[] Arguments)> Check(List<AuditRow> rows, List<AuditRow> sealedRows)
    {
        var found = new List<(FindingKind, object[])>();
        var check = new AuditChainCheck(Key, 0, AuditSeal.Genesis, (kind, arguments) => found.Add((kind, arguments)));
        rows.ForEach(check.Next);
        if (check.Through != sealedRows[^1].Sequence || check.Hash != sealedRows[^1].Hash)
        {
            found.Add((FindingKind.AuditRowsMissing, [sealedRows[^1].Sequence]));
        }

        return found;
    }
}
