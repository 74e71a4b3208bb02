using System.Text;

namespace CommandCenter.Web.Hosting;

/// <summary>
/// CSV (RFC 4180) that spreadsheets open as it is meant: UTF-8 with its mark, and no cell that a spreadsheet would run as a
/// formula. What begins with <c>= + - @</c>, a tab or a line end gets an apostrophe in front, by which it is shown as text.
/// </summary>
internal sealed class CsvFile(Stream output) : IAsyncDisposable
{
    private readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16_384, leaveOpen: true) { NewLine = "\r\n" };

    public async Task WriteAsync(IEnumerable<string?> cells, CancellationToken cancellationToken) =>
        await _writer.WriteLineAsync(string.Join(',', cells.Select(Cell)).AsMemory(), cancellationToken);

    internal static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // Full-width forms too: East Asian spreadsheets read them as the plain ones.
        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
