using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Hosting;

/// <summary>What all endpoints read alike: parameters, each complaint kept by its field, and bodies.</summary>
internal static class ApiRequest
{
    private const int MostItems = 500;

    // What a sender says of its length is believed up to here before anything has come.
    private const int MostAhead = 64 * 1024;

    /// <summary>Complains of parameters that nobody knows: a misspelt one must not quietly be another question.</summary>
    /// <param name="known">All that are read; <c>culture</c>, which chooses the language of every answer, is known anyway.</param>
    public static void RefuseUnknown(this HttpRequest request, FieldErrors errors, params string[] known)
    {
        foreach (var name in request.Query.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.Equals("culture", StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(name, "UnknownParameter");
        }
    }

    /// <summary>The body, whole. The size limit of the endpoint ends an endless one with 413.</summary>
    public static async Task<ReadOnlyMemory<byte>> BodyAsync(this HttpContext context)
    {
        using var body = new MemoryStream((int)Math.Clamp(context.Request.ContentLength ?? 0, 0, MostAhead));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Who does it: a person acts in their own name, whatever the body says; a program may name whom it acts for.</summary>
    public static string Actor(Subject subject, string? named) => subject.Kind == SubjectKind.ApiKey && !string.IsNullOrWhiteSpace(named) ? named : subject.Label;

    /// <summary><c>true</c>, <c>false</c> or not given, which is false.</summary>
    public static bool Flag(string name, string? text, FieldErrors errors)
    {
        if (text is not (null or "true" or "false"))
        {
            errors.Add(name, "MustBeBoolean");
        }

        return text == "true";
    }

    public static long Integer(string name, string text, long least, long most, FieldErrors errors)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        errors.Add(name, "QueryInteger", least, most);
        return least;
    }

    /// <summary>An id or a position in a page's address; null where it is none.</summary>
    public static long? Position(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>How many items of a listing, 1 to 500.</summary>
    /// <param name="usual">When it is not given.</param>
    public static int Limit(string? text, int usual, FieldErrors errors) => text is null ? usual : (int)Integer("limit", text, 1, MostItems, errors);
}
