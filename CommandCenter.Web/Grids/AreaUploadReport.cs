using System.ComponentModel;
using System.Text.Json;
using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Grids;

/// <summary>The answer to an upload of areas.</summary>
public sealed record AreaUploadReport(
    [property: Description("Its areas are stored; of a dry run: they would be.")] bool Accepted,
    [property: Description("It was only checked.")] bool DryRun,
    [property: Description("Good features were taken although others were rejected.")] bool Partial,
    [property: Description("The system the coordinates were read in.")] string Crs,
    [property: Description("First county day on which the areas apply.")] DateOnly ValidFrom,
    [property: Description("Features in the file.")] int Features,
    [property: Description("Areas stored, or that would be.")] int Taken,
    [property: Description("The same by level.")] IReadOnlyDictionary<string, int> TakenByLevel,
    [property: Description("Areas that were put right, at most 1,000 of them.")] IReadOnlyList<AreaUploadReport.Repair> Repaired,
    [property: Description("How many were put right in all.")] int RepairedTotal,
    [property: Description("Features not taken and why, at most 1,000 of them.")] IReadOnlyList<AreaUploadReport.Rejection> Rejected,
    [property: Description("How many were not taken in all.")] int RejectedTotal,
    [property: Description("How many were rejected for each reason.")] IReadOnlyDictionary<string, int> RejectedByReason,
    [property: Description("Areas that end where these begin, at most 1,000 of them.")] IReadOnlyList<AreaUploadReport.Ended> Retired,
    [property: Description("How many end in all.")] int RetiredTotal,
    [property: Description("Of a dry run: where a map finds what to show of the file, for ten minutes.")] string? Preview,
    [property: Description("Whether the preview shows every area of the file.")] bool? PreviewIsWhole)
{
    internal static AreaUploadReport Of(AreaImportReport report, (string Token, bool IsWhole)? preview) => new(
        report.Accepted,
        report.DryRun,
        report.Partial,
        CoordinateTransform.NameOf(report.Crs),
        report.ValidFrom,
        report.Features,
        report.Taken,
        report.TakenByLevel.ToDictionary(level => AreaLevels.NameOf(level.Key), level => level.Value),
        [.. report.Repaired.Select(repaired => new Repair(repaired.Index, repaired.Code, Names(repaired.Repairs)))],
        report.RepairedTotal,
        [.. report.Rejected.Select(rejected => new Rejection(
            rejected.Index, rejected.Code, Name(rejected.Reason.Fault), new Message(rejected.Reason.Zh, rejected.Reason.En)))],
        report.RejectedTotal,
        report.RejectedByReason.ToDictionary(reason => Name(reason.Key), reason => reason.Value),
        [.. report.Retired.Select(retired => new Ended(retired.Code, retired.Name))],
        report.RetiredTotal,
        preview is { } kept ? $"/api/v1/areas/previews/{kept.Token}" : null,
        preview?.IsWhole);

    private static List<string> Names(AreaRepairs repairs) =>
        [.. Enum.GetValues<AreaRepairs>().Where(repair => repair != AreaRepairs.None && repairs.HasFlag(repair)).Select(repair => Name(repair))];

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <param name="Index">Place of the feature in the file, from 0.</param>
    /// <param name="Repairs">ringClosed, ringOrientation, duplicatePoints, selfTouch, smallCrossing, partsMerged, takenFromCollection, collapsedRingDropped.</param>
    public sealed record Repair(
        [property: Description("Place of the feature in the file, from 0.")] int Index,
        [property: Description("Code of the area.")] string? Code,
        [property: Description("What was put right: ringClosed, ringOrientation, duplicatePoints, selfTouch, smallCrossing, partsMerged, takenFromCollection, collapsedRingDropped.")]
        IReadOnlyList<string> Repairs);

    public sealed record Rejection(
        [property: Description("Place of the feature in the file, from 0; null when it is about the file as a whole.")] int? Index,
        [property: Description("As far as it could be read.")] string? Code,
        [property: Description(
            "notFeatureCollection, noFeatures, unsupportedCrs, notFeature, noGeometry, wrongGeometryType, malformedCoordinates, noArea, selfCrossing, "
            + "coordinatesOutOfRange, latLonSwapped, projectedMetres, missingProperty, badProperty, badCode, duplicateCode, unknownParent or overlap.")]
        string Reason,
        [property: Description("The same for people, in both languages.")] Message Message);

    /// <summary>For people, in both languages.</summary>
    public sealed record Message([property: Description("Chinese.")] string Zh, [property: Description("English.")] string En);

    public sealed record Ended([property: Description("Code of the area.")] string Code, [property: Description("Its name.")] string Name);
}
