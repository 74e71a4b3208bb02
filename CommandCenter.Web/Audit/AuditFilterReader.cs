using System.ComponentModel;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Audit;

/// <summary>What the record is asked, as it was given.</summary>
internal sealed record AuditParameters(
    [property: FromQuery(Name = "from"), Description("First instant, ISO 8601; without an offset it is county time.")] string? From,
    [property: FromQuery(Name = "to"), Description("Instant before which it was, ISO 8601; without an offset it is county time. A bare day is included whole.")] string? To,
    [property: FromQuery(Name = "subject"), Description("Part of the subject's name.")] string? Subject,
    [property: FromQuery(Name = "action"), Description("A code such as session.begin, or its beginning with the dot (session.) for all of them.")] string? Action,
    [property: FromQuery(Name = "object"), Description("Part of the object.")] string? On,
    [property: FromQuery(Name = "result"), Description("done, refused or failed.")] string? Result);

/// <summary>Reads them, all of them before it complains. What is given empty, as forms do, was not given.</summary>
internal static class AuditFilterReader
{
    private const int LongestText = 200;

    private static readonly string[] Known = ["from", "to", "subject", "action", "object", "result", "culture"];

    /// <param name="further">Names of parameters that the caller reads itself.</param>
    public static AuditFilter Read(IEnumerable<string> given, AuditParameters asked, FieldErrors errors, params string[] further)
    {
        foreach (var name in given.Where(name => !Known.Concat(further).Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(name, "UnknownParameter");
        }

        var (from, to) = (Instant("from", asked.From, errors), Instant("to", asked.To, errors));
        if (to is { } end && asked.To!.Length == "yyyy-MM-dd".Length)
        {
            to = end.AddDays(1);
        }

        if (from > to)
        {
            errors.Add("from", "QueryOrder");
        }

        AuditResult? result = null;
        if (asked.Result is { Length: > 0 } word)
        {
            result = Enum.GetValues<AuditResult>().Cast<AuditResult?>().FirstOrDefault(r => Word(r!.Value) == word);
            if (result is null)
            {
                errors.Add("result", "QueryAuditResult");
            }
        }

        return new AuditFilter(
            from, to, Text("subject", asked.Subject, errors), Text("action", asked.Action, errors), Text("object", asked.On, errors), result, Before: null, Limit: 0);
    }

    public static string Word(AuditResult result) => result switch
    {
        AuditResult.Done => "done",
        AuditResult.Refused => "refused",
        AuditResult.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    public static long? Number(string name, string? text, long most, FieldErrors errors) =>
        string.IsNullOrEmpty(text) ? null : ApiRequest.Integer(name, text, 1, most, errors);

    private static DateTime? Instant(string name, string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (CountyTime.TryParse(text, out var utc))
        {
            return utc;
        }

        errors.Add(name, "NotATime");
        return null;
    }

    private static string? Text(string name, string? text, FieldErrors errors)
    {
        if (text is { Length: > LongestText })
        {
            errors.Add(name, "TooLong", LongestText, text.Length);
        }

        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
