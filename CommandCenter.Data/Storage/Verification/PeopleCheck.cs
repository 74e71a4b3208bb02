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

                foreach (var table in SealedTable.All)
                {
                    using var rows = await store.Dialect.OpenRowsAsync(
                        connection,
                        null,
                        $"SELECT t.id, COALESCE({table.Number}, ''), CASE WHEN {table.IsPlain} THEN 1 ELSE 0 END, {table.ColumnList} FROM {table.Name} t ORDER BY t.id",
                        [],
                        cancellationToken,
                        secondsToAnswer: 0);
                    while (rows.Read())
                    {
                        findings.LookedAtOne();
                        Look(rows, table, store.Dialect.Keys, missing, findings);
                    }
                }

                return true;
            },
            cancellationToken);

    private static void Look(RowReader row, SealedTable table, KeyRing keys, IReadOnlyList<string> missing, FindingList findings)
    {
        var id = row.Int64(0);
        if (row.Int64(2) != 0)
        {
            findings.Add(FindingKind.PersonNotSealed, id, row.Text(1));
        }

        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (row.IsNull(3 + i))
            {
                continue;
            }

            var column = table.Columns[i];
            var value = row.Bytes(3 + i);
            switch (Sealer.Open(keys, column, id, value, out _))
            {
                // A key that is away is told once: it would hide everything else below a line for each value.
                case SealState.KeyMissing when missing.Contains($"seal {Sealer.KeyId(value):x8}", StringComparer.Ordinal):
                    break;
                case SealState.KeyMissing:
                    findings.Add(FindingKind.SealWithoutKey, id, row.Text(1), $"{table.Name}.{column.Name}", $"{Sealer.KeyId(value):x8}");
                    break;
                case SealState.Broken:
                    findings.Add(FindingKind.SealBroken, id, row.Text(1), $"{table.Name}.{column.Name}");
                    break;
                case SealState.Opened:
                default:
                    break;
            }
        }
    }
}
