using System.Text.Json;

namespace CommandCenter.Data.Incidents;

/// <summary>
/// Reads a report from JSON, by hand: a serializer stops at the first field that is wrong, a sender wants to hear of all of
/// them, and batch intake wants no reflection.
/// </summary>
public static class IncidentSubmissionReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    /// <param name="json">UTF-8.</param>
    /// <returns>The report as far as it could be read, or null with errors when it is not a JSON object at all.</returns>
    public static IncidentSubmission? Read(ReadOnlySpan<byte> json, FieldErrors errors)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                errors.Add("", "NotAnObject");
                return null;
            }

            var submission = ReadReport(ref reader, errors);
            if (reader.Read())
            {
                errors.Add("", "NotAnObject");
            }

            return submission;
        }
        catch (JsonException e)
        {
            errors.Add("", json.IsEmpty ? "Empty" : "NotJson", reader.BytesConsumed, e.Message);
            return null;
        }
    }

    private static IncidentSubmission ReadReport(ref Utf8JsonReader reader, FieldErrors errors)
    {
        string? source = null, externalId = null, category = null, urgency = null, title = null, description = null;
        string? crs = null, gridCode = null, address = null, occurredAt = null;
        double? lon = null, lat = null;
        ReporterSubmission? reporter = null;
        var seen = new FieldsSeen();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("source"u8)) { source = Text(ref reader, "source", errors, ref seen, 0); }
            else if (reader.ValueTextEquals("externalId"u8)) { externalId = Text(ref reader, "externalId", errors, ref seen, 1); }
            else if (reader.ValueTextEquals("category"u8)) { category = Text(ref reader, "category", errors, ref seen, 2); }
            else if (reader.ValueTextEquals("urgency"u8)) { urgency = Text(ref reader, "urgency", errors, ref seen, 3); }
            else if (reader.ValueTextEquals("title"u8)) { title = Text(ref reader, "title", errors, ref seen, 4); }
            else if (reader.ValueTextEquals("description"u8)) { description = Text(ref reader, "description", errors, ref seen, 5); }
            else if (reader.ValueTextEquals("lon"u8)) { lon = Number(ref reader, "lon", errors, ref seen, 6); }
            else if (reader.ValueTextEquals("lat"u8)) { lat = Number(ref reader, "lat", errors, ref seen, 7); }
            else if (reader.ValueTextEquals("crs"u8)) { crs = Text(ref reader, "crs", errors, ref seen, 8); }
            else if (reader.ValueTextEquals("gridCode"u8)) { gridCode = Text(ref reader, "gridCode", errors, ref seen, 9); }
            else if (reader.ValueTextEquals("address"u8)) { address = Text(ref reader, "address", errors, ref seen, 10); }
            else if (reader.ValueTextEquals("occurredAt"u8)) { occurredAt = Text(ref reader, "occurredAt", errors, ref seen, 11); }
            else if (reader.ValueTextEquals("reporter"u8)) { reporter = Reporter(ref reader, errors, ref seen); }
            else { Unknown(ref reader, "", errors); }
        }

        return new IncidentSubmission
        {
            Source = source, ExternalId = externalId, Category = category, Urgency = urgency, Title = title, Description = description,
            Lon = lon, Lat = lat, Crs = crs, GridCode = gridCode, Address = address, OccurredAt = occurredAt, Reporter = reporter,
        };
    }

    private static ReporterSubmission? Reporter(ref Utf8JsonReader reader, FieldErrors errors, ref FieldsSeen seen)
    {
        seen.Mark(12, "reporter", errors);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                errors.Add("reporter", "MustBeObject");
                reader.Skip();
            }

            return null;
        }

        string? name = null, phone = null, idNumber = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) { name = Text(ref reader, "reporter.name", errors, ref seen, 13); }
            else if (reader.ValueTextEquals("phone"u8)) { phone = Text(ref reader, "reporter.phone", errors, ref seen, 14); }
            else if (reader.ValueTextEquals("idNumber"u8)) { idNumber = Text(ref reader, "reporter.idNumber", errors, ref seen, 15); }
            else { Unknown(ref reader, "reporter.", errors); }
        }

        return new ReporterSubmission { Name = name, Phone = phone, IdNumber = idNumber };
    }

    private static void Unknown(ref Utf8JsonReader reader, string path, FieldErrors errors)
    {
        var name = TryGetString(ref reader, out var read) ? read! : "?";
        errors.Add(path + (name.Length <= 64 ? name : name[..64]), "UnknownField");
        reader.Read();
        reader.Skip();
    }

    private static string? Text(ref Utf8JsonReader reader, string field, FieldErrors errors, ref FieldsSeen seen, int index)
    {
        seen.Mark(index, field, errors);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                if (TryGetString(ref reader, out var text))
                {
                    return text;
                }

                errors.Add(field, "BadText");
                return null;
            default:
                errors.Add(field, "MustBeString");
                reader.Skip();
                return null;
        }
    }

    private static double? Number(ref Utf8JsonReader reader, string field, FieldErrors errors, ref FieldsSeen seen, int index)
    {
        seen.Mark(index, field, errors);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        errors.Add(field, "MustBeNumber");
        reader.Skip();
        return null;
    }

    private static bool TryGetString(ref Utf8JsonReader reader, out string? text)
    {
        try
        {
            text = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader's word for escapes or bytes that are no Unicode text, such as an unpaired surrogate.
            text = null;
            return false;
        }
    }

    private struct FieldsSeen
    {
        private int _bits;

        public void Mark(int index, string field, FieldErrors errors)
        {
            if ((_bits & (1 << index)) != 0)
            {
                errors.Add(field, "DuplicateField");
            }

            _bits |= 1 << index;
        }
    }
}
