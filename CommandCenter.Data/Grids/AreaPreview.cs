using System.Buffers;

namespace CommandCenter.Data.Grids;

/// <summary>
/// What a map can show of a file that was only checked: in WGS84, the finest level with few enough areas to draw, and outlines
/// of the levels above it. What was rejected for its place (overlap, parent, code used twice) is marked.
/// </summary>
public sealed class AreaPreview
{
    /// <summary>As many areas as one map source draws with ease.</summary>
    public const int MostDrawn = 2000;

    private readonly List<AreaCandidate> _drawn;

    internal AreaPreview(IReadOnlyList<AreaCandidate> candidates)
    {
        var shown = candidates.Where(candidate => candidate.Wkb.Length > 0).ToList();
        var levels = shown.CountBy(candidate => candidate.Level).ToDictionary();
        var finest = levels.Where(level => level.Value <= MostDrawn).Select(level => level.Key).DefaultIfEmpty().Max();
        _drawn = finest == default
            ? [.. Thinned(shown)]
            : [.. shown.Where(candidate => candidate.Level <= finest && levels[candidate.Level] <= MostDrawn)];
        IsWhole = _drawn.Count == shown.Count;
        Shown = shown.Count;
    }

    /// <summary>Whether everything that has a shape is drawn.</summary>
    public bool IsWhole { get; }

    /// <summary>How many areas are drawn.</summary>
    public int Drawn => _drawn.Count;

    /// <summary>How many features of the file have a shape.</summary>
    public int Shown { get; }

    /// <summary>GeoJSON with properties <c>code</c>, <c>name</c>, <c>level</c>, and <c>rejected</c> where it is not taken.</summary>
    public byte[] ToGeoJson()
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var writer = new GeoJsonWriter(output);
        var shapes = PackedShapes.Of([.. _drawn.Select(candidate => candidate.Wkb)]);
        writer.Begin();
        for (var i = 0; i < _drawn.Count; i++)
        {
            var candidate = _drawn[i];
            writer.Feature(candidate.Index, shapes, i, json =>
            {
                json.WriteString("code"u8, candidate.Code);
                json.WriteString("name"u8, candidate.Name);
                json.WriteString("level"u8, AreaLevels.NameOf(candidate.Level));
                if (!candidate.IsGood)
                {
                    json.WriteBoolean("rejected"u8, true);
                }
            });
        }

        writer.End();
        return output.WrittenSpan.ToArray();
    }

    // A file of grids alone, too many to draw: each n-th, those that were rejected first.
    private static IEnumerable<AreaCandidate> Thinned(List<AreaCandidate> all)
    {
        var step = (all.Count + MostDrawn - 1) / MostDrawn;
        return all.Where((candidate, i) => step == 0 || i % step == 0 || !candidate.IsGood).OrderBy(candidate => candidate.IsGood).Take(MostDrawn);
    }
}
