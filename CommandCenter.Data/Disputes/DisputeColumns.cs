namespace CommandCenter.Data.Disputes;

/// <summary>A column of a file of disputes.</summary>
/// <param name="Field">What it fills, as programs name it: <c>title</c>, <c>applicant.phone</c>.</param>
/// <param name="Aliases">Other headings that counties use for it.</param>
public sealed record DisputeColumn(string Field, string NameZh, string NameEn, params string[] Aliases);

/// <summary>The columns of the template, and what other headings mean.</summary>
public static class DisputeColumns
{
    public static readonly IReadOnlyList<DisputeColumn> All =
    [
        new("externalId", "编号", "Number", "纠纷编号", "案号", "externalId"), new("registeredAt", "登记日期", "Registered on", "登记时间", "受理日期", "registeredAt"),
        new("occurredOn", "发生日期", "Arose on", "发生时间", "occurredOn"), new("category", "类别", "Category", "纠纷类别", "纠纷类型", "类型"),
        new("scale", "规模", "Scale"), new("origin", "来源", "Origin", "纠纷来源", "案件来源"), new("title", "标题", "Title", "纠纷名称", "事项"),
        new("summary", "简要情况", "Summary", "纠纷简要情况", "基本情况", "内容"), new("units", "涉及单位", "Organisations", "units"), new("people", "涉及人数", "People", "人数"),
        new("area", "区域", "Area", "镇街", "村社", "网格", "所属区域", "区域编码"), new("place", "地点", "Place", "发生地点", "地址"),
        new("lon", "经度", "Longitude", "lon"), new("lat", "纬度", "Latitude", "lat"), new("crs", "坐标系", "Coordinate system", "crs"),
        new("risk", "风险等级", "Risk", "风险"), new("riskReason", "风险理由", "Reason for the risk", "riskReason"),
        new("applicant.name", "申请人", "Applicant", "申请人姓名"), new("applicant.phone", "申请人电话", "Applicant's phone"),
        new("applicant.idNumber", "申请人证件号", "Applicant's identity number", "申请人身份证号"), new("applicant.address", "申请人住址", "Applicant's address"),
        new("respondent.name", "被申请人", "Respondent", "被申请人姓名"), new("respondent.phone", "被申请人电话", "Respondent's phone"),
        new("respondent.idNumber", "被申请人证件号", "Respondent's identity number", "被申请人身份证号"), new("respondent.address", "被申请人住址", "Respondent's address"),
    ];

    /// <summary>What a heading stands over; null where it says nothing to this program.</summary>
    public static DisputeColumn? Find(string heading)
    {
        var plain = Plain(heading);
        return plain.Length == 0 ? null : All.FirstOrDefault(column => Plain(column.NameZh) == plain || Plain(column.NameEn) == plain || column.Aliases.Any(alias => Plain(alias) == plain));
    }

    private static string Plain(string text) => string.Concat(text.Where(c => char.IsLetterOrDigit(c))).ToUpperInvariant();
}
