using System.Globalization;
using CommandCenter.Data.Grids;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Grids;

/// <summary>
/// Reads parameters one by one and keeps every complaint by its field. A parameter that nobody knows is one: a misspelt
/// <c>validFrom</c> must not quietly replace today's areas.
/// </summary>
internal sealed class QueryReader
{
    private static readonly DateOnly FirstDay = new(1949, 10, 1);
    private static readonly DateOnly LastDay = new(2999, 12, 31);

    private readonly IQueryCollection _query;
    private readonly IStringLocalizer _text;
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public QueryReader(HttpRequest request, IStringLocalizer text, params string[] known)
    {
        (_query, _text) = (request.Query, text);
        foreach (var name in _query.Keys)
        {
            // "culture" chooses the language of every answer.
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.Equals("culture", StringComparison.OrdinalIgnoreCase))
            {
                _errors[name] = [_text["UnknownParameter", string.Join(", ", known)]];
            }
        }
    }

    /// <summary>What is wrong, by field; null when nothing is.</summary>
    public IDictionary<string, string[]>? Errors => _errors.Count > 0 ? _errors : null;

    public CoordinateSystem Crs() =>
        Value("crs") is not { } text ? CoordinateSystem.Wgs84
        : CoordinateTransform.TryParse(text, out var crs) ? crs
        : Fail("crs", "Crs", text, CoordinateSystem.Wgs84);

    public DateOnly? Day(string name) =>
        Value(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDay && day <= LastDay ? day
        : Fail<DateOnly?>(name, "Day", text, null);

    public bool Flag(string name) =>
        Value(name) is not { } text ? false
        : bool.TryParse(text, out var flag) ? flag
        : Fail(name, "Flag", text, false);

    public AreaLevel? Level() =>
        Value("level") is not { } text ? null
        : AreaLevels.TryParse(text, out var level) ? level
        : Fail<AreaLevel?>("level", "Level", text, null);

    /// <summary>The code of an area; "" when not given.</summary>
    public string Within() => Code("within") ?? "";

    /// <summary>The code of an area.</summary>
    public string? Code(string name) =>
        Value(name) is not { } text ? null
        : AreaCode.IsValid(text) ? text
        : Fail<string?>(name, "Within", text, null);

    public AreaRelation Relation() =>
        Value("relation") is not { } text || text.Equals("intersects", StringComparison.OrdinalIgnoreCase) ? AreaRelation.Intersects
        : text.Equals("within", StringComparison.OrdinalIgnoreCase) ? AreaRelation.Within
        : Fail("relation", "Relation", text, AreaRelation.Intersects);

    /// <summary>A whole number from 1.</summary>
    public int Integer(string name, int usual, int most) =>
        Value(name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : Fail(name, "Integer", most.ToString(CultureInfo.InvariantCulture), usual);

    public double Degrees(string name, double most, string message) =>
        Value(name) is not { } text ? Fail(name, "Required", "", 0.0)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= most ? value
        : Fail(name, message, text, 0.0);

    private string? Value(string name)
    {
        var values = _query[name];
        return values.Count > 1 ? Fail(name, "GivenTwice", "", values[0]) : values.Count == 1 ? values[0] : null;
    }

    private void Fail(string name, string message, string argument) =>
        _errors[name] = [_text[message, argument.Length > 60 ? argument[..60] + "…" : argument]];

    private T Fail<T>(string name, string message, string argument, T otherwise)
    {
        Fail(name, message, argument);
        return otherwise;
    }
}
