using System.Text.Json;

namespace CommandCenter.Data.Grids;

/// <summary>
/// The geometry of a feature as the file has it: numbers and nesting, not yet judged. The members of a geometry come in any
/// order, so coordinates are read before their meaning is known. Reused from feature to feature.
/// </summary>
internal sealed class RawShape
{
    /// <summary>First and second number of each position by turns.</summary>
    public List<double> Xy { get; } = [];

    /// <summary>Number of vertices up to the end of each ring.</summary>
    public List<int> RingEnds { get; } = [];

    /// <summary>Number of rings up to the end of each polygon.</summary>
    public List<int> PartEnds { get; } = [];

    public bool IsMissing { get; private set; }

    public bool IsMalformed { get; private set; }

    public bool FromCollection { get; private set; }

    /// <summary>A type that can hold no area; null when all is well.</summary>
    public string? WrongType { get; private set; }

    public void Clear()
    {
        Xy.Clear();
        RingEnds.Clear();
        PartEnds.Clear();
        (IsMissing, IsMalformed, FromCollection, WrongType) = (true, false, false, null);
    }

    /// <summary>Reads the value that the reader stands on: a geometry or null.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        IsMissing = false;
        ReadGeometry(ref reader);
        if (WrongType is not null && PartEnds.Count > 0)
        {
            WrongType = null; // A collection that holds polygons beside its points and lines.
        }

        IsMissing = WrongType is null && !IsMalformed && PartEnds.Count == 0;
    }

    private void ReadGeometry(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            IsMalformed = true;
            reader.Skip();
            return;
        }

        string? type = null;
        var depth = 0;
        (int Xy, int Rings, int Parts) before = (Xy.Count, RingEnds.Count, PartEnds.Count);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("coordinates"u8))
            {
                reader.Read();
                depth = ReadCoordinates(ref reader);
            }
            else if (reader.ValueTextEquals("geometries"u8))
            {
                reader.Read();
                ReadCollection(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        Judge(type, depth, before);
    }

    private void Judge(string? type, int depth, (int Xy, int Rings, int Parts) before)
    {
        switch (type)
        {
            case "Polygon":
                IsMalformed |= depth is not (0 or 3);
                break;
            case "MultiPolygon":
                IsMalformed |= depth is not (0 or 4);
                break;
            case "GeometryCollection":
                FromCollection = true;
                break;
            default:
                WrongType = type ?? "";
                IsMalformed = false;
                Xy.RemoveRange(before.Xy, Xy.Count - before.Xy);
                RingEnds.RemoveRange(before.Rings, RingEnds.Count - before.Rings);
                PartEnds.RemoveRange(before.Parts, PartEnds.Count - before.Parts);
                break;
        }
    }

    private void ReadCollection(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            IsMalformed = true;
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadGeometry(ref reader);
        }
    }

    /// <summary>Reads nested arrays of positions; tells how deep the numbers stand (a Polygon's at 3), 0 for none at all.</summary>
    private int ReadCoordinates(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            IsMalformed = reader.TokenType != JsonTokenType.Null;
            reader.Skip();
            return 0;
        }

        int depth = 1, numbersAt = 0;
        while (depth > 0 && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndArray:
                    EndArray(--depth, numbersAt);
                    break;
                case JsonTokenType.Number when numbersAt is 0 || numbersAt == depth:
                    numbersAt = depth;
                    ReadPosition(ref reader);
                    depth--;
                    break;
                default:
                    IsMalformed = true;
                    reader.Skip();
                    break;
            }
        }

        return numbersAt;
    }

    // Called on the first number of a position; leaves the reader on the end of its array.
    private void ReadPosition(ref Utf8JsonReader reader)
    {
        var count = 0;
        do
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                IsMalformed = true;
                reader.Skip();
            }
            else if (count < 2)
            {
                Xy.Add(reader.GetDouble());
            }

            count++;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray);

        if (count < 2)
        {
            IsMalformed = true;
            Xy.Add(double.NaN);
        }
    }

    private void EndArray(int depthOutside, int numbersAt)
    {
        // The array that just ended held positions, or held rings.
        if (depthOutside == numbersAt - 2 && numbersAt > 1)
        {
            RingEnds.Add(Xy.Count / 2);
        }
        else if (depthOutside == numbersAt - 3 && numbersAt > 2)
        {
            PartEnds.Add(RingEnds.Count);
        }
    }
}
