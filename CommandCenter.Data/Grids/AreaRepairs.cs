namespace CommandCenter.Data.Grids;

/// <summary>What was put right in a shape before it was taken.</summary>
[Flags]
public enum AreaRepairs
{
    None = 0,

    /// <summary>A ring did not end where it began.</summary>
    RingClosed = 1,

    /// <summary>Exterior rings are kept counter-clockwise, holes clockwise.</summary>
    RingOrientation = 1 << 1,

    /// <summary>The same point stood twice in a row.</summary>
    DuplicatePoints = 1 << 2,

    /// <summary>A ring touched itself in a point or ran back along itself; the area is what it was.</summary>
    SelfTouch = 1 << 3,

    /// <summary>A ring crossed itself in a loop too small to matter (at most 1 % of the area).</summary>
    SmallCrossing = 1 << 4,

    /// <summary>Polygons of one multipolygon overlapped or shared edges, and became one.</summary>
    PartsMerged = 1 << 5,

    /// <summary>Polygons were taken out of a collection; its points and lines were left.</summary>
    TakenFromCollection = 1 << 6,

    /// <summary>A hole or part without area was left out.</summary>
    CollapsedRingDropped = 1 << 7,
}
