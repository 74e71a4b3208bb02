using System.Text.Json;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>Reads a move from JSON by hand, as reports are read, so that every wrong field is named.</summary>
internal static class StatusChangeReader
{
    private static readonly string[] Fields = ["status", "note", "actor"];

    /// <param name="json">UTF-8.</param>
    /// <returns>The move as far as it could be read, or null with errors when it is not a JSON object at all.</returns>
    public static StatusChange? Read(ReadOnlyMemory<byte> json, FieldErrors errors)
    {
        if (json.IsEmpty)
        {
            errors.Add("", "Empty");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Read(document.RootElement, errors);
            }

            errors.Add("", "NotAnObject");
        }
        catch (JsonException e)
        {
            errors.Add("", "NotJson", e.BytePositionInLine ?? 0, e.Message);
        }

        return null;
    }

    private static StatusChange Read(JsonElement change, FieldErrors errors)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var property in change.EnumerateObject())
        {
            if (Array.Find(Fields, property.NameEquals) is not { } field)
            {
                errors.Add(NameOf(property), "UnknownField");
            }
            else if (!values.TryAdd(field, Text(property.Value, field, errors)))
            {
                errors.Add(field, "DuplicateField");
            }
        }

        return new StatusChange { Status = values.GetValueOrDefault("status"), Note = values.GetValueOrDefault("note"), Actor = values.GetValueOrDefault("actor") };
    }

    private static string? Text(JsonElement value, string field, FieldErrors errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                try
                {
                    return value.GetString();
                }
                catch (InvalidOperationException)
                {
                    // No Unicode text, such as an unpaired surrogate.
                    errors.Add(field, "BadText");
                    return null;
                }

            default:
                errors.Add(field, "MustBeString");
                return null;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name.Length <= 64 ? property.Name : property.Name[..64];
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }
}
