using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Finds grids that lie on one another by more than the tolerance. Of two, the later in the file is refused; a stored grid that
/// stays in force comes before every one in the file.
/// </summary>
internal static class GridOverlaps
{
    /// <summary>The share of the smaller grid that two may have in common: digitised neighbours rarely meet to the centimetre.</summary>
    public const double Tolerance = 0.01;

    // Enough to find an earlier one that is itself taken; a file in which everything lies on everything must not take for ever.
    private const int MostPerGrid = 16;
    private const double MetresPerDegree = 111_195;

    /// <summary>Marks the candidates that overlap an earlier one.</summary>
    /// <param name="candidates">Good grids, in the order of the file.</param>
    /// <param name="standing">Stored grids that stay in force.</param>
    public static void Check(IReadOnlyList<AreaCandidate> candidates, IReadOnlyList<Area> standing, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return;
        }

        var shapes = PackedShapes.Of([.. candidates.Select(candidate => candidate.Wkb)]);
        var field = new Field(shapes, candidates.Count, standing);
        var hits = new Hit[]?[candidates.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, candidates.Count, options, () => new OverlapArea(), (i, _, overlap) =>
        {
            var search = new Search(field, standing.Count + i, overlap);
            var box = field.Boxes[standing.Count + i];
            field.Tree.Query(box.MinX, box.MinY, box.MaxX, box.MaxY, ref search);
            hits[i] = search.Hits?.ToArray();
            return overlap;
        }, _ => { });

        Settle(candidates, standing, hits);
    }

    private static void Settle(IReadOnlyList<AreaCandidate> candidates, IReadOnlyList<Area> standing, Hit[]?[] hits)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (hits[i] is not { } found)
            {
                continue;
            }

            Array.Sort(found, static (a, b) => a.Other.CompareTo(b.Other));
            var blocking = Array.Find(found, hit => hit.Other < standing.Count || candidates[hit.Other - standing.Count].IsGood);
            if (blocking is null && found.Length == MostPerGrid)
            {
                blocking = found[0];
            }

            if (blocking is not null)
            {
                var code = blocking.Other < standing.Count ? standing[blocking.Other].Code : candidates[blocking.Other - standing.Count].Code!;
                candidates[i].Rejection = AreaRejection.Overlap(code, blocking.Share, blocking.SquareMetres);
            }
        }
    }

    /// <summary>Standing grids first, then candidates.</summary>
    private sealed class Field
    {
        private readonly PackedShapes _shapes;
        private readonly IReadOnlyList<Area> _standing;

        public Field(PackedShapes shapes, int candidates, IReadOnlyList<Area> standing)
        {
            _shapes = shapes;
            _standing = standing;
            Boxes = new Envelope[standing.Count + candidates];
            Sizes = new double[Boxes.Length];
            Parallel.For(0, Boxes.Length, i =>
            {
                var (set, area) = this[i];
                Boxes[i] = set.EnvelopeOf(area);
                Sizes[i] = SizeOf(set, area);
            });
            Tree = new PackedBoxTree(Boxes);
        }

        public Envelope[] Boxes { get; }

        /// <summary>Square degrees.</summary>
        public double[] Sizes { get; }

        public PackedBoxTree Tree { get; }

        public (PackedShapes Shapes, int Area) this[int i] =>
            i < _standing.Count ? (_standing[i].Shapes, _standing[i].Ordinal) : (_shapes, i - _standing.Count);

        private static double SizeOf(PackedShapes shapes, int area)
        {
            var sum = 0.0;
            for (var ring = shapes.PartStart[shapes.AreaStart[area]]; ring < shapes.PartStart[shapes.AreaStart[area + 1]]; ring++)
            {
                sum += Ring.SignedArea(shapes.Xy.AsSpan(2 * shapes.RingStart[ring], 2 * (shapes.RingStart[ring + 1] - shapes.RingStart[ring])));
            }

            return sum;
        }
    }

    private sealed record Hit(int Other, double Share, double SquareMetres);

    private struct Search(Field field, int self, OverlapArea overlap) : IBoxVisitor
    {
        public List<Hit>? Hits { get; private set; }

        public bool Visit(int item)
        {
            if (item >= self)
            {
                return true;
            }

            Envelope mine = field.Boxes[self], other = field.Boxes[item];
            var common = new OverlapArea.Box(
                Math.Max(mine.MinX, other.MinX), Math.Max(mine.MinY, other.MinY), Math.Min(mine.MaxX, other.MaxX), Math.Min(mine.MaxY, other.MaxY));
            var smaller = Math.Min(field.Sizes[self], field.Sizes[item]);
            if (common.Width * common.Height <= smaller * Tolerance)
            {
                return true;
            }

            var (shapesA, areaA) = field[self];
            var (shapesB, areaB) = field[item];
            var area = overlap.Of(shapesA, areaA, shapesB, areaB, common);
            if (area > smaller * Tolerance)
            {
                var squareMetres = area * MetresPerDegree * MetresPerDegree * Math.Cos(common.MinY * Math.PI / 180);
                (Hits ??= []).Add(new Hit(item, area / smaller, squareMetres));
            }

            return Hits is null || Hits.Count < MostPerGrid;
        }
    }
}
