using System.Collections.Frozen;

namespace CommandCenter.Data.Disputes;

/// <summary>A category of disputes.</summary>
public sealed record DisputeCategory(string Code, string NameZh, string NameEn);

/// <summary>The catalogue of what is mediated (DOMAIN, "Dispute"). Other than that of incidents: a grid worker reports 家庭邻里, a mediator tells the two apart.</summary>
public static class DisputeCategories
{
    public static readonly IReadOnlyList<DisputeCategory> All =
    [
        new("01", "婚姻家庭", "Marriage and family"), new("02", "邻里", "Neighbours"), new("03", "房屋宅基地", "Houses and homesteads"),
        new("04", "合同", "Contracts"), new("05", "生产经营", "Production and trade"), new("06", "损害赔偿", "Damages"),
        new("07", "山林土地", "Forest and land"), new("08", "征地拆迁", "Expropriation and demolition"), new("09", "环境污染", "Pollution"),
        new("10", "拖欠农民工工资", "Unpaid wages of migrant workers"), new("11", "其他劳动争议", "Other labour disputes"), new("12", "旅游", "Tourism"),
        new("13", "电子商务", "Online trade"), new("14", "其他消费", "Other consumption"), new("15", "医疗", "Medical"),
        new("16", "道路交通事故", "Road accidents"), new("17", "物业", "Property management"), new("18", "知识产权", "Intellectual property"),
        new("99", "其他", "Other"),
    ];

    private static readonly FrozenDictionary<string, DisputeCategory> ByCode = All.ToFrozenDictionary(category => category.Code, StringComparer.Ordinal);

    /// <summary>What an incident of category 01 most likely is; whoever makes a dispute of it may say otherwise.</summary>
    /// <param name="incidentCategory">Level-1 or level-2 code.</param>
    /// <returns>Null where the incident is no dispute.</returns>
    public static string? OfIncident(string incidentCategory) => incidentCategory switch
    {
        "0101" => "02",
        "0102" => "07",
        "0103" => "10",
        "0104" => "17",
        "0105" => "04",
        "0106" => "08",
        ['0', '1', ..] => "99",
        _ => null,
    };

    /// <returns>Null where there is none.</returns>
    public static DisputeCategory? Find(string code) => ByCode.GetValueOrDefault(code);
}
