using System.Text.Json;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Forces;

/// <summary>Reads a county's list of units from JSON, and complains about all of it at once: <c>[3].lon</c>.</summary>
public static class UnitListReader
{
    private static readonly string[] Fields = ["code", "name", "kind", "area", "lon", "lat"];

    /// <param name="json">UTF-8: an array of objects with code, name, kind, area, lon and lat.</param>
    /// <param name="county">Six digits.</param>
    /// <param name="crs">The system of all points.</param>
    /// <param name="areas">The areas in force: a unit belongs to one of them.</param>
    /// <returns>Without meaning once there are errors.</returns>
    public static IReadOnlyList<Unit> Read(ReadOnlyMemory<byte> json, string county, CoordinateSystem crs, AreaIndex areas, FieldErrors errors)
    {
        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var units = new List<Unit>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                errors.Add("", "UnitsNotArray");
                return units;
            }

            if (document.RootElement.GetArrayLength() > UnitStore.MostOfCounty)
            {
                errors.Add("", "UnitsTooMany", UnitStore.MostOfCounty);
                return units;
            }

            var codes = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (i, element) in document.RootElement.EnumerateArray().Index())
            {
                var unit = Unit(element, FormattableString.Invariant($"[{i}]"), county, crs, areas, errors);
                if (unit.Code.Length > 0 && !codes.Add(unit.Code))
                {
                    errors.Add(FormattableString.Invariant($"[{i}].code"), "UnitTwice", IncidentValidator.Shortened(unit.Code));
                }

                units.Add(unit);
            }
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

        return units;
    }

    private static Unit Unit(JsonElement element, string at, string county, CoordinateSystem crs, AreaIndex areas, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(at, "MustBeObject");
            return new Unit();
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
            {
                errors.Add($"{at}.{IncidentValidator.Shortened(property.Name)}", "UnknownField");
            }
            else if (!seen.Add(property.Name))
            {
                errors.Add($"{at}.{property.Name}", "DuplicateField");
            }
        }

        var code = Text(element, at, "code", UnitStore.LongestCode, errors);
        if (code.AsSpan().ContainsAnyExcept(IncidentLimits.SourceCharacters))
        {
            errors.Add($"{at}.code", "SourceForm");
        }

        var area = Text(element, at, "area", 15, errors);
        if (area.Length > 0 && (!area.StartsWith(county, StringComparison.Ordinal) || areas.Find(area) is null))
        {
            errors.Add($"{at}.area", "UnitArea", county, area);
        }

        var (lon, lat) = (Number(element, at, "lon", 180, errors), Number(element, at, "lat", 90, errors));
        (lon, lat) = CoordinateTransform.ToWgs84(crs, lon, lat);
        return new Unit
        {
            Code = code, Name = Text(element, at, "name", UnitStore.LongestName, errors).Trim(), Kind = Kind(Text(element, at, "kind", 40, errors), at, errors),
            AreaCode = area, Lon = lon, Lat = lat, SourceCrs = CoordinateTransform.NameOf(crs),
        };
    }

    private static UnitKind Kind(string text, string at, FieldErrors errors)
    {
        if (UnitKinds.TryParse(text, out var kind))
        {
            return kind;
        }

        if (text.Length > 0)
        {
            errors.Add($"{at}.kind", "UnitKind", text, UnitKinds.Names);
        }

        return default;
    }

    private static string Text(JsonElement element, string at, string name, int longest, FieldErrors errors)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            errors.Add($"{at}.{name}", "Required");
            return "";
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            errors.Add($"{at}.{name}", "MustBeString");
            return "";
        }

        var text = value.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add($"{at}.{name}", "Required");
            return "";
        }

        IncidentValidator.CheckText($"{at}.{name}", text, longest, errors);
        return text.Length <= longest ? text : "";
    }

    private static double Number(JsonElement element, string at, string name, double most, FieldErrors errors)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            errors.Add($"{at}.{name}", "Required");
        }
        else if (value.ValueKind != JsonValueKind.Number)
        {
            errors.Add($"{at}.{name}", "MustBeNumber");
        }
        else if (value.GetDouble() is var number && Math.Abs(number) <= most)
        {
            return number;
        }
        else
        {
            errors.Add($"{at}.{name}", "OutOfRange", -most, most, number);
        }

        return 0;
    }
}
