using System.Runtime.InteropServices;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Turns the numbers of a file into a valid shape in WGS84 or says why not: range, coordinate system, closed and oriented
/// rings without double points, then validity. Most shapes are one small simple ring and never become a geometry object; the
/// others go through <see cref="ShapeValidity"/>.
/// </summary>
internal sealed class ShapeRepair(CoordinateSystem crs)
{
    // Comparing every edge with every other costs a few microseconds up to here; beyond, NTS's sweep is faster.
    private const int SmallRing = 128;

    private readonly List<double> _xy = [];
    private readonly List<int> _ringEnds = [];
    private readonly List<int> _partEnds = [];

    public AreaRejection? Run(RawShape raw, AreaCandidate candidate)
    {
        if (raw.WrongType is { } type)
        {
            return AreaRejection.WrongGeometryType(type.Length > 40 ? type[..40] : type);
        }

        if (raw.IsMalformed)
        {
            return AreaRejection.MalformedCoordinates();
        }

        if (raw.IsMissing)
        {
            return AreaRejection.NoGeometry();
        }

        if (ImplausiblePosition(CollectionsMarshal.AsSpan(raw.Xy)) is { } implausible)
        {
            return implausible;
        }

        if (raw.FromCollection)
        {
            candidate.Repairs |= AreaRepairs.TakenFromCollection;
        }

        candidate.Repairs |= Clean(raw);
        if (_partEnds.Count == 0)
        {
            return AreaRejection.NoArea();
        }

        var xy = CollectionsMarshal.AsSpan(_xy);
        if (_ringEnds.Count == 1 && _xy.Count <= 2 * SmallRing && Ring.IsSimple(xy))
        {
            candidate.Wkb = AreaWkb.WriteRing(xy);
            return null;
        }

        return ShapeValidity.Ensure(xy, CollectionsMarshal.AsSpan(_ringEnds), CollectionsMarshal.AsSpan(_partEnds), candidate);
    }

    private static AreaRejection? ImplausiblePosition(ReadOnlySpan<double> xy)
    {
        double minX = double.PositiveInfinity, maxX = double.NegativeInfinity, minY = minX, maxY = maxX;
        for (var i = 0; i + 1 < xy.Length; i += 2)
        {
            double x = xy[i], y = xy[i + 1];
            if (!(Math.Abs(x) <= 180 && Math.Abs(y) <= 90))
            {
                return double.IsFinite(x) && double.IsFinite(y) && (Math.Abs(x) >= 1000 || Math.Abs(y) >= 1000)
                    ? AreaRejection.Projected(x, y)
                    : Math.Abs(x) <= 90 && Math.Abs(y) <= 180 ? AreaRejection.Swapped(x, y) : AreaRejection.OutOfRange(x, y);
            }

            minX = Math.Min(minX, x);
            maxX = Math.Max(maxX, x);
            minY = Math.Min(minY, y);
            maxY = Math.Max(maxY, y);
        }

        // The far west of China swapped (76 north, 39 east) stays within ±90; but nobody governs a county in the Barents Sea.
        double midX = (minX + maxX) / 2, midY = (minY + maxY) / 2;
        return !CoordinateTransform.IsInChina(midX, midY) && CoordinateTransform.IsInChina(midY, midX)
            ? AreaRejection.Swapped(xy[0], xy[1])
            : null;
    }

    private AreaRepairs Clean(RawShape raw)
    {
        _xy.Clear();
        _ringEnds.Clear();
        _partEnds.Clear();
        var repairs = AreaRepairs.None;
        int ring = 0, vertex = 0;
        foreach (var partEnd in raw.PartEnds)
        {
            var isShell = true;
            var isDropped = false;
            for (; ring < partEnd; ring++)
            {
                var source = CollectionsMarshal.AsSpan(raw.Xy)[(2 * vertex)..(2 * raw.RingEnds[ring])];
                vertex = raw.RingEnds[ring];
                if (isDropped || !AddRing(source, isShell, ref repairs))
                {
                    isDropped |= isShell;
                    repairs |= AreaRepairs.CollapsedRingDropped;
                }

                isShell = false;
            }

            if (_ringEnds.Count > (_partEnds.Count == 0 ? 0 : _partEnds[^1]))
            {
                _partEnds.Add(_ringEnds.Count);
            }
        }

        return repairs;
    }

    private bool AddRing(ReadOnlySpan<double> source, bool isShell, ref AreaRepairs repairs)
    {
        var start = _xy.Count;
        for (var i = 0; i < source.Length; i += 2)
        {
            var (x, y) = CoordinateTransform.ToWgs84(crs, source[i], source[i + 1]);
            if (_xy.Count > start && _xy[^2] == x && _xy[^1] == y)
            {
                repairs |= AreaRepairs.DuplicatePoints;
                continue;
            }

            _xy.Add(x);
            _xy.Add(y);
        }

        if (_xy.Count > start && (_xy[^2] != _xy[start] || _xy[^1] != _xy[start + 1]))
        {
            repairs |= AreaRepairs.RingClosed;
            _xy.Add(_xy[start]);
            _xy.Add(_xy[start + 1]);
        }

        var ring = CollectionsMarshal.AsSpan(_xy)[start..];
        if (ring.Length < 8 || Ring.HasNoExtent(ring))
        {
            _xy.RemoveRange(start, _xy.Count - start);
            return false;
        }

        if (Ring.SignedArea(ring) > 0 != isShell)
        {
            Ring.Reverse(ring);
            repairs |= AreaRepairs.RingOrientation;
        }

        _ringEnds.Add(_xy.Count / 2);
        return true;
    }
}
