using CommandCenter.Data.Disputes;
using CommandCenter.Web.Shell;

namespace CommandCenter.Web.Disputes;

/// <summary>The texts of the register's pages (<c>DisputeText.resx</c> in Chinese, <c>DisputeText.en.resx</c> in English), and the names of its words.</summary>
public sealed class DisputeText
{
    /// <summary>A word of the register in the reader's language.</summary>
    public static string Of<T>(IReadOnlyList<DisputeWord<T>> words, T value)
        where T : struct, Enum => Name(words.First(word => word.Value.Equals(value)));

    public static string Name<T>(DisputeWord<T> word)
        where T : struct, Enum => Cultures.IsEnglish ? word.NameEn : word.NameZh;

    public static string Category(string code) => DisputeCategories.Find(code) is { } category ? (Cultures.IsEnglish ? category.NameEn : category.NameZh) : code;

    public static string Kind(MediationDirectory mediation, string? code) => mediation.Kind(code) is { } kind ? (Cultures.IsEnglish ? kind.NameEn : kind.NameZh) : code ?? "";
}
