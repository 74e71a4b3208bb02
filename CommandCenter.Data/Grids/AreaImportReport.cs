using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Grids;

/// <summary>How a file is to be taken.</summary>
/// <param name="Crs">The system of its coordinates.</param>
/// <param name="ValidFrom">First county day on which its areas apply; null is today.</param>
/// <param name="Partial">Take the good features although others are rejected.</param>
/// <param name="DryRun">Check everything, store nothing, and make a preview.</param>
/// <param name="Actor">Who uploads it.</param>
/// <param name="Within">Code of the area that whoever uploads is bound to: only codes below it are taken. Shapes are not compared with it.</param>
public sealed record AreaImportRequest(CoordinateSystem Crs, DateOnly? ValidFrom = null, bool Partial = false, bool DryRun = false, string Actor = "api", string? Within = null)
{
    /// <summary>300 MB, in either sense of the word.</summary>
    public const long MaxBytes = 300L * 1024 * 1024;

    /// <summary>Puts what was taken on record, in the transaction that stores it; null where nobody is answerable.</summary>
    public Action<WriteSession, AreasReplaced>? Record { get; init; }
}

/// <summary>What became of a file.</summary>
/// <param name="Accepted">Its areas are stored; of a dry run: they would be.</param>
/// <param name="Features">Features in the file, as far as it was read.</param>
/// <param name="Taken">Areas stored, or that would be.</param>
public sealed record AreaImportReport(
    bool Accepted,
    bool DryRun,
    bool Partial,
    CoordinateSystem Crs,
    DateOnly ValidFrom,
    int Features,
    int Taken)
{
    /// <summary>Lists in a report end here; the totals do not.</summary>
    public const int MostListed = 1000;

    public required IReadOnlyDictionary<AreaLevel, int> TakenByLevel { get; init; }

    public required IReadOnlyList<RepairedArea> Repaired { get; init; }

    public required int RepairedTotal { get; init; }

    public required IReadOnlyList<RejectedArea> Rejected { get; init; }

    public required int RejectedTotal { get; init; }

    public required IReadOnlyDictionary<AreaFault, int> RejectedByReason { get; init; }

    /// <summary>Areas that end where these begin, because the file lists their siblings but not them, or not what they lie in.</summary>
    public required IReadOnlyList<RetiredArea> Retired { get; init; }

    public required int RetiredTotal { get; init; }
}

/// <summary>An area that was put right.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
public sealed record RepairedArea(int Index, string? Code, AreaRepairs Repairs);

/// <summary>A feature that is not taken.</summary>
/// <param name="Index">Its place in the file, from 0; null when it is about the file as a whole.</param>
/// <param name="Code">As far as it could be read.</param>
public sealed record RejectedArea(int? Index, string? Code, AreaRejection Reason);

/// <summary>An area that ends.</summary>
public sealed record RetiredArea(string Code, string Name);

/// <summary>A report, and of a dry run what the map can show of the file.</summary>
public sealed record AreaImportResult(AreaImportReport Report, AreaPreview? Preview);
