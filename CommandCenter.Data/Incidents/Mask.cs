namespace CommandCenter.Data.Incidents;

/// <summary>脱敏: hides who somebody is, and leaves enough to recognise one's own entry.</summary>
public static class Mask
{
    // No first part of an address is longer; what is was something else.
    private const int LongestFirstPart = 20;

    // From what says little to what says more; of each the first that is there.
    private static readonly string[][] AddressParts = [["街道", "镇", "乡"], ["县", "区", "市"], ["社区", "村"]];

    /// <summary>张三丰 → 张**.</summary>
    public static string? Name(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null : string.Concat(System.Globalization.StringInfo.GetNextTextElement(name), "**");

    /// <summary>13812348000 → 138****8000; what is too short for that is hidden whole.</summary>
    public static string? Phone(string? phone) =>
        string.IsNullOrWhiteSpace(phone) ? null : phone.Length >= 10 ? $"{phone[..3]}****{phone[^4..]}" : "****";

    /// <summary>33010619800101123X → 330***********123X.</summary>
    public static string? IdNumber(string? number) =>
        string.IsNullOrWhiteSpace(number) ? null : number.Length >= 15 ? $"{number[..3]}{new string('*', number.Length - 7)}{number[^4..]}" : "****";

    /// <summary>
    /// 云溪县城关镇东园社区幸福路 12 号 → 云溪县城关镇**: up to the town, else the county, else the road without its number; an address that
    /// names none of these is hidden whole.
    /// </summary>
    public static string? Address(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return null;
        }

        foreach (var ends in AddressParts)
        {
            foreach (var end in ends)
            {
                var at = address.IndexOf(end, 1, StringComparison.Ordinal);
                if (at >= 0 && at + end.Length <= LongestFirstPart)
                {
                    return string.Concat(address.AsSpan(0, at + end.Length), "**");
                }
            }
        }

        return "**";
    }
}
