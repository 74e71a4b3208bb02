using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>What is stored of people is sealed, and opens with the keys of the key file.</summary>
internal sealed class PeopleCheck : DatabaseCheck
{
    public override string Name => "people";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                var missing = await KeyRegister.MissingAsync(connection, store.Dialect.Keys.Reload());
                foreach (var key in missing)
                {
                    findings.Add(FindingKind.KeyMissing, key);
                }

                var sealedColumns = string.Join(", ", SealedColumn.All.Select(column => column.Name));
                using var rows = await store.Dialect.OpenRowsAsync(
                    connection,
                    null,
                    $"SELECT id, number, COALESCE(address, reporter_name, reporter_phone), {sealedColumns} FROM incident ORDER BY id",
                    [],
                    cancellationToken,
                    secondsToAnswer: 0);
                while (rows.Read())
                {
                    findings.LookedAtOne();
                    Look(rows, store.Dialect.Keys, missing, findings);
                }

                return true;
            },
            cancellationToken);

    private static void Look(RowReader row, KeyRing keys, IReadOnlyList<string> missing, FindingList findings)
    {
        var id = row.Int64(0);
        if (!row.IsNull(2))
        {
            findings.Add(FindingKind.PersonNotSealed, id, row.Text(1));
        }

        for (var i = 0; i < SealedColumn.All.Count; i++)
        {
            if (row.IsNull(3 + i))
            {
                continue;
            }

            var column = SealedColumn.All[i];
            var value = row.Bytes(3 + i);
            switch (Sealer.Open(keys, column, id, value, out _))
            {
                // A key that is away is told once: it would hide everything else below a line for each value.
                case SealState.KeyMissing when missing.Contains($"seal {Sealer.KeyId(value):x8}", StringComparer.Ordinal):
                    break;
                case SealState.KeyMissing:
                    findings.Add(FindingKind.SealWithoutKey, id, row.Text(1), column.Name, $"{Sealer.KeyId(value):x8}");
                    break;
                case SealState.Broken:
                    findings.Add(FindingKind.SealBroken, id, row.Text(1), column.Name);
                    break;
                case SealState.Opened:
                default:
                    break;
            }
        }
    }
}
