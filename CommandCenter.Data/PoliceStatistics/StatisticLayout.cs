using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What a column of a file holds.</summary>
public enum ColumnRole
{
    Ignored,

    /// <summary>Name or code of a county or town.</summary>
    Area,

    /// <summary>Day or month.</summary>
    Date,

    /// <summary>Name or code of a measure, category or tag; several such columns are taken together.</summary>
    Term,

    /// <summary>Figures.</summary>
    Value,

    /// <summary>The sum of the row's other figures: looked at, not taken.</summary>
    Total,
}

/// <summary>A column and what it holds.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Date">Of figures that are all of one month or day (months as columns): <c>2026-01</c>, <c>2026-01-15</c>, or <c>01</c> of the layout's year.</param>
/// <param name="Series">Of figures that are all of one series (categories as columns).</param>
public sealed record ColumnUse(int Index, ColumnRole Role, string? Date = null, string? Series = null);

/// <summary>How a file is read: wide or long, by day or month, by county or town. Mapped once, remembered by its headings.</summary>
public sealed record StatisticLayout
{
    /// <summary>Row of the headings, from 0; what stands above is a title.</summary>
    public int HeadingRow { get; init; }

    public IReadOnlyList<ColumnUse> Columns { get; init; } = [];

    /// <summary>The area of all figures, where no column names it.</summary>
    public string? Area { get; init; }

    /// <summary>The series of all figures, where nothing names it; else what the columns of terms are put under.</summary>
    public string? Series { get; init; }

    /// <summary>The month or day of all figures, where nothing names it.</summary>
    public string? Date { get; init; }

    /// <summary>The year of months that are written without one (1月).</summary>
    public int? Year { get; init; }

    /// <summary>Dates that are written as days mean their month.</summary>
    public bool DatesAreMonths { get; init; }

    /// <summary>
    /// What is left out is none: between the first and the last day of the file each of its areas and series that has no figure has 0.
    /// </summary>
    public bool MissingIsZero { get; init; }

    public bool Equals(StatisticLayout? other) => other is not null && ToJson() == other.ToJson();

    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    public string ToJson() => JsonSerializer.Serialize(this, LayoutJson.Default.StatisticLayout);

    /// <exception cref="JsonException">It is none.</exception>
    public static StatisticLayout FromJson(string json) => JsonSerializer.Deserialize(json, LayoutJson.Default.StatisticLayout) ?? throw new JsonException("A layout is an object.");

    /// <summary>By which headings are known again: years and months in them do not count, so that next year's file is known too.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string HashOf(IEnumerable<string> headings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', headings.Select(Shape).Distinct(StringComparer.Ordinal)))));

    /// <summary>
    /// The same layout for a file with other months in its headings: each column of figures of a month is that which its heading says,
    /// and months that came or went are columns like those that were there.
    /// </summary>
    public StatisticLayout For(IReadOnlyList<string> headings)
    {
        if (!Columns.Any(column => column is { Role: ColumnRole.Value, Date: not null }))
        {
            return this;
        }

        // Columns before the months stay where they are; those after them are found from the end.
        var (first, after) = (Columns.First(column => column.Date is not null).Index, Columns.Count - 1 - Columns.Last(column => column.Date is not null).Index);
        var columns = new List<ColumnUse>(headings.Count);
        for (var i = 0; i < headings.Count; i++)
        {
            var known = i < first ? Columns[i] : i >= headings.Count - after ? Columns[Columns.Count - (headings.Count - i)] : null;
            columns.Add(known is not null ? known with { Index = i }
                : DateText.TryParse(headings[i], Year, out var day, out var isMonth)
                    ? new ColumnUse(i, ColumnRole.Value, isMonth && !DateText.TryParse(headings[i], null, out _, out _) ? $"{day:MM}" : isMonth ? $"{day:yyyy-MM}" : $"{day:yyyy-MM-dd}", Columns[first].Series)
                    : new ColumnUse(i, ColumnRole.Ignored));
        }

        return this with { Columns = columns };
    }

    /// <summary>The same with a use for each of the columns that there are, in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It speaks of rows or columns that no file has.</exception>
    public StatisticLayout Over(int columns)
    {
        var used = Columns.GroupBy(column => column.Index).ToDictionary(same => same.Key, same => same.Last());
        return HeadingRow is < 0 or >= LayoutGuess.RowsLookedAt || used.Keys.Any(index => index is < 0 or >= TableFile.MostColumns)
            ? throw new ArgumentOutOfRangeException(nameof(columns), HeadingRow, "A layout speaks of the first rows and of columns that there can be.")
            : this with { Columns = [.. Enumerable.Range(0, columns).Select(i => used.GetValueOrDefault(i) ?? new ColumnUse(i, ColumnRole.Ignored))] };
    }

    private static string Shape(string heading) => DateText.TryParse(heading, year: 2000, out _, out var isMonth) ? isMonth ? "\u0001month" : "\u0001day" : heading.Trim();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatisticLayout))]
internal sealed partial class LayoutJson : JsonSerializerContext;
