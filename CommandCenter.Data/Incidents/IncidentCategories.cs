namespace CommandCenter.Data.Incidents;

/// <summary>A category of incidents; level 2 has a <paramref name="Parent"/>.</summary>
public sealed record IncidentCategory(string Code, string NameZh, string NameEn, string? Parent);

/// <summary>The catalogue of what is reported. Level 2 = level 1 + two digits, 99 = other.</summary>
public static class IncidentCategories
{
    private static readonly (string Code, string Zh, string En, (string Code, string Zh, string En)[] Children)[] Catalogue =
    [
        ("01", "矛盾纠纷", "Disputes",
        [
            ("01", "家庭邻里", "Family and neighbours"), ("02", "土地山林", "Land and forest"), ("03", "劳资欠薪", "Labour and unpaid wages"),
            ("04", "房产物业", "Housing and property management"), ("05", "合同债务", "Contracts and debts"), ("06", "征地拆迁", "Expropriation and demolition"),
        ]),
        ("02", "治安隐患", "Public order",
        [
            ("01", "盗窃", "Theft"), ("02", "黄赌毒线索", "Vice, gambling and drugs leads"), ("03", "电诈线索", "Telecom fraud leads"),
            ("04", "打架斗殴", "Fighting"), ("05", "校园周边", "Around schools"),
        ]),
        ("03", "安全生产", "Work safety",
        [
            ("01", "企业", "Enterprises"), ("02", "建筑施工", "Construction"), ("03", "危化品", "Hazardous chemicals"), ("04", "燃气", "Gas"),
        ]),
        ("04", "消防", "Fire safety",
        [
            ("01", "占用消防通道", "Blocked fire lanes"), ("02", "违规充电", "Unsafe charging"), ("03", "九小场所", "Small premises"), ("04", "设施损坏", "Damaged fire equipment"),
        ]),
        ("05", "交通", "Traffic",
        [
            ("01", "道路隐患", "Road hazards"), ("02", "违法停车", "Illegal parking"), ("03", "信号标志", "Signals and signs"),
        ]),
        ("06", "生态环境", "Environment",
        [
            ("01", "水", "Water"), ("02", "大气", "Air"), ("03", "噪声", "Noise"), ("04", "固废", "Solid waste"),
        ]),
        ("07", "城市管理", "City management",
        [
            ("06", "市容环境", "City appearance"), ("07", "宣传广告", "Advertising"), ("08", "施工管理", "Works management"),
            ("09", "街面秩序", "Street order"), ("10", "其他", "Other matters"),
        ]),
        ("08", "民生诉求", "Livelihood",
        [
            ("01", "水电气热", "Utilities"), ("02", "社保就医", "Social insurance and health care"), ("03", "教育", "Education"), ("04", "困难救助", "Hardship relief"),
        ]),
        ("09", "重点人员服务", "People at risk",
        [
            ("01", "走失", "Missing persons"), ("02", "精神障碍", "Mental disorder"), ("03", "困境未成年人", "Minors in need"), ("04", "独居老人", "Elderly living alone"),
        ]),
        ("10", "突发事件", "Emergencies",
        [
            ("01", "自然灾害", "Natural disasters"), ("02", "事故灾难", "Accidents"), ("03", "公共卫生", "Public health"), ("04", "群体聚集", "Crowds"),
        ]),
        ("11", "食药市场", "Food and market",
        [
            ("01", "食品", "Food"), ("02", "药品", "Medicine"), ("03", "消费", "Consumer matters"),
        ]),
    ];

    /// <summary>Every category, level 1 before its level 2.</summary>
    public static IReadOnlyList<IncidentCategory> All { get; } = Catalogue
        .SelectMany(top => top.Children
            .Append(("99", "其他", "Other"))
            .Select(child => new IncidentCategory(top.Code + child.Item1, child.Item2, child.Item3, top.Code))
            .Prepend(new IncidentCategory(top.Code, top.Zh, top.En, Parent: null)))
        .ToList();

    // After All: static initialisers run in the order in which they stand.
    private static readonly Dictionary<string, IncidentCategory> ByCode = All.ToDictionary(category => category.Code);

    public static IncidentCategory? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The level-1 code of a level-1 or level-2 code.</summary>
    public static string TopLevel(string code) => code[..2];
}
