using System.Text;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Text with commas, semicolons or tabs.</summary>
internal static class CsvTable
{
    private const int LookedAt = 4096;
    private const int LongestCell = 100_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<string[]> Read(byte[] content)
    {
        var (encoding, skip) = EncodingOf(content);
        var head = encoding.GetString(content, skip, Whole(content, skip, Math.Min(content.Length - skip, LookedAt)));
        return head.Contains('\0', StringComparison.Ordinal) ? throw new TableFileException(FileFault.NotATable) : Rows(content, skip, encoding, Delimiter(head));
    }

    // RFC 4180, and what people make of it: a quote inside a bare field is a character, blank lines are rows without cells.
    private static IEnumerable<string[]> Rows(byte[] content, int skip, Encoding encoding, char delimiter)
    {
        using var text = new StreamReader(new MemoryStream(content, skip, content.Length - skip, writable: false), encoding, detectEncodingFromByteOrderMarks: false);
        var cells = new List<string>();
        for (var row = 0; text.ReadLine() is { } line; row++)
        {
            cells.Clear();
            if (row >= TableFile.MostRows || !Split(line, delimiter, text, cells))
            {
                throw new TableFileException(FileFault.TooManyCells);
            }

            yield return [.. cells];
        }
    }

    private static bool Split(string line, char delimiter, StreamReader more, List<string> cells)
    {
        for (var at = 0; at <= line.Length;)
        {
            if (cells.Count == TableFile.MostColumns)
            {
                return false;
            }

            if (at < line.Length && line[at] == '"')
            {
                cells.Add(Quoted(ref line, ref at, more).Trim());
                at = line.IndexOf(delimiter, at) is >= 0 and var next ? next + 1 : line.Length + 1;
                continue;
            }

            var end = line.IndexOf(delimiter, at) is >= 0 and var comma ? comma : line.Length;
            cells.Add(line.AsSpan(at, end - at).Trim().ToString());
            at = end + 1;
        }

        return true;
    }

    /// <param name="at">Of the opening quote; then after the closing one.</param>
    private static string Quoted(ref string line, ref int at, StreamReader more)
    {
        var text = new StringBuilder();
        at++;
        while (true)
        {
            var quote = line.IndexOf('"', at);
            if (quote < 0)
            {
                text.Append(line, at, line.Length - at);
                if (text.Length > LongestCell || more.ReadLine() is not { } next)
                {
                    throw new TableFileException(FileFault.NotATable);
                }

                text.Append('\n');
                (line, at) = (next, 0);
                continue;
            }

            text.Append(line, at, quote - at);
            at = quote + 1;
            if (at >= line.Length || line[at] != '"')
            {
                return text.ToString();
            }

            text.Append('"');
            at++;
        }
    }

    // Chinese text in GB18030 is next to never valid UTF-8.
    private static (Encoding Encoding, int Skip) EncodingOf(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (Encoding.Unicode, 2);
        }

        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (Encoding.BigEndianUnicode, 2);
        }

        var skip = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        if (System.Text.Unicode.Utf8.IsValid(content.AsSpan(skip)))
        {
            return (Utf8, skip);
        }

        var gb18030 = Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            gb18030.GetCharCount(content);
            return (gb18030, 0);
        }
        catch (DecoderFallbackException e)
        {
            throw new TableFileException(FileFault.NotText, e);
        }
    }

    // Up to the last whole line, so that no character is cut in two.
    private static int Whole(byte[] content, int skip, int length) =>
        skip + length == content.Length ? length : content.AsSpan(skip, length).LastIndexOf((byte)'\n') is > 0 and var line ? line : 0;

    private static char Delimiter(string head)
    {
        var line = head.Split('\n').FirstOrDefault(line => line.AsSpan().IndexOfAny(",;\t，") >= 0) ?? "";
        return ",\t;，".MaxBy(delimiter => line.Count(letter => letter == delimiter));
    }
}
