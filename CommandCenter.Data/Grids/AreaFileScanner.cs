using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CommandCenter.Data.Grids;

/// <summary>Some features of a file, each as its own JSON text.</summary>
internal sealed class FeatureBatch(int firstIndex)
{
    private readonly List<(int Start, int Length)> _features = [];
    private byte[] _text = new byte[64 * 1024];
    private int _used;

    public int FirstIndex { get; } = firstIndex;

    public int Count => _features.Count;

    public bool IsFull => _used >= 192 * 1024;

    public ReadOnlySpan<byte> this[int i] => _text.AsSpan(_features[i].Start, _features[i].Length);

    public void Add(ReadOnlySpan<byte> feature)
    {
        if (_used + feature.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_used + feature.Length, _text.Length * 2));
        }

        feature.CopyTo(_text.AsSpan(_used));
        _features.Add((_used, feature.Length));
        _used += feature.Length;
    }
}

/// <summary>
/// Reads a GeoJSON FeatureCollection from a stream a piece at a time and gives out its features as JSON texts, in batches.
/// What is in memory at once is a buffer as large as the largest feature, never the file.
/// </summary>
internal sealed class AreaFileScanner(Stream body, long maxBytes)
{
    private const int MaxFeatureBytes = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _end;
    private int _piece; // where the text begins that the reader was given
    private bool _isFinal;
    private long _total;
    private JsonReaderState _state;
    private Place _place = Place.Start;
    private FeatureBatch _batch = new(0);

    private enum Place
    {
        Start,
        Members,
        Features,
        AfterEnd,
    }

    /// <summary>Why the file as a whole is not taken, once it was read.</summary>
    public AreaRejection? Rejection { get; private set; }

    public int Features { get; private set; }

    private bool SawType { get; set; }

    private bool SawFeatures { get; set; }

    /// <summary>Gives out the features. Read <see cref="Rejection"/> afterwards.</summary>
    /// <exception cref="JsonException">Not JSON; says where.</exception>
    /// <exception cref="AreaFileTooLargeException">More bytes than allowed.</exception>
    public async IAsyncEnumerable<FeatureBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (Rejection is null && !(_place == Place.AfterEnd && _isFinal && _start == _end))
        {
            await FillAsync(cancellationToken);
            while (Advance())
            {
                var full = _batch;
                _batch = new FeatureBatch(Features);
                yield return full;
            }
        }

        Rejection ??= !SawType || !SawFeatures
            ? AreaRejection.NotFeatureCollection(SawType ? "{ \"type\": \"FeatureCollection\" } (features?)" : "{ } (type?)")
            : Features == 0 ? AreaRejection.NoFeatures() : null;
        if (_batch.Count > 0)
        {
            yield return _batch;
        }
    }

    // Fills the buffer to the brim, so that a feature that does not fit is looked at again only when twice as much is there.
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxFeatureBytes)
            {
                throw new AreaFileTooLargeException(MaxFeatureBytes, Features);
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        while (_end < _buffer.Length)
        {
            var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                _isFinal = true;
                break;
            }

            if (_total == 0 && _end == 0)
            {
                read = WithoutByteOrderMark(read);
            }

            _end += read;
            _total += read;
            if (_total > maxBytes)
            {
                throw new AreaFileTooLargeException(maxBytes, null);
            }
        }
    }

    private int WithoutByteOrderMark(int read)
    {
        if (!_buffer.AsSpan(0, read).StartsWith("\uFEFF"u8))
        {
            return read;
        }

        _buffer.AsSpan(3, read - 3).CopyTo(_buffer);
        return read - 3;
    }

    /// <summary>Consumes what is whole in the buffer. True: a batch is full, and there may be more; false: more bytes are needed, or all is read.</summary>
    private bool Advance()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        _piece = _start;
        while (Rejection is null && Step(ref reader))
        {
            _state = reader.CurrentState;
            _start = _piece + (int)reader.BytesConsumed;
            if (_batch.IsFull)
            {
                return true;
            }
        }

        if (_place == Place.AfterEnd && Rejection is null)
        {
            // Only white space is left of this piece; the reader has thrown if there was anything else.
            _start = _end;
        }

        return false;
    }

    private bool Step(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (_place)
        {
            case Place.Start when reader.TokenType == JsonTokenType.StartObject:
                _place = Place.Members;
                return true;
            case Place.Start:
                Rejection = AreaRejection.NotFeatureCollection(reader.TokenType.ToString());
                return true;
            case Place.Members when reader.TokenType == JsonTokenType.EndObject:
                _place = Place.AfterEnd;
                return true;
            case Place.Members:
                return Member(ref reader);
            case Place.Features when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Members;
                return true;
            case Place.Features:
                return Feature(ref reader);
            default:
                return true;
        }
    }

    private bool Member(ref Utf8JsonReader reader)
    {
        var isType = reader.ValueTextEquals("type"u8);
        var isFeatures = reader.ValueTextEquals("features"u8);
        var isCrs = reader.ValueTextEquals("crs"u8);
        if (!reader.Read())
        {
            return false;
        }

        if (isFeatures && reader.TokenType == JsonTokenType.StartArray)
        {
            SawFeatures = true;
            _place = Place.Features;
            return true;
        }

        if (isType && reader.TokenType == JsonTokenType.String)
        {
            SawType = reader.ValueTextEquals("FeatureCollection"u8);
            Rejection = SawType ? null : AreaRejection.NotFeatureCollection(Shortened(reader.GetString()!));
            return true;
        }

        if (isCrs && reader.TokenType == JsonTokenType.StartObject)
        {
            var copy = reader;
            if (!reader.TrySkip())
            {
                return false;
            }

            Rejection = FileCrs.Check(ref copy);
            return true;
        }

        return reader.TrySkip();
    }

    private bool Feature(ref Utf8JsonReader reader)
    {
        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        _batch.Add(_buffer.AsSpan(_piece + from, (int)reader.BytesConsumed - from));
        Features++;
        return true;
    }

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
