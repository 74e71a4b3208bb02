namespace CommandCenter.Web.Demo.Terrain;

/// <summary>Shares land out by letting every seed grow outwards at once; where two meet, the border stays. Each share is in one piece.</summary>
internal sealed class Partition
{
    private const int Seed = 311;
    private readonly CellMesh _mesh;
    private readonly double[] _fineness;
    private readonly double[] _area;
    private readonly double[][] _evenSteps;
    private readonly double[][] _fineSteps;

    /// <param name="fineness">How much smaller shares are at a place than elsewhere, along one side.</param>
    public Partition(CellMesh mesh, Func<PlanePoint, double> fineness)
    {
        _mesh = mesh;
        _fineness = [.. _mesh.Centres.Select(fineness)];
        _area = [.. _mesh.Centres.Select((centre, cell) => Math.Pow(_mesh.Neighbours[cell].Average(n => _mesh.Centres[n].DistanceTo(centre)), 2))];
        _evenSteps = Steps(wavelength: 9, (_, _) => 1);
        _fineSteps = Steps(wavelength: 5, (from, to) => (_fineness[from] + _fineness[to]) / 2);
    }

    /// <summary>Grows each seed until all cells are taken.</summary>
    /// <param name="cells">The land to share out.</param>
    /// <param name="seeds">One cell each.</param>
    /// <param name="reluctance">How slowly each seed grows; 1 is ordinary.</param>
    /// <param name="crossing">Kilometres of detour that crossing the water counts for.</param>
    /// <param name="even">Shares of equal land; otherwise smaller where the county is denser.</param>
    /// <returns>For each cell of the mesh the number of its seed, or −1 outside <paramref name="cells"/>.</returns>
    public int[] Grow(IReadOnlyCollection<int> cells, IReadOnlyList<int> seeds, Func<int, double> reluctance, double crossing, bool even)
    {
        var share = new int[_mesh.Centres.Length];
        Array.Fill(share, -2);
        foreach (var cell in cells)
        {
            share[cell] = -1;
        }

        var front = new PriorityQueue<(int Cell, int Seed), double>();
        for (var seed = 0; seed < seeds.Count; seed++)
        {
            front.Enqueue((seeds[seed], seed), 0);
        }

        while (front.TryDequeue(out var next, out var cost))
        {
            if (share[next.Cell] != -1)
            {
                continue;
            }

            share[next.Cell] = next.Seed;
            for (var side = 0; side < _mesh.Neighbours[next.Cell].Count; side++)
            {
                var neighbour = _mesh.Neighbours[next.Cell][side];
                if (share[neighbour] == -1)
                {
                    var step = (even ? _evenSteps : _fineSteps)[next.Cell][side] + (_mesh.Bank[next.Cell] == _mesh.Bank[neighbour] ? 0 : crossing);
                    front.Enqueue((neighbour, next.Seed), cost + (step * reluctance(next.Seed)));
                }
            }
        }

        for (var cell = 0; cell < share.Length; cell++)
        {
            share[cell] = Math.Max(share[cell], -1);
        }

        return share;
    }

    /// <summary>Divides land into compact shares, smaller where the county is denser.</summary>
    /// <param name="cells">The land, in one piece.</param>
    /// <param name="first">Where the first share begins.</param>
    /// <param name="count">How many shares.</param>
    public int[] Divide(IReadOnlyCollection<int> cells, int first, int count, double crossing)
    {
        var seeds = new List<int> { first };
        while (seeds.Count < count)
        {
            seeds.Add(cells.MaxBy(cell => seeds.Min(seed => _mesh.Centres[cell].DistanceTo(_mesh.Centres[seed]) * _fineness[cell])));
        }

        // Lloyd's relaxation: each seed moves to the middle of what it got, a few times over. One alone has nothing to give way to.
        for (var round = 0; round < 7 && count > 1; round++)
        {
            var share = Grow(cells, seeds, _ => 1, crossing, even: false);
            var middle = new (PlanePoint Sum, double Weight)[count];
            foreach (var cell in cells)
            {
                var weight = Math.Pow(_fineness[cell], 2) * _area[cell];
                middle[share[cell]] = (middle[share[cell]].Sum + (_mesh.Centres[cell] * weight), middle[share[cell]].Weight + weight);
            }

            var moved = middle.Select(m => m.Sum * (1 / m.Weight)).ToArray();
            var nearest = new (double Distance, int Cell)[count];
            Array.Fill(nearest, (double.MaxValue, 0));
            foreach (var cell in cells)
            {
                var distance = _mesh.Centres[cell].DistanceTo(moved[share[cell]]);
                if (distance < nearest[share[cell]].Distance)
                {
                    nearest[share[cell]] = (distance, cell);
                }
            }

            seeds = [.. nearest.Select(n => n.Cell)];
        }

        return Grow(cells, seeds, _ => 1, crossing, even: false);
    }

    // Hills are slow to cross, so that borders come to lie on ridges, as they do.
    private double[][] Steps(double wavelength, Func<int, int, double> scale)
    {
        var steps = new double[_mesh.Centres.Length][];
        for (var cell = 0; cell < steps.Length; cell++)
        {
            steps[cell] = [.. _mesh.Neighbours[cell].Select(neighbour => Step(cell, neighbour))];
        }

        return steps;

        double Step(int from, int to)
        {
            var ridge = 1 - Math.Abs(Noise.Fractal(Seed, (_mesh.Centres[from] + _mesh.Centres[to]) * 0.5, wavelength, 3));
            var effort = 0.4 + (2.2 * Math.Pow(Math.Max(ridge, 0), 3));
            return _mesh.Centres[from].DistanceTo(_mesh.Centres[to]) * effort * scale(from, to);
        }
    }
}
