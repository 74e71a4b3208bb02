namespace CommandCenter.Data.Grids;

/// <summary>The systems in which longitude and latitude reach us. The numbers are stored.</summary>
public enum CoordinateSystem
{
    /// <summary>EPSG:4326. What the store holds.</summary>
    Wgs84 = 0,

    /// <summary>EPSG:4490, the national system; equal to WGS84 within decimetres, and stored unchanged.</summary>
    Cgcs2000 = 1,

    /// <summary>国测局坐标: what Chinese phones and most Chinese maps show, up to some 600 m away from WGS84.</summary>
    Gcj02 = 2,

    /// <summary>百度坐标: GCJ-02, shifted once more.</summary>
    Bd09 = 3,
}
