using System.Text.Json;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using Microsoft.AspNetCore.Http.Features;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>A file and what is said of it, as a form brings them.</summary>
/// <param name="Layout">Null: to be found out.</param>
internal sealed record StatisticFileForm(byte[] Content, string? FileName, string Source, DateOnly? AsOf, string? Note, StatisticLayout? Layout)
{
    /// <summary>Of the whole form: the largest file, and room for what is said of it.</summary>
    public const int MostBytes = TableFile.MostBytes + (1024 * 1024);

    private const int MostText = 512 * 1024;

    private static readonly string[] Fields = ["source", "asOf", "note", "layout", "__RequestVerificationToken"];

    // Kept in memory: what people send is not left on the disk.
    private static readonly FormOptions Limits = new() { MultipartBodyLengthLimit = MostBytes, MemoryBufferThreshold = MostBytes, ValueLengthLimit = MostText, ValueCountLimit = 16 };

    /// <returns>Null once there are errors.</returns>
    /// <exception cref="InvalidDataException">It is no form.</exception>
    public static async Task<StatisticFileForm?> ReadAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(Limits, cancellationToken);
        foreach (var name in form.Keys.Where(name => !Fields.Contains(name, StringComparer.Ordinal)))
        {
            errors.Add(IncidentValidator.Shortened(name), "UnknownField");
        }

        if (form.Files is not [{ Name: "file" } file])
        {
            errors.Add("file", "Required");
            return null;
        }

        var source = Text("source", StatisticHeader.LongestSource);
        if (source is null)
        {
            errors.Add("source", "Required");
        }

        var asOf = FigureReader.Day("asOf", Given("asOf"), errors);
        if (Given("asOf") is null)
        {
            errors.Add("asOf", "Required");
        }

        var (note, layout) = (Text("note", StatisticHeader.LongestNote), ReadLayout(Given("layout"), errors));
        if (errors.Any)
        {
            return null;
        }

        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancellationToken);
        return new StatisticFileForm(content.ToArray(), NameOf(file.FileName), source!, asOf, note, layout);

        string? Given(string name) => form[name] is [{ } text, ..] && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string? Text(string name, int longest)
        {
            var text = Given(name);
            IncidentValidator.CheckText(name, text, longest, errors);
            return text;
        }
    }

    private static StatisticLayout? ReadLayout(string? json, FieldErrors errors)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            var layout = StatisticLayout.FromJson(json);
            return layout.Over(layout.Columns.Count == 0 ? 0 : layout.Columns.Max(column => column.Index) + 1);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException or NotSupportedException)
        {
            errors.AddText("layout", StatisticMessages.Get("BadLayout"));
            return null;
        }
    }

    // Some browsers send a path; only its last part names the file.
    private static string? NameOf(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return last.Length == 0 ? null : last[..Math.Min(last.Length, StatisticHeader.LongestFileName)];
    }
}
