namespace CommandCenter.Data.Grids;

/// <summary>Why a feature, or a whole file, is not taken. The names are part of the interface.</summary>
public enum AreaFault
{
    NotFeatureCollection,
    NoFeatures,
    UnsupportedCrs,
    NotFeature,
    NoGeometry,
    WrongGeometryType,
    MalformedCoordinates,
    NoArea,
    SelfCrossing,
    CoordinatesOutOfRange,
    LatLonSwapped,
    ProjectedMetres,
    MissingProperty,
    BadProperty,
    BadCode,
    DuplicateCode,
    UnknownParent,
    Overlap,
    OutsideYourArea,
}

/// <summary>One reason, for a program (<paramref name="Fault"/>) and for people.</summary>
public sealed record AreaRejection(AreaFault Fault, string Zh, string En)
{
    internal static AreaRejection NotFeatureCollection(string found) => new(
        AreaFault.NotFeatureCollection,
        $"文件应是 GeoJSON FeatureCollection，实际为 {found}。",
        $"The file must be a GeoJSON FeatureCollection; it is {found}.");

    internal static AreaRejection NoFeatures() => new(
        AreaFault.NoFeatures, "文件里没有要素（features 为空）。", "The file has no features.");

    internal static AreaRejection UnsupportedCrs(string name) => new(
        AreaFault.UnsupportedCrs,
        $"文件声明的坐标系 {name} 不是经纬度坐标。请导出为 WGS84 或 CGCS2000 经纬度；GCJ-02、BD-09 请用参数 crs 说明。",
        $"The file says its coordinates are {name}, which is not longitude and latitude. Export it as WGS84 or CGCS2000 degrees; name GCJ-02 or BD-09 with the parameter crs.");

    internal static AreaRejection NotFeature() => new(
        AreaFault.NotFeature, "不是 GeoJSON Feature 对象。", "It is not a GeoJSON Feature object.");

    internal static AreaRejection NoGeometry() => new(
        AreaFault.NoGeometry, "没有几何图形（geometry 为空）。", "It has no geometry.");

    /// <param name="found">What its type says; empty when it has none.</param>
    internal static AreaRejection WrongGeometryType(string found) => found.Length == 0 ? NoGeometryType() : new(
        AreaFault.WrongGeometryType,
        $"几何类型应为 Polygon 或 MultiPolygon，实际为 {found}。",
        $"The geometry must be a Polygon or a MultiPolygon; it is {found}.");

    private static AreaRejection NoGeometryType() => new(
        AreaFault.WrongGeometryType,
        "几何图形没有 type，应为 Polygon 或 MultiPolygon。",
        "The geometry has no type; it must be a Polygon or a MultiPolygon.");

    internal static AreaRejection MalformedCoordinates() => new(
        AreaFault.MalformedCoordinates,
        "coordinates 的层次或内容与几何类型不符：每个点应是 [经度, 纬度] 两个数。",
        "The coordinates do not fit the geometry's type: each position is [longitude, latitude], two numbers.");

    internal static AreaRejection NoArea() => new(
        AreaFault.NoArea, "图形没有面积（不同的点少于三个，或都在一条线上）。", "The shape has no area: fewer than three different points, or all on one line.");

    internal static AreaRejection SelfCrossing(double lon, double lat) => new(
        AreaFault.SelfCrossing,
        FormattableString.Invariant($"边界在 ({lon:0.######}, {lat:0.######}) 附近自相交，无法确定哪一侧是内部。"),
        FormattableString.Invariant($"The boundary crosses itself near ({lon:0.######}, {lat:0.######}); which side is inside can't be told."));

    internal static AreaRejection OutOfRange(double x, double y) => new(
        AreaFault.CoordinatesOutOfRange,
        FormattableString.Invariant($"坐标 ({x:0.######}, {y:0.######}) 超出经度 ±180、纬度 ±90。"),
        FormattableString.Invariant($"The position ({x:0.######}, {y:0.######}) is outside longitude ±180, latitude ±90."));

