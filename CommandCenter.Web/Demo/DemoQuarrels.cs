using CommandCenter.Data.Disputes;

namespace CommandCenter.Web.Demo;

/// <summary>What people of the demonstration county quarrel about, and who mediates. All of it is invented.</summary>
internal static class DemoQuarrels
{
    /// <param name="Category">Of <see cref="DisputeCategories"/>.</param>
    /// <param name="Weight">How often, against the others.</param>
    /// <param name="Body">Code of the county's body for it; null: the town's own.</param>
    /// <param name="Titles">Slots: 0 the village.</param>
    public sealed record Quarrel(string Category, int Weight, string? Body, string[] Titles);

    private const string Labour = "YX-LD", Medical = "YX-YL", Road = "YX-JT", Homes = "YX-WY", Centre = "YX-ZX";

    public static readonly Weighted<Quarrel> All = new(new Quarrel[]
    {
        new("01", 17, null, ["{0}夫妻因家庭开支争执", "{0}赡养老人分担不均", "{0}离异后子女探望纠纷", "{0}兄弟分家析产纠纷"]),
        new("02", 21, null, ["{0}邻里排水沟走向争议", "{0}楼上渗水赔偿纠纷", "{0}院墙占道争议", "{0}养犬扰民纠纷", "{0}树木遮光纠纷"]),
        new("03", 8, null, ["{0}宅基地边界争议", "{0}老屋翻建采光纠纷", "{0}租赁房屋押金纠纷"]),
        new("04", 9, null, ["{0}装修合同尾款争议", "{0}承包合同履行纠纷", "{0}买卖苗木货款纠纷"]),
        new("05", 5, null, ["{0}合伙经营账目纠纷", "{0}鱼塘转包经营争议"]),
        new("06", 8, null, ["{0}施工损坏管线赔偿纠纷", "{0}学生打闹受伤赔偿纠纷", "{0}火灾殃及邻铺赔偿纠纷"]),
        new("07", 7, null, ["{0}山林界址争议", "{0}土地流转租金纠纷", "{0}田埂灌溉用水纠纷"]),
        new("08", 3, Centre, ["{0}征地补偿款分配争议", "{0}拆迁安置面积争议"]),
        new("09", 3, null, ["{0}养殖场气味扰民纠纷", "{0}加工坊噪声纠纷"]),
        new("10", 5, Labour, ["{0}工地民工工资拖欠", "{0}分包队工资结算纠纷"]),
        new("11", 5, Labour, ["{0}企业加班费争议", "{0}工伤待遇争议", "{0}解除合同补偿争议"]),
        new("13", 2, null, ["{0}网购农资退货纠纷", "{0}直播带货质量争议"]),
        new("14", 4, null, ["{0}预付卡退费纠纷", "{0}家电维修收费争议"]),
        new("15", 3, Medical, ["{0}诊疗效果争议", "{0}医疗费用争议"]),
        new("16", 9, Road, ["{0}路段电动车碰撞赔偿", "{0}路口事故误工费争议"]),
        new("17", 7, Homes, ["{0}小区物业费收取争议", "{0}停车位分配纠纷", "{0}公共收益公示纠纷"]),
        new("99", 3, null, ["{0}集体活动费用分摊争议", "{0}祖坟迁移争议"]),
    }.Select(quarrel => (quarrel, quarrel.Weight)));

    /// <summary>Who mediates: the county's bodies, and one a town.</summary>
    public static IEnumerable<MediationBody> Bodies =>
    [
        new() { Code = Centre, Name = "县矛盾调处中心", Kind = "people", Area = DemoPlaces.CountyCode },
        new() { Code = Labour, Name = "县劳动争议调委会", Kind = "industry", Area = DemoPlaces.CountyCode },
        new() { Code = Medical, Name = "县医疗纠纷调委会", Kind = "industry", Area = DemoPlaces.CountyCode },
        new() { Code = Road, Name = "县交通事故调委会", Kind = "industry", Area = DemoPlaces.CountyCode },
        new() { Code = Homes, Name = "县物业纠纷调委会", Kind = "industry", Area = DemoPlaces.CountyCode },
        .. DemoCounty.Instance.Towns.Select(town => new MediationBody { Code = OfTown(town.Code), Name = $"{town.Name}调委会", Kind = "people", Area = town.Code }),
    ];

    public static string OfTown(string town) => $"TW-{town}";
}
