using System.Buffers;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// Masks what free text tells of people: phone numbers (mobile, and landline with its area code or after a word such as 电话),
/// identity numbers, written with spaces, dashes and full-width digits too, and the name given in the report with its forms
/// of address (张先生). Masking again changes nothing; text without any of these comes back as the same string.
/// </summary>
public static class TextMasker
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789０１２３４５６７８９");

    private static readonly string[] Titles =
        ["先生", "女士", "小姐", "太太", "老师", "师傅", "大爷", "大妈", "大叔", "阿姨", "大姐", "大哥", "老太", "老汉", "奶奶", "爷爷", "某某", "某", "姓"];

    private static readonly HashSet<string> LongSurnames = new(StringComparer.Ordinal)
    {
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "长孙", "宇文", "轩辕", "南宫", "百里", "呼延", "独孤",
    };

    /// <param name="name">The name given in the report, if any.</param>
    /// <returns>The same string where there is nothing to mask.</returns>
    public static string Mask(string text, string? name = null)
    {
        var masked = name is null ? text : MaskName(text, name);

        // What is left of one number may look like the beginning of another; each pass leaves fewer digits.
        while (masked.AsSpan().ContainsAny(Digits))
        {
            var next = NumberMasker.Mask(masked);
            if (ReferenceEquals(next, masked))
            {
                break;
            }

            masked = next;
        }

        return masked;
    }

    private static string MaskName(string text, string name)
    {
        name = name.Trim();
        if (name.Length == 0 || !char.IsLetter(name[0]))
        {
            return text;
        }

        var surname = name.Length > 2 && LongSurnames.Contains(name[..2]) ? name[..2] : name[..1];
        if (!text.Contains(surname, StringComparison.Ordinal))
        {
            return text;
        }

        var mask = surname + "**";
        var masked = name.Length > surname.Length ? text.Replace(name, mask, StringComparison.Ordinal) : text;

        // A single Latin letter before 先生 is no surname that anybody is found by.
        return char.IsAscii(surname[0]) ? masked : MaskForms(masked, surname, mask);
    }

    private static string MaskForms(string text, string surname, string mask)
    {
        foreach (var title in Titles)
        {
            text = text.Replace(surname + title, mask, StringComparison.Ordinal);
        }

        return text;
    }
}
