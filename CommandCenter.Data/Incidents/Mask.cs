namespace CommandCenter.Data.Incidents;

/// <summary>脱敏: hides who somebody is, and leaves enough to recognise one's own entry.</summary>
public static class Mask
{
    /// <summary>张三丰 → 张**.</summary>
    public static string? Name(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null : string.Concat(System.Globalization.StringInfo.GetNextTextElement(name), "**");

    /// <summary>13812348000 → 138****8000; what is too short for that is hidden whole.</summary>
    public static string? Phone(string? phone) =>
        string.IsNullOrWhiteSpace(phone) ? null : phone.Length >= 10 ? $"{phone[..3]}****{phone[^4..]}" : "****";
}
