using System.Text.Json;

namespace CommandCenter.Data.Incidents;

/// <summary>
/// Reads a JSON object field by field and complains about all of it at once, where a serializer stops at the first field that is
/// wrong. What is asked for is known; what is left at the end is named as unknown.
/// </summary>
public sealed class JsonFields
{
    private const int MostDepth = 8;
    private const int LongestName = 64;

    private readonly string _path;
    private readonly FieldErrors _errors;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private JsonFields(JsonElement json, string path, FieldErrors errors)
    {
        (_path, _errors) = (path, errors);
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                errors.Add($"{path}?", "UnknownField");
            }
            else if (!_fields.TryAdd(name, property.Value))
            {
                errors.Add(path + Short(name), "DuplicateField");
            }
        }
    }

    /// <summary>Reads one object.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>What could be read of it; null with errors when it is no JSON object at all.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> json, FieldErrors errors, Func<JsonFields, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(read);
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        if (json.IsEmpty)
        {
            errors.Add("", "Empty");
            return null;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object || reader.Read())
            {
                errors.Add("", "NotAnObject");
                return null;
            }

            return Of(document.RootElement, "", errors, read);
        }
        catch (JsonException e)
        {
            errors.Add("", "NotJson", reader.BytesConsumed, e.Message);
            return null;
        }
    }

    /// <summary>A string; null where it is not there or is none.</summary>
    public string? Text(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            _errors.Add(_path + name, "MustBeString");
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // No Unicode text, such as an unpaired surrogate.
            _errors.Add(_path + name, "BadText");
            return null;
        }
    }

    /// <summary>A finite number; null where it is not there or is none.</summary>
    public double? Number(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        _errors.Add(_path + name, "MustBeNumber");
        return null;
    }

    /// <summary>A whole number within bounds; null where it is not there or is none.</summary>
    public long? WholeNumber(string name, long least, long most) => Value(name) is { } value ? WholeNumber(value, _path + name, least, most) : null;

    /// <summary>A list of whole numbers; null where it is not there or is none.</summary>
    public IReadOnlyList<long>? WholeNumbers(string name, long least, long most, int mostItems) =>
        List(name, mostItems) is not { } list
            ? null
            : [.. list.EnumerateArray().Index().Select(item => WholeNumber(item.Item, FormattableString.Invariant($"{_path}{name}[{item.Index}]"), least, most) ?? least)];

    /// <summary>True or false; null where it is not there or is none.</summary>
    public bool? Flag(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        _errors.Add(_path + name, "MustBeBoolean");
        return null;
    }

    /// <summary>A list of objects, each with its place in its path; null where it is not there or is none.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, int mostItems, Func<JsonFields, T> read)
        where T : class
    {
        if (List(name, mostItems) is not { } list)
        {
            return null;
        }

        var items = new List<T>();
        foreach (var (i, item) in list.EnumerateArray().Index())
        {
            var path = FormattableString.Invariant($"{_path}{name}[{i}]");
            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(Of(item, path + ".", _errors, read));
            }
            else
            {
                _errors.Add(path, "MustBeObject");
            }
        }

        return items;
    }

    private static T Of<T>(JsonElement json, string path, FieldErrors errors, Func<JsonFields, T> read)
    {
        var fields = new JsonFields(json, path, errors);
        var result = read(fields);
        foreach (var name in fields._fields.Keys.Where(name => !fields._asked.Contains(name)))
        {
            errors.Add(path + Short(name), "UnknownField");
        }

        return result;
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName];

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonElement? List(string name, int mostItems)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _errors.Add(_path + name, "MustBeArray");
            return null;
        }

        if (value.GetArrayLength() > mostItems)
        {
            _errors.Add(_path + name, "TooManyItems", mostItems);
            return null;
        }

        return value;
    }

    private long? WholeNumber(JsonElement value, string path, long least, long most)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
        {
            return number;
        }

        _errors.Add(path, "QueryInteger", least, most);
        return null;
    }

    private JsonElement? Value(string name)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
