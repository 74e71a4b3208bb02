using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Grids;

/// <summary>The GeoJSON of areas, made once for each boundary version and kept as it is sent.</summary>
internal sealed class AreaDocuments(AreaDirectory directory)
{
    private const int MostKept = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<(AreaIndex Index, AreaLevel? Level, string Within, Lazy<AreaDocument> Document)> _kept = [];

    /// <param name="within">Code of an area, or "" for everywhere.</param>
    public AreaDocument Of(AreaIndex index, AreaLevel? level, string within)
    {
        Lazy<AreaDocument> document;
        lock (_lock)
        {
            var node = _kept.First;
            while (node is not null && !(ReferenceEquals(node.Value.Index, index) && node.Value.Level == level && node.Value.Within == within))
            {
                node = node.Next;
            }

            if (node is null)
            {
                node = new((index, level, within, new(() => new AreaDocument(Chosen(index, level, within)))));
                Forget(index);
            }
            else
            {
                _kept.Remove(node);
            }

            _kept.AddFirst(node);
            document = node.Value.Document;
        }

        return document.Value;
    }

    // A document holds on to its boundary version: of all but the current one and the one just asked for, that is memory for nothing.
    private void Forget(AreaIndex asked)
    {
        for (var node = _kept.First; node is not null;)
        {
            var next = node.Next;
            if (!ReferenceEquals(node.Value.Index, asked) && !ReferenceEquals(node.Value.Index, directory.Current))
            {
                _kept.Remove(node);
            }

            node = next;
        }

        if (_kept.Count == MostKept)
        {
            _kept.RemoveLast();
        }
    }

    private static List<Area> Chosen(AreaIndex index, AreaLevel? level, string within) =>
        level is { } one ? [.. index.Of(one, within)] : [.. Enum.GetValues<AreaLevel>().SelectMany(each => index.Of(each, within))];
}
