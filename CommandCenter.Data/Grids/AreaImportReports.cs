using System.Numerics;

namespace CommandCenter.Data.Grids;

/// <summary>Sums up what became of a file's features.</summary>
internal static class AreaImportReports
{
    /// <summary>A file that was refused as a whole.</summary>
    public static AreaImportReport Refused(AreaImportRequest request, DateOnly validFrom, List<AreaCandidate> read, AreaRejection rejection) =>
        new(false, request.DryRun, request.Partial, request.Crs, validFrom, read.Count, 0)
        {
            TakenByLevel = new Dictionary<AreaLevel, int>(),
            Repaired = [],
            RepairedTotal = 0,
            Rejected = [new RejectedArea(null, null, rejection)],
            RejectedTotal = 1,
            RejectedByReason = new Dictionary<AreaFault, int> { [rejection.Fault] = 1 },
            Retired = [],
            RetiredTotal = 0,
        };

    public static AreaImportReport Of(AreaImportRequest request, DateOnly validFrom, List<AreaCandidate> candidates, AreaReplacement plan)
    {
        var rejected = candidates.Where(candidate => !candidate.IsGood).ToList();
        var good = candidates.Where(candidate => candidate.IsGood).ToList();
        var accepted = good.Count > 0 && (rejected.Count == 0 || request.Partial);
        var repaired = good.Where(candidate => candidate.Repairs != AreaRepairs.None).ToList();
        var retired = accepted ? plan.Retired : [];

        // Turned rings are the most common and least interesting: what was truly mended comes first in the list.
        var listed = repaired
            .OrderByDescending(candidate => BitOperations.PopCount((uint)(candidate.Repairs & ~AreaRepairs.RingOrientation)))
            .Take(AreaImportReport.MostListed)
            .OrderBy(candidate => candidate.Index);
        return new(accepted, request.DryRun, request.Partial, request.Crs, validFrom, candidates.Count, accepted ? good.Count : 0)
        {
            TakenByLevel = accepted ? good.CountBy(candidate => candidate.Level).OrderBy(level => level.Key).ToDictionary() : [],
            Repaired = [.. listed.Select(candidate => new RepairedArea(candidate.Index, candidate.Code, candidate.Repairs))],
            RepairedTotal = repaired.Count,
            Rejected = [.. rejected.Take(AreaImportReport.MostListed).Select(candidate => new RejectedArea(candidate.Index, candidate.Code, candidate.Rejection!))],
            RejectedTotal = rejected.Count,
            RejectedByReason = rejected.CountBy(candidate => candidate.Rejection!.Fault).OrderBy(reason => reason.Key).ToDictionary(),
            Retired = [.. retired.Take(AreaImportReport.MostListed).Select(span => new RetiredArea(span.Code, span.Name))],
            RetiredTotal = retired.Count,
        };
    }
}
