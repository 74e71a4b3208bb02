using System.Globalization;
using CommandCenter.Data.Incidents;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Audit;

/// <summary>Names the texts of the record (<c>AuditText.resx</c> in Chinese, <c>AuditText.en.resx</c> in English).</summary>
public sealed class AuditText
{
    /// <summary>Headings of the exported file, in order.</summary>
    internal static readonly string[] Columns = ["Sequence", "At", "Subject", "Action", "Code", "Object", "Result", "Times", "Address", "Detail", "Hash"];

    /// <summary>The name of an action; its code where nobody named it yet.</summary>
    public static string Action(IStringLocalizer<AuditText> text, string code) => text[$"Action_{code}"] is { ResourceNotFound: false } named ? named.Value : code;

    /// <summary>A subject for people: an account is known by its name alone, keys and walls keep the word that says what they are.</summary>
    public static string Who(string subject) => subject.StartsWith("account:", StringComparison.Ordinal) ? subject["account:".Length..] : subject;

    /// <summary>County time.</summary>
    public static string Time(DateTime utc) => CountyTime.Local(utc).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
