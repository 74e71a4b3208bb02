using CommandCenter.Web.Demo.Terrain;

namespace CommandCenter.Web.Demo;

/// <summary>What the towns and villages of the fictional 云溪县 are called and where their seats lie. All names are invented.</summary>
internal static class DemoPlaces
{
    public const string CountyCode = "990101";
    public const string CountyName = "云溪县";

    /// <summary>Where the county seat lies.</summary>
    public static readonly PlanePoint Seat = new(3.2, -0.6);

    /// <param name="First">First digit of the town's code: 0 subdistrict, 1 town, 2 township.</param>
    /// <param name="Reluctance">How slowly it spreads; 1 is ordinary, more is smaller.</param>
    /// <param name="ExtraGrids">Grids beyond one per village.</param>
    /// <param name="Committees">Residents' committees (社区), the ones nearest to the town's seat first.</param>
    /// <param name="Villages">Villagers' committees (村).</param>
    public sealed record Town(string Name, int First, PlanePoint Seat, double Reluctance, int ExtraGrids, string[] Committees, string[] Villages)
    {
        public int VillageCount => Committees.Length + Villages.Length;
    }

    public static readonly Town[] Towns =
    [
        new("云溪街道", 0, new(2.6, 1.9), 1.45, 12,
            ["钟楼社区", "北街社区", "文昌社区", "廊桥社区", "桂花社区", "学府社区", "溪畔社区", "湖滨社区", "锦绣社区", "新城社区", "迎宾社区", "松园社区"],
            ["上沿村", "塔山村"]),
        new("城东街道", 0, new(7.0, -2.4), 1.35, 8,
            ["东园社区", "南门社区", "滨河社区", "丝厂社区", "和睦社区", "站前社区", "朝阳社区"],
            ["东畈村", "渡口村", "沙埠村"]),
        new("柳河镇", 1, new(12.5, 8.5), 1, 2, ["柳河社区"], ["柳岸村", "下堰村", "荷塘村", "金鸡村", "后坞村", "大樟村", "官塘村", "杨家渡村"]),
        new("竹园镇", 1, new(-2.5, 11.5), 1, 2, ["竹园社区"], ["毛竹岭村", "双溪口村", "篁村", "高坪村", "里山村", "水碓村", "岩下村"]),
        new("青石镇", 1, new(-21, 7), 1, 2, ["中心社区"], ["青石岩村", "石板桥村", "上窑村", "黄泥岭村", "麻车村", "长坞村", "西山头村"]),
        new("沙湾镇", 1, new(-11, 1.2), 1.05, 2, ["沙湾社区"], ["沙东村", "沙西村", "湾头村", "芦洲村", "茶亭村", "新塘村", "古埠村"]),
        new("南塘镇", 1, new(-23, -3.5), 1, 1, ["南塘社区"], ["塘下村", "藕池村", "稻香村", "坝头村", "龙眼井村", "枫林村"]),
        new("白鹭镇", 1, new(-12.5, -10.5), 1, 1, ["白鹭社区"], ["鹭洲村", "苇塘村", "西埠头村", "横路村", "油坊村", "木桥村"]),
        new("桥头镇", 1, new(9.5, -10.5), 1, 2, ["桥头社区"], ["桥南村", "仓前村", "石拱桥村", "砖窑村", "白果村", "马鞍山村", "大坂村"]),
        new("松岭镇", 1, new(22, -3.5), 1, 1, ["松岭社区"], ["松树坑村", "云顶村", "东坑村", "桐子坪村", "百步岭村", "葛藤村"]),
        new("石门乡", 2, new(-2.5, -9), 1.1, 1, [], ["石门村", "上坪村", "下坪村", "柿子湾村", "磨石村"]),
        new("梅坞乡", 2, new(20.5, 6.5), 1.05, 1, [], ["梅坞村", "梅花岭村", "源头村", "香榧村", "半山村"]),
    ];
}