    internal static AreaRejection TooWide() => new(
        AreaFault.CoordinatesOutOfRange,
        "图形宽度超过 180 度：如果它跨越 180 度经线，请把两侧作为 MultiPolygon 的两部分分别给出。",
        "The shape is wider than 180 degrees: where it is meant to cross the 180th meridian, send its halves as the parts of a MultiPolygon.");

    internal static AreaRejection Swapped(double x, double y) => new(
        AreaFault.LatLonSwapped,
        FormattableString.Invariant($"坐标 ({x:0.######}, {y:0.######}) 像是纬度在前；GeoJSON 要求经度在前。"),
        FormattableString.Invariant($"The position ({x:0.######}, {y:0.######}) looks like latitude first; GeoJSON wants longitude first."));

    internal static AreaRejection Projected(double x, double y) => new(
        AreaFault.ProjectedMetres,
        FormattableString.Invariant($"坐标 ({x:0.##}, {y:0.##}) 是投影坐标（米），请导出为经纬度。"),
        FormattableString.Invariant($"The position ({x:0.##}, {y:0.##}) is projected, in metres; export degrees."));

    internal static AreaRejection Missing(string property) => new(
        AreaFault.MissingProperty, $"缺少属性 {property}。", $"The property {property} is missing.");

    internal static AreaRejection Bad(string property, string zh, string en) => new(
        AreaFault.BadProperty, $"属性 {property} {zh}。", $"The property {property} {en}.");

    internal static AreaRejection BadCode(string code, AreaLevel level, AreaCodeFault fault)
    {
        var (zh, en) = fault switch
        {
            AreaCodeFault.NotDigits => ("只能是数字 0–9", "must be digits 0–9"),
            AreaCodeFault.Length => ("应为 6、9、12 或 15 位", "must have 6, 9, 12 or 15 digits"),
            AreaCodeFault.Level => (
                $"与级别 {AreaLevels.NameOf(level)} 不符，该级编码为 {AreaCode.LengthOf(level)} 位",
                $"does not fit its level: a {AreaLevels.NameOf(level)} has {AreaCode.LengthOf(level)} digits"),
            AreaCodeFault.County => ("县级部分不能以 0 开头", "has a county part that starts with 0"),
            AreaCodeFault.Town => ("镇街部分应为 001–399", "has a town part outside 001–399"),
            AreaCodeFault.Village => ("村社部分应为 001–099 或 200–299", "has a village part outside 001–099 and 200–299"),
            AreaCodeFault.Grid => ("网格序号应为 001–999", "has a grid number outside 001–999"),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
        };
        return new(AreaFault.BadCode, $"编码 {code} {zh}。", $"The code {code} {en}.");
    }

    internal static AreaRejection DuplicateCode(string code, int first) => new(
        AreaFault.DuplicateCode,
        $"编码 {code} 已在第 {first} 个要素（从 0 数起）用过。",
        $"The code {code} was used before, by feature {first} (counted from 0).");

    internal static AreaRejection UnknownParent(string parent, DateOnly on) => new(
        AreaFault.UnknownParent,
        $"上级 {parent} 既不在文件中（或未被接受），{on:yyyy-MM-dd} 也没有生效的记录。",
        $"Its parent {parent} is neither in the file (and accepted) nor stored and in force on {on:yyyy-MM-dd}.");

    internal static AreaRejection OutsideYourArea(string code, string own) => new(
        AreaFault.OutsideYourArea,
        $"编码 {code} 不在本密钥的区域 {own} 之内；区域 {own} 自身由上级划定。",
        $"The code {code} does not lie inside {own}, the area of this key; {own} itself is drawn by whoever is above it.");

    internal static AreaRejection Overlap(string other, double share, double squareMetres) => new(
        AreaFault.Overlap,
        FormattableString.Invariant($"与网格 {other} 重叠 {squareMetres:0} 平方米，占较小一方的 {share * 100:0.##} %。"),
        FormattableString.Invariant($"It overlaps grid {other} by {squareMetres:0} m², {share * 100:0.##} % of the smaller one."));
}
