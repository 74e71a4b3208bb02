using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Grids;

/// <summary>
/// The areas in force today, in memory, and those of other days on demand. Whoever runs the program calls
/// <see cref="RefreshAsync"/> from time to time: it is cheap, and notices uploads of other nodes and the change of day.
/// </summary>
public sealed class AreaDirectory(AreaStore areas, TimeProvider time) : IDisposable
{
    // Years that are compared, not archives: a few versions are looked at again and again.
    private const int MostKept = 4;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<AreaIndex> _kept = [];
    private volatile AreaIndex _current = AreaIndex.Empty;

    /// <summary>Raised after <see cref="Current"/> became another, on the thread that noticed. Handlers must be quick and must not throw.</summary>
    public event Action? Changed;

    /// <summary>The areas in force today; <see cref="AreaIndex.Empty"/> before the first load.</summary>
    public AreaIndex Current => _current;

    /// <summary>Today, in county time.</summary>
    public DateOnly Today => CountyTime.Day(time.GetUtcNow().UtcDateTime);

    /// <summary>Loads what is in force today; call it once at start.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve; what was loaded stays.</exception>
    public Task LoadAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>Loads anew if another set of areas is in force than the loaded one; tells whether it was.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve; what was loaded stays.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var today = Today;
            if (await areas.VersionAsync(today, cancellationToken) == _current.Version)
            {
                return false;
            }

            _current = await areas.ReadAsync(today, cancellationToken);
        }
        finally
        {
            _one.Release();
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>The areas in force on a county day.</summary>
    /// <param name="on">Null is today.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<AreaIndex> OnAsync(DateOnly? on, CancellationToken cancellationToken)
    {
        if (on is not { } day || day == Today)
        {
            return _current;
        }

        var version = await areas.VersionAsync(day, cancellationToken);
        if (version == _current.Version)
        {
            return _current;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            var known = _kept.Find(index => index.Version == version);
            _kept.RemoveAll(index => index == known);
            known ??= await areas.ReadAsync(day, cancellationToken);
            _kept.Add(known);
            if (_kept.Count > MostKept)
            {
                _kept.RemoveAt(0);
            }

            return known;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
