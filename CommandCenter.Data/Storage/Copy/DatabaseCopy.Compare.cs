using System.Security.Cryptography;

namespace CommandCenter.Data.Storage.Copy;

public static partial class DatabaseCopy
{
    private static async Task<List<CopiedTable>> CompareAllAsync(
        Source source, CopyTarget target, Dictionary<string, long> copied, Action<CopyStep> progress, CancellationToken cancellationToken)
    {
        var tables = new List<CopiedTable>();
        foreach (var table in StoreTables.All)
        {
            var (rows, hash) = await CompareAsync(source, target, table, progress, cancellationToken);
            tables.Add(new CopiedTable(table.Name, rows, copied.GetValueOrDefault(table.Name), hash));
        }

        return tables;
    }

    // Run again after it was finished, as a script does that does not know. Other data shows in how many rows there are, mostly.
    private static async Task<List<CopiedTable>> SameAsync(Source source, CopyTarget target, string filled, Action<CopyStep> progress, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var table in StoreTables.All)
            {
                if (await source.CountAsync(table) != await target.CountAsync(table))
                {
                    throw new OperationRefusedException(RefusalReason.CopyDiffers, table.Name, "");
                }
            }

            return await CompareAllAsync(source, target, [], progress, cancellationToken);
        }
        catch (OperationRefusedException e) when (e.Reason == RefusalReason.CopyDiffers)
        {
            throw new OperationRefusedException(RefusalReason.NotEmpty, target.Dialect.DatabaseName, filled);
        }
    }

    // Both are read side by side: a sum would only say that something differs, not where.
    private static async Task<(long Rows, string Sha256)> CompareAsync(
        Source source, CopyTarget target, StoreTable table, Action<CopyStep> progress, CancellationToken cancellationToken)
    {
        var total = await source.CountAsync(table);
        using var right = await CopiedRows.OpenAsync(source.Dialect, source.Connection, source.Moment, table, null, cancellationToken);
        using var copy = await CopiedRows.OpenAsync(target.Dialect, target.Connection, null, table, null, cancellationToken);
        using var hash = new RowHash();
        var rows = 0L;
        while (true)
        {
            var hasRight = right.Next();
            var hasCopy = copy.Next();
            if (!hasRight && !hasCopy)
            {
                progress(new CopyStep(table.Name, IsComparison: true, rows, total));
                return (rows, hash.End());
            }

            if (hasRight != hasCopy || !right.Same(copy))
            {
                throw new OperationRefusedException(RefusalReason.CopyDiffers, table.Name, (hasRight ? right : copy).KeyText());
            }

            hash.Add(right);
            if (++rows % RowsAtOnce == 0)
            {
                progress(new CopyStep(table.Name, IsComparison: true, rows, total));
            }
        }
    }

    private sealed class RowHash : IDisposable
    {
        // Many rows at once: each call of the hash costs as much as a row.
        private const int Most = 1 << 16;

        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly MemoryStream _bytes = new();
        private readonly BinaryWriter _writer;

        public RowHash() => _writer = new BinaryWriter(_bytes);

        public void Add(CopiedRows row)
        {
            row.WriteTo(_writer);
            if (_bytes.Length >= Most)
            {
                Pass();
            }
        }

        public string End()
        {
            Pass();
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public void Dispose()
        {
            _writer.Dispose();
            _hash.Dispose();
        }

        private void Pass()
        {
            _writer.Flush();
            _hash.AppendData(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length));
            _bytes.SetLength(0);
        }
    }
}
