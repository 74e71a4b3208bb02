using System.Text;
using System.Text.Json;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Reads one feature: its properties into a candidate, its geometry through <see cref="ShapeRepair"/>. Not safe for two
/// threads; each worker has its own.
/// </summary>
internal sealed class AreaFeatureReader(CoordinateSystem crs)
{
    public const int LongestName = 100;
    public const int LongestType = 50;

    private readonly RawShape _shape = new();
    private readonly ShapeRepair _repair = new(crs);
    private string? _levelText;
    private bool _isFeature;

    /// <summary>Reads a feature's JSON text, which the scanner has found well-formed.</summary>
    /// <exception cref="JsonException">Text that is not UTF-8, which only shows when it is read.</exception>
    public AreaCandidate Read(ReadOnlySpan<byte> json, int index)
    {
        var candidate = new AreaCandidate(index);
        _levelText = null;
        _isFeature = false;
        _shape.Clear();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            try
            {
                ReadMembers(ref reader, candidate);
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException($"Feature {index} holds text that is not UTF-8.", e);
            }
        }

        candidate.Rejection = !_isFeature ? AreaRejection.NotFeature() : candidate.Rejection ?? Judge(candidate);
        return candidate;
    }

    private void ReadMembers(ref Utf8JsonReader reader, AreaCandidate candidate)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                _isFeature = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Feature"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("geometry"u8))
            {
                reader.Read();
                _shape.Read(ref reader);
            }
            else if (reader.ValueTextEquals("properties"u8))
            {
                reader.Read();
                ReadProperties(ref reader, candidate);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private void ReadProperties(ref Utf8JsonReader reader, AreaCandidate candidate)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("code"u8))
            {
                candidate.Code = Text(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                candidate.Name = Text(ref reader) ?? "";
            }
            else if (reader.ValueTextEquals("level"u8))
            {
                _levelText = Text(ref reader);
            }
            else if (reader.ValueTextEquals("population"u8))
            {
                candidate.Population = Count(ref reader, "population", candidate);
            }
            else if (reader.ValueTextEquals("households"u8))
            {
                candidate.Households = Count(ref reader, "households", candidate);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                candidate.Type = Text(ref reader) is { Length: > 0 } type ? type : null;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private AreaRejection? Judge(AreaCandidate candidate)
    {
        if (string.IsNullOrEmpty(candidate.Code))
        {
            return AreaRejection.Missing("code");
        }

        if (candidate.Name.Length == 0)
        {
            return AreaRejection.Missing("name");
        }

        if (string.IsNullOrEmpty(_levelText))
        {
            return AreaRejection.Missing("level");
        }

        if (!AreaLevels.TryParse(_levelText, out var level))
        {
            return AreaRejection.Bad("level", "应为 county、town、village 或 grid", "must be county, town, village or grid");
        }

        candidate.Level = level;
        if (!AreaCode.IsValid(candidate.Code, level, out var fault))
        {
            return AreaRejection.BadCode(candidate.Code.Length > 40 ? candidate.Code[..40] + "…" : candidate.Code, level, fault);
        }

        if (candidate.Name.Length > LongestName)
        {
            return AreaRejection.Bad("name", $"超过 {LongestName} 个字符", $"is longer than {LongestName} characters");
        }

        if (candidate.Name.Any(char.IsControl))
        {
            return AreaRejection.Bad("name", "含有控制字符", "holds control characters");
        }

        if (candidate.Type is { } type && type.Any(char.IsControl))
        {
            return AreaRejection.Bad("type", "含有控制字符", "holds control characters");
        }

        if (candidate.Type is { Length: > LongestType })
        {
            return AreaRejection.Bad("type", $"超过 {LongestType} 个字符", $"is longer than {LongestType} characters");
        }

        return _repair.Run(_shape, candidate);
    }

    // Codes often come out of GIS tables as numbers; a name may as well.
    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!.Trim();
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    private static int? Count(ref Utf8JsonReader reader, string property, AreaCandidate candidate)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && value is >= 0 and <= int.MaxValue && value == Math.Floor(value))
        {
            return (int)value;
        }

        reader.Skip();
        candidate.Rejection ??= AreaRejection.Bad(property, "应为不小于 0 的整数", "must be a whole number, 0 or more");
        return null;
    }
}
