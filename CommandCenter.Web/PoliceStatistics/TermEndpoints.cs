using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>/api/v1/statistics/terms</c>: what is counted, and what it is called.</summary>
internal static class TermEndpoints
{
    private const int MostBytes = 16 * 1024;

    public static void MapTerms(this IEndpointRouteBuilder statistics)
    {
        statistics.MapGet("terms", ListAsync)
            .WithName("ListStatisticTerms")
            .WithSummary("The measures, categories and tags that there are.")
            .Requires(Permission.SeeStatistics);
        statistics.MapPut("terms/{kind}/{code}", SaveAsync)
            .WithName("PutStatisticTerm")
            .WithSummary("Adds a measure, category or tag, or changes what is said of it.")
            .WithDescription("Its code never changes, and no figure does. A key of an area changes nothing.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .Requires(Permission.ManageStatistics);
    }

    private static async Task<Ok<StatisticTermList>> ListAsync(HttpContext context, StatisticTermStore terms) =>
        TypedResults.Ok(new StatisticTermList([.. (await terms.ReadAsync(context.RequestAborted)).All.Select(TermAnswer.Of)]));

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        StatisticTermStore terms,
        [Description("measure, category or tag.")] string kind,
        [Description("Letters, digits and dashes, at most 24.")] string code,
        [FromBody] TermSubmission term)
    {
        if (context.Sight(Permission.ManageStatistics).Area is not null)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only for the whole store.");
        }

        var errors = new FieldErrors();
        var read = TermReader.Read(kind, code, term, await terms.ReadAsync(context.RequestAborted), errors);
        if (read is null)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        await terms.SaveAsync(read, context.By(), CancellationToken.None);
        return TypedResults.Ok(TermAnswer.Of(read));
    }
}

/// <summary>Reads a term that somebody adds or changes.</summary>
internal static class TermReader
{
    /// <returns>Null once there are errors.</returns>
    public static StatisticTerm? Read(string kind, string code, TermSubmission term, StatisticTerms known, FieldErrors errors)
    {
        if (!Enum.TryParse<TermKind>(kind, ignoreCase: true, out var read) || !char.IsAsciiLetter(kind[0]))
        {
            errors.AddText("kind", StatisticMessages.Get("TermKind"));
        }

        if (!StatisticSeries.IsPart(code))
        {
            errors.AddText("code", StatisticMessages.Get("TermCode"));
        }

        var (name, nameEn) = (Name("name", term.Name), Name("nameEn", term.NameEn));
        var aliases = (term.Aliases ?? []).Select(alias => alias?.Trim() ?? "").Where(alias => alias.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (aliases.Exists(alias => alias.Contains(',', StringComparison.Ordinal)) || aliases.Sum(alias => alias.Length + 1) > StatisticTermStore.LongestAliases)
        {
            errors.AddText("aliases", StatisticMessages.Format("TermAliases", StatisticTermStore.LongestAliases));
        }

        // A name stands in files for one term: what is called alike could not be told apart.
        foreach (var taken in aliases.Append(name).Append(nameEn).Where(text => known.FindByName(text) is { } other && (other.Kind, other.Code) != (read, code)))
        {
            errors.AddText("name", StatisticMessages.Format("TermTaken", taken));
        }

        return errors.Any ? null : new StatisticTerm(read, code, name, nameEn, term.Adverse, term.IsStock, aliases);

        string Name(string field, string? text)
        {
            var given = text?.Trim() ?? "";
            if (given.Length == 0)
            {
                errors.Add(field, "Required");
            }

            IncidentValidator.CheckText(field, given, StatisticTermStore.LongestName, errors);
            return given;
        }
    }
}

/// <summary>What is said of a term.</summary>
public sealed record TermSubmission(
    [property: Description("In Chinese, at most 60 characters.")] string? Name,
    [property: Description("In English, at most 60 characters.")] string? NameEn,
    [property: Description("Which way it is bad news: none, up (more is worse) or down.")] Adverse Adverse,
    [property: Description("A level such as population: a period holds its last value, not a sum.")] bool IsStock,
    [property: Description("Other names that files give it.")] IReadOnlyList<string>? Aliases);

/// <summary>A measure, category or tag.</summary>
public sealed record TermAnswer(
    [property: Description("measure, category or tag.")] TermKind Kind,
    [property: Description("Part of the codes of series.")] string Code,
    [property: Description("In Chinese.")] string Name,
    [property: Description("In English.")] string NameEn,
    [property: Description("none, up (more is worse) or down.")] Adverse Adverse,
    [property: Description("A level: a period holds its last value.")] bool IsStock,
    [property: Description("Other names that files give it.")] IReadOnlyList<string> Aliases)
{
    internal static TermAnswer Of(StatisticTerm term) => new(term.Kind, term.Code, term.Name, term.NameEn, term.Adverse, term.IsStock, term.Aliases);
}

/// <summary>All terms.</summary>
public sealed record StatisticTermList([property: Description("The terms.")] IReadOnlyList<TermAnswer> Items);
