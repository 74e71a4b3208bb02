namespace CommandCenter.Web.Demo.Terrain;

/// <summary>A place on the demonstration county's drawing plane: kilometres east and north of its middle.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct PlanePoint(double X, double Y)
{
    public static PlanePoint operator +(PlanePoint a, PlanePoint b) => new(a.X + b.X, a.Y + b.Y);

    public static PlanePoint operator -(PlanePoint a, PlanePoint b) => new(a.X - b.X, a.Y - b.Y);

    public static PlanePoint operator *(PlanePoint a, double k) => new(a.X * k, a.Y * k);

    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public double DistanceTo(PlanePoint other) => (this - other).Length;
}
