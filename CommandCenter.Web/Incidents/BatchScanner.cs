using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>
/// Cuts a body into reports as its bytes arrive: the lines of NDJSON, or the elements of one JSON array. It only looks for
/// where a report ends, so that a report which is no good JSON is named and the next one still read.
/// </summary>
/// <param name="longest">Most bytes of a report, with the white space around it.</param>
internal sealed class BatchScanner(int longest = IncidentLimits.ReportBytes)
{
    private Shape _shape;
    private int _line = 1;
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _tooLong;
    private bool _expectsElement;

    private enum Shape
    {
        Unknown,
        Lines,
        Array,
        AfterArray,
    }

    /// <summary>A report's bytes, or none when they are more than a report may have.</summary>
    public delegate void Found(int line, ReadOnlySpan<byte> report, bool tooLong);

    /// <summary>Whether bytes follow where nothing should: the array was closed, or never closed.</summary>
    public bool Broken { get; private set; }

    /// <summary>The line after the last one found.</summary>
    public int Line => _line;

    /// <summary>Cuts what is complete.</summary>
    /// <param name="scanned">How many of the bytes were looked at before and hold no end.</param>
    /// <returns>How many bytes are done with; the rest is to be given again, followed by more.</returns>
    public int Scan(ReadOnlySpan<byte> bytes, int scanned, bool isLast, Found found)
    {
        var start = 0;
        for (var i = scanned; i < bytes.Length; i++)
        {
            if (_shape == Shape.Unknown)
            {
                if (bytes[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF)
                {
                    _line += bytes[i] == (byte)'\n' ? 1 : 0;
                    start = i + 1;
                    continue;
                }

                _shape = bytes[i] == (byte)'[' ? Shape.Array : Shape.Lines;
                if (_shape == Shape.Array)
                {
                    (_line, start) = (1, i + 1);
                    continue;
                }
            }

            if (_shape == Shape.AfterArray)
            {
                Broken |= !IsSpace(bytes[i]);
                start = i + 1;
            }
            else if (_shape == Shape.Lines ? bytes[i] == (byte)'\n' : EndsElement(bytes[i]))
            {
                Emit(bytes[start..i], found);
                start = i + 1;
            }
        }

        if (bytes.Length - start > longest)
        {
            (_tooLong, start) = (true, bytes.Length);
        }

        if (isLast && _shape != Shape.AfterArray)
        {
            Broken |= _shape == Shape.Array;
            Emit(bytes[start..], found);
            start = bytes.Length;
        }

        return start;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private bool EndsElement(byte b)
    {
        if (_inString)
        {
            _inString = _escaped || b != (byte)'"';
            _escaped = !_escaped && b == (byte)'\\';
            return false;
        }

        switch (b)
        {
            case (byte)'"':
                _inString = true;
                return false;
            case (byte)'{' or (byte)'[':
                _depth++;
                return false;
            case (byte)'}' or (byte)']' when _depth > 0:
                _depth--;
                return false;
            case (byte)',' when _depth == 0:
                _expectsElement = true;
                return true;
            case (byte)']':
                _shape = Shape.AfterArray;
                return true;
            default:
                return false;
        }
    }

    private void Emit(ReadOnlySpan<byte> report, Found found)
    {
        // Judged with the white space around it, so that it makes no difference in what pieces the bytes came.
        _tooLong |= report.Length > longest;
        report = report.Trim(" \t\r\n"u8);
        var isElement = _shape is Shape.Array or Shape.AfterArray;

        // An empty line is no report. An empty element is one that is missing, unless the array is empty or over.
        if (!report.IsEmpty || _tooLong || (isElement && _shape == Shape.Array && _expectsElement))
        {
            found(_line, _tooLong ? default : report, _tooLong);
        }

        _line++;
        _tooLong = false;
    }
}
