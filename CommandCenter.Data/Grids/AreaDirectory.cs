namespace CommandCenter.Data.Grids;

/// <summary>The areas in force today, as this node knows them.</summary>
public sealed class AreaDirectory
{
    private volatile AreaIndex _current = AreaIndex.Empty;

    /// <summary>Raised after <see cref="Current"/> became another one.</summary>
    public event Action? Changed;

    public AreaIndex Current => _current;

    internal void Replace(AreaIndex areas)
    {
        _current = areas;
        Changed?.Invoke();
    }
}
