using System.Globalization;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Figures as a program sent them, read.</summary>
public sealed record StatisticSubmission(StatisticDraft Draft, string Source, DateOnly AsOf, string? Note);

/// <summary>Reads what programs send, and complains about all of it at once: <c>figures[3].value</c>.</summary>
public static class StatisticSubmissionReader
{
    /// <summary>Most figures of one sending.</summary>
    public const int MostFigures = 300_000;

    private static readonly string[] Fields = ["source", "asOf", "note", "figures"];
    private static readonly string[] FigureFields = ["area", "measure", "category", "tag", "day", "month", "value"];

    /// <param name="json">UTF-8.</param>
    /// <param name="sight">Holds the figures to an area and a source.</param>
    /// <returns>Null once there are errors.</returns>
    public static StatisticSubmission? Read(ReadOnlyMemory<byte> json, Sight sight, StatisticTerms terms, AreaNames areas, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add("", "NotAnObject");
                return null;
            }

            var reader = new Reader(sight, terms, areas, errors);
            var submission = reader.Read(document.RootElement);
            return errors.Any ? null : submission;
        }
        catch (JsonException e)
        {
            errors.Add("", json.IsEmpty ? "Empty" : "NotJson", e.BytePositionInLine ?? 0, e.Message);
        }
        catch (InvalidOperationException)
        {
            // A string that is not UTF-8, or half a surrogate pair, which only shows when it is read.
            errors.Add("", "BadText");
        }

        return null;
    }

    private sealed class Reader(Sight sight, StatisticTerms terms, AreaNames areas, FieldErrors errors)
    {
        private readonly StatisticDraft _draft = new();
        private readonly Dictionary<(string, string, string), StatisticSeries?> _series = [];

        public StatisticSubmission Read(JsonElement root)
        {
            Refuse(root, "", Fields);
            var source = Text(root, "", "source", StatisticHeader.LongestSource, required: true) ?? "";
            if (source.Length > 0 && sight.Source is { } own && own != source)
            {
                errors.AddText("source", StatisticMessages.Format("NotYourSource", own));
            }

            var asOf = Date(root, "", "asOf", "yyyy-MM-dd", required: true);
            var note = Text(root, "", "note", StatisticHeader.LongestNote, required: false);
            if (!root.TryGetProperty("figures", out var figures) || figures.ValueKind != JsonValueKind.Array || figures.GetArrayLength() == 0)
            {
                errors.Add("figures", "Required");
            }
            else if (figures.GetArrayLength() > MostFigures)
            {
                errors.AddText("figures", StatisticMessages.Format("TooManyFigures", MostFigures));
            }
            else
            {
                foreach (var (i, figure) in figures.EnumerateArray().Index())
                {
                    Take(figure, FormattableString.Invariant($"figures[{i}]"));
                }

                foreach (var conflict in _draft.Conflicts)
                {
                    errors.AddText("figures", StatisticMessages.Format(
                        "Twice", conflict.Series, conflict.AreaCode, conflict.Day.ToString(conflict.IsMonth ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture)));
                }
            }

            return new StatisticSubmission(_draft, source, asOf ?? default, note);
        }

        private void Take(JsonElement figure, string at)
        {
            if (figure.ValueKind != JsonValueKind.Object)
            {
                errors.Add(at, "MustBeObject");
                return;
            }

            Refuse(figure, at + ".", FigureFields);
            var (area, series, value) = (Area(figure, at), Series(figure, at), Value(figure, at));
            var (day, month) = (Date(figure, at + ".", "day", "yyyy-MM-dd", required: false), Date(figure, at + ".", "month", "yyyy-MM", required: false));
            if ((day is null) == (month is null))
            {
                if (day is not null || !(figure.TryGetProperty("day", out _) || figure.TryGetProperty("month", out _)))
                {
                    errors.AddText($"{at}.day", StatisticMessages.Get("DayOrMonth"));
                }
            }
            else if (area is not null && series is not null && value is { } number)
            {
                if (day is { } date)
                {
                    _draft.AddDay(series, area, date, number);
                }
                else
                {
                    _draft.AddMonth(series, area, month!.Value, number);
                }
            }
        }

        private string? Area(JsonElement figure, string at)
        {
            if (Text(figure, at + ".", "area", 60, required: true) is not { } text)
            {
                return null;
            }

            if (areas.Find(text) is not { } code || !areas.Knows(code))
            {
                errors.AddText($"{at}.area", StatisticMessages.Format("UnknownArea", text));
                return null;
            }

            if (!sight.Covers(code))
            {
                errors.AddText($"{at}.area", StatisticMessages.Format("NotYourArea", code));
                return null;
            }

            return code;
        }

        private StatisticSeries? Series(JsonElement figure, string at)
        {
            var key = (Text(figure, at + ".", "measure", 60, required: false) ?? StatisticTerms.Calls, Text(figure, at + ".", "category", 60, required: false) ?? "", Text(figure, at + ".", "tag", 60, required: false) ?? "");
            if (!_series.TryGetValue(key, out var series))
            {
                var (measure, category, tag) = (terms.Find(TermKind.Measure, key.Item1), terms.Find(TermKind.Category, key.Item2), terms.Find(TermKind.Tag, key.Item3));
                series = measure is not null && (key.Item2.Length == 0 || category is not null) && (key.Item3.Length == 0 || tag is not null)
                    && StatisticSeries.Of(measure.Code, category?.Code ?? "", tag?.Code ?? "") is var made && terms.Knows(made) ? made : null;
                _series.Add(key, series);
            }

            if (series is null)
            {
                errors.AddText($"{at}.{(key.Item3.Length > 0 ? "tag" : key.Item2.Length > 0 ? "category" : "measure")}", StatisticMessages.Format("UnknownTerm", $"{key.Item1}/{key.Item2}/{key.Item3}".TrimEnd('/')));
            }

            return series;
        }

        private decimal? Value(JsonElement figure, string at)
        {
            if (!figure.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null)
            {
                errors.Add($"{at}.value", "Required");
            }
            else if (value.ValueKind != JsonValueKind.Number)
            {
                errors.Add($"{at}.value", "MustBeNumber");
            }
            else if (value.TryGetDecimal(out var number) && StatisticDraft.Takes(number))
            {
                return number;
            }
            else
            {
                errors.AddText($"{at}.value", StatisticMessages.Format("TooExact", IncidentValidator.Shortened(value.GetRawText())));
            }

            return null;
        }

        private DateOnly? Date(JsonElement element, string at, string name, string format, bool required)
        {
            if (Text(element, at, name, 20, required) is not { } text)
            {
                return null;
            }

            if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2100)
            {
                return day;
            }

            errors.AddText($"{at}{name}", StatisticMessages.Format("BadDate", text));
            return null;
        }

        private string? Text(JsonElement element, string at, string name, int longest, bool required)
        {
            if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (required)
                {
                    errors.Add($"{at}{name}", "Required");
                }

                return null;
            }

            if (value.ValueKind != JsonValueKind.String)
            {
                errors.Add($"{at}{name}", "MustBeString");
                return null;
            }

            var text = value.GetString()!.Trim();
            if (text.Length == 0 && required)
            {
                errors.Add($"{at}{name}", "Required");
                return null;
            }

            IncidentValidator.CheckText($"{at}{name}", text, longest, errors);
            return text.Length is 0 || text.Length > longest ? null : text;
        }

        private void Refuse(JsonElement element, string at, string[] known)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (!known.Contains(property.Name, StringComparer.Ordinal))
                {
                    errors.Add($"{at}{IncidentValidator.Shortened(property.Name)}", "UnknownField");
                }
            }
        }
    }
}
