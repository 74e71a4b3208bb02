using System.Text;

namespace CommandCenter.Web.Demo;

/// <summary>Fills the slots of the phrase book with places of one village: roads, estates, shops, schools. All names are invented.</summary>
internal sealed class DemoAddresses
{
    private static readonly string[] Roads =
        ["文昌路", "溪滨路", "桂花路", "廊桥街", "迎春路", "新安路", "育才路", "丰泽路", "竹海路", "双溪路", "锦绣路", "长乐街", "南屏路", "望江路", "石榴巷", "学士路", "康宁路", "百花路", "东风街", "莲池路"];

    private static readonly string[] EstateFirst = ["锦绣", "溪畔", "翠竹", "桂苑", "金色", "云山", "和谐", "阳光", "兰亭", "碧水", "丽景", "枫林", "文锦", "安泰"];
    private static readonly string[] EstateLast = ["花园", "家园", "小区", "新村", "华庭", "名苑"];
    private static readonly string[] Shops = ["好邻居便利店", "溪边茶楼", "鑫旺超市", "巧手理发店", "诚信五金店", "青青水果店", "云裳服装店", "小灵通手机店", "康乐足浴店", "宝贝母婴店", "新时尚健身房", "万家建材店"];
    private static readonly string[] Eateries = ["老街面馆", "阿福烧烤", "云味饭店", "江边小吃店", "一品包子铺", "乡里乡亲土菜馆", "麦香面包房", "香辣蟹馆", "早安豆浆店"];
    private static readonly string[] Pharmacies = ["康民药房", "益寿堂药店", "仁和里药房", "百草药店"];
    private static readonly string[] Rooms = ["三缺一棋牌室", "星辰网咖", "悦来旅馆", "好声音歌厅", "老友棋牌室"];
    private static readonly string[] Works = ["恒达五金厂", "溪源食品厂", "鑫盛纺织厂", "青竹制品厂", "永固建材公司", "宏图机械厂", "丰禾农业公司", "瑞安包装厂", "顺达物流公司", "松涛木业公司"];
    private static readonly string[] Sites = ["安置房二期工地", "道路改造工地", "污水管网工地", "文化中心工地", "标准厂房工地", "溪畔公园工地"];
    private static readonly string[] Groups = ["一组", "二组", "三组", "四组"];
    private static readonly string[] SchoolKinds = ["中心小学", "初级中学", "中心幼儿园", "实验小学"];
    private static readonly string[] Few = ["三", "四", "五", "六", "七"];
    private static readonly string[] Surnames = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "沈", "韩", "杨", "朱", "许", "何", "吕", "张", "林", "徐"];
    private static readonly string[] GivenNames = ["大山", "小溪", "春桃", "秋菊", "明亮", "晓云", "立夏", "谷雨", "长青", "水生", "丹青", "向阳", "若兰", "小满", "冬梅", "石头"];

    private readonly string _town;
    private readonly string _village;
    private readonly bool _urban;
    private readonly string[] _roads;
    private readonly string[] _estates;

    public DemoAddresses(DemoArea town, DemoArea village)
    {
        var dice = new Dice(village.Code);
        _town = town.Name;
        _village = village.Name;
        _urban = village.Type == "residents-committee";
        _roads = _urban
            ? [.. Enumerable.Range(0, 4).Select(_ => dice.Of(Roads)).Distinct()]
            : [$"{_village}环村路", $"{_village}中心路", $"{_village}进村道路"];
        _estates = _urban
            ? [.. Enumerable.Range(0, 3).Select(_ => dice.Of(EstateFirst) + dice.Of(EstateLast)).Distinct()]
            : [.. Groups.Select(group => _village + group)];
    }

    /// <summary>A reporter who does not exist: invented names, numbers that no operator gives out (1000000….).</summary>
    public static (string Name, string Phone) Reporter(Dice dice) =>
        (dice.Of(Surnames) + dice.Of(GivenNames), $"1000000{dice.Below(10_000):0000}");

    /// <summary>Titles about estates belong in neighbourhoods, those about villages in villages; the rest suits both.</summary>
    public IReadOnlyList<string> Suiting(IReadOnlyList<string> titles)
    {
        string[] suiting = [.. titles.Where(title => !title.Contains(_urban ? "{村}" : "{园}", StringComparison.Ordinal))];
        return suiting.Length > 0 ? suiting : titles;
    }

    /// <summary>One place of the village: title, description and address of a report are about the same.</summary>
    public DemoScene Scene(string category, int hour, Dice dice) => new(
        dice.Of(_estates),
        dice.Of(_roads),
        _urban ? $"{dice.Below(18) + 1}幢{dice.Below(4) + 1}单元" : $"{dice.Below(90) + 1}号",
        dice.Of(ShopsOf(category)),
        dice.Of(Works),
        TownRoot + dice.Of(SchoolKinds),
        dice.Of(Sites),
        TimeOfDay(hour));

    /// <summary>Town, village, road or group, and number.</summary>
    public string Address(DemoScene scene, Dice dice) => _urban
        ? $"{_town}{_village}{scene.Road}{dice.Below(280) + 1}号"
        : $"{_town}{scene.Estate}{scene.Building}";

    /// <summary>A wording with every slot filled.</summary>
    /// <exception cref="FormatException">The wording has a slot that is not known.</exception>
    public string Fill(string wording, DemoScene scene, Dice dice)
    {
        var text = new StringBuilder(wording.Length + 16);
        for (var i = 0; i < wording.Length; i++)
        {
            if (wording[i] != '{')
            {
                text.Append(wording[i]);
                continue;
            }

            var end = wording.IndexOf('}', i);
            text.Append(Slot(wording[(i + 1)..end], scene, dice));
            i = end;
        }

        return text.ToString();
    }

    private string Slot(string slot, DemoScene scene, Dice dice) => slot switch
    {
        "村" => _village,
        "园" => scene.Estate,
        "楼" => scene.Building,
        "路" => scene.Road,
        "口" => _urban ? $"{_roads[0]}{_roads[^1]}口" : $"{_village}村口",
        "店" => scene.Shop,
        "企" => scene.Works,
        "校" => scene.School,
        "工" => scene.Site,
        "市" => TownRoot + "农贸市场",
        "河" => (dice.Chance(0.5) ? "云溪" : "青石溪") + _village + "段",
        "时" => scene.Time,
        "n" => dice.Of(Few),
        _ => throw new FormatException($"'{{{slot}}}' is not a slot."),
    };

    private string TownRoot => _town.EndsWith("街道", StringComparison.Ordinal) ? _town[..^2] : _town[..^1];

    private static string[] ShopsOf(string category) => category switch
    {
        "1102" => Pharmacies,
        "1101" or "0602" or "0304" or "1003" or "0204" => Eateries,
        "0202" => Rooms,
        _ => Shops,
    };

    private static string TimeOfDay(int hour) => hour switch
    {
        < 5 => "凌晨",
        < 8 => "清晨",
        < 11 => "上午",
        < 14 => "中午",
        < 17 => "下午",
        < 20 => "傍晚",
        _ => "夜间",
    };
}

/// <summary>What the slots of one report stand for.</summary>
internal sealed record DemoScene(string Estate, string Road, string Building, string Shop, string Works, string School, string Site, string Time);
