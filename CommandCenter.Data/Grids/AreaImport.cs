using System.Text.Json;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Takes a GeoJSON file of areas: reads it as it comes in, checks every feature on all cores, works out what it replaces, and
/// stores it with its event in one transaction.
/// </summary>
public sealed class AreaImport(Store store, AreaDirectory directory) : IDisposable
{
    // A file rejected in part leaves stored areas standing that it would have replaced, on which further ones may lie.
    private const int MostRounds = 8;

    // One file at a time: each may need half a gigabyte, and they would wait for one another at the store anyway.
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Checks a file and, unless it is a dry run or is refused, stores it and refreshes the directory.</summary>
    /// <exception cref="JsonException">Not JSON; says where. Nothing was kept.</exception>
    /// <exception cref="AreaFileTooLargeException">More than <see cref="AreaImportRequest.MaxBytes"/>. Nothing was kept.</exception>
    /// <exception cref="StoreUnavailableException">The store can't take it. Nothing was kept.</exception>
    public async Task<AreaImportResult> RunAsync(Stream body, AreaImportRequest request, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var validFrom = request.ValidFrom ?? directory.Today;
            var (candidates, rejection) = await ReadAsync(body, request.Crs, cancellationToken);
            if (rejection is not null)
            {
                return new(AreaImportReports.Refused(request, validFrom, candidates, rejection), null);
            }

            RejectDuplicates(candidates);
            RejectOutside(candidates, request.Within);
            while (true)
            {
                var stored = await AreaReplacementWriter.ReadAsync(store, validFrom, cancellationToken);
                var plan = await CheckAsync(candidates, stored, validFrom, cancellationToken);
                var report = AreaImportReports.Of(request, validFrom, candidates, plan);
                if (request.DryRun || !report.Accepted)
                {
                    return new(report, request.DryRun ? new AreaPreview(candidates) : null);
                }

                if (await store.WriteAsync(
                    session => AreaReplacementWriter.Write(session, plan, request, validFrom, report.RepairedTotal, stored.LastUpload), cancellationToken) is not null)
                {
                    await directory.RefreshAsync(CancellationToken.None);
                    return new(report, null);
                }

                // Another node stored an upload meanwhile: what depends on the stored areas is judged anew.
                foreach (var candidate in candidates.Where(candidate => candidate.Rejection?.Fault is AreaFault.UnknownParent or AreaFault.Overlap))
                {
                    candidate.Rejection = null;
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static async Task<(List<AreaCandidate> Candidates, AreaRejection? Rejection)> ReadAsync(Stream body, CoordinateSystem crs, CancellationToken cancellationToken)
    {
        var scanner = new AreaFileScanner(body, AreaImportRequest.MaxBytes);
        var candidates = new List<AreaCandidate>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(scanner.ReadAsync(cancellationToken), options, (batch, _) =>
        {
            var reader = new AreaFeatureReader(crs);
            var read = new List<AreaCandidate>(batch.Count);
            for (var i = 0; i < batch.Count; i++)
            {
                read.Add(reader.Read(batch[i], batch.FirstIndex + i));
            }

            lock (candidates)
            {
                candidates.AddRange(read);
            }

            return ValueTask.CompletedTask;
        });

        candidates.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        return (candidates, scanner.Rejection);
    }

    private static void RejectDuplicates(List<AreaCandidate> candidates)
    {
        var first = new Dictionary<string, int>(candidates.Count, StringComparer.Ordinal);
        foreach (var candidate in candidates.Where(candidate => !string.IsNullOrEmpty(candidate.Code)))
        {
            if (!first.TryAdd(candidate.Code!, candidate.Index))
            {
                candidate.Rejection ??= AreaRejection.DuplicateCode(candidate.Code!, first[candidate.Code!]);
            }
        }
    }

    // A town itself is one of the county's set, of which the file would be all there is; a county stands for itself.
    private static void RejectOutside(List<AreaCandidate> candidates, string? own)
    {
        foreach (var candidate in candidates.Where(candidate => own is not null && !string.IsNullOrEmpty(candidate.Code)))
        {
            var isInside = candidate.Code!.StartsWith(own!, StringComparison.Ordinal) && (candidate.Code.Length > own!.Length || candidate.Level == AreaLevel.County);
            if (!isInside)
            {
                candidate.Rejection ??= AreaRejection.OutsideYourArea(candidate.Code, own!);
            }
        }
    }

    private async Task<AreaReplacement> CheckAsync(List<AreaCandidate> candidates, StoredAreas stored, DateOnly validFrom, CancellationToken cancellationToken)
    {
        await directory.RefreshAsync(cancellationToken);
        var index = stored.Spans.Count == 0 ? AreaIndex.Empty : await directory.OnAsync(validFrom, cancellationToken);
        var grids = candidates.Where(candidate => candidate.Level == AreaLevel.Grid);
        for (var round = 1; ; round++)
        {
            var plan = AreaReplacement.Plan(stored, candidates, validFrom);
            var good = grids.Where(grid => grid.IsGood).ToList();
            GridOverlaps.Check(good, [.. index.Of(AreaLevel.Grid).Where(grid => plan.Stands(grid.Code))], cancellationToken);
            if (good.TrueForAll(grid => grid.IsGood) || round == MostRounds)
            {
                return round == MostRounds ? AreaReplacement.Plan(stored, candidates, validFrom) : plan;
            }
        }
    }
}
