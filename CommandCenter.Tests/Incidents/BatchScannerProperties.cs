using System.Text;
using CommandCenter.Web.Incidents;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Incidents;

public class BatchScannerProperties
{
    private const int Longest = 24;

    // What can be mistaken for an end: separators inside strings, escapes, brackets, white space, bytes of one character apart.
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", "\"", "\\", "\\\"", "\n", "\r\n", " ", "\t", "a", "1", "null", "{\"a\":\"b\"}", "\"],[\"", "网格", "🚒", "\uFEFF", "                "];

    [Fact]
    public void However_the_bytes_arrive_the_same_reports_are_found() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                Gen.Elements(Pieces).ListOf().ToArbitrary(),
                Gen.Choose(1, 9).ListOf().ToArbitrary(),
                (pieces, lengths) =>
                {
                    var body = Encoding.UTF8.GetBytes(string.Concat(pieces));
                    Scan(body, lengths.DefaultIfEmpty(1)).ShouldBe(Scan(body, [body.Length + 1]));
                }));

    [Fact]
    public void A_report_is_found_whole_wherever_the_bytes_are_cut()
    {
        var body = Encoding.UTF8.GetBytes("[{\"a\":\"]}\"},\"\\\\\",[1,[2]]]");
        for (var length = 1; length <= body.Length; length++)
        {
            Scan(body, [length]).ShouldBe(["1 {\"a\":\"]}\"}", "2 \"\\\\\"", "3 [1,[2]]", "end at 4"]);
        }
    }

    private static List<string> Scan(byte[] body, IEnumerable<int> lengths)
    {
        var scanner = new BatchScanner(Longest);
        var found = new List<string>();
        void Found(int line, ReadOnlySpan<byte> report, bool tooLong) => found.Add(tooLong ? $"{line} is too long" : $"{line} {Encoding.UTF8.GetString(report)}");
        var cuts = lengths.ToList();
        var (start, end, scanned) = (0, 0, 0);
        for (var i = 0; end < body.Length; i++)
        {
            end = Math.Min(body.Length, end + cuts[i % cuts.Count]);
            start += scanner.Scan(body.AsSpan(start..end), scanned, isLast: false, Found);
            scanned = end - start;
        }

        scanner.Scan(body.AsSpan(start..end), scanned, isLast: true, Found);
        found.Add($"{(scanner.Broken ? "broken" : "end")} at {scanner.Line}");
        return found;
    }
}
