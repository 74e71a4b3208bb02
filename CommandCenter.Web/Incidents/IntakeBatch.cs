using System.Buffers;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>A report of a batch: checked, or with what is wrong.</summary>
/// <param name="Rejected">The bytes of one that is wrong, where they are wanted.</param>
internal readonly record struct BatchLine<T>(int Line, T? Report, FieldErrors? Errors, byte[]? Rejected = null)
    where T : class;

/// <summary>Reads and checks one report.</summary>
/// <param name="json">UTF-8.</param>
/// <returns>Null when <paramref name="errors"/> has any.</returns>
internal delegate T? ReportReader<out T>(ReadOnlySpan<byte> json, FieldErrors errors)
    where T : class;

/// <summary>Reads a batch piece by piece, checking each report as its bytes arrive.</summary>
/// <param name="longest">Most bytes of a report.</param>
/// <param name="most">More reports than these are rejected; a file of our own has no limit.</param>
/// <param name="keepRejected">Whether the bytes of a report that is wrong are given with what is wrong.</param>
internal sealed class IntakeBatch<T>(Stream body, ReportReader<T> read, int longest, long most, bool keepRejected = false)
    where T : class
{
    // Enough to make one transaction worth its sync, few enough that the first answers come soon.
    private const int MostInPiece = 1_000;

    // Reports beyond the allowed number are named one by one up to here; then reading ends, so that no body makes an endless answer.
    private readonly long _mostNamed = most > long.MaxValue / 2 ? long.MaxValue : 2 * most;

    private readonly BatchScanner _scanner = new(longest);
    private long _reports;

    public async IAsyncEnumerable<List<BatchLine<T>>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4 * longest);
        try
        {
            var piece = new List<BatchLine<T>>(MostInPiece);
            var (held, scanned) = (0, 0);
            for (var isLast = false; !isLast && _reports <= _mostNamed;)
            {
                var count = await body.ReadAsync(buffer.AsMemory(held), cancellationToken);
                isLast = count == 0;
                held += count;
                var done = _scanner.Scan(buffer.AsSpan(0, held), scanned, isLast, (line, report, tooLong) => piece.Add(Check(line, report, tooLong)));
                buffer.AsSpan(done, held - done).CopyTo(buffer);
                held -= done;
                scanned = held;
                if (piece.Count >= MostInPiece)
                {
                    yield return piece;
                    piece = new List<BatchLine<T>>(MostInPiece);
                }
            }

            if (_scanner.Broken || _reports > _mostNamed)
            {
                piece.Add(Rejected(_scanner.Line, "BatchBroken"));
            }

            if (piece.Count > 0)
            {
                yield return piece;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static BatchLine<T> Rejected(int line, string message, params object[] arguments)
    {
        var errors = new FieldErrors();
        errors.Add("", message, arguments);
        return new BatchLine<T>(line, Report: null, errors);
    }

    private BatchLine<T> Check(int line, ReadOnlySpan<byte> json, bool tooLong)
    {
        if (++_reports > most)
        {
            return Rejected(line, "TooManyLines", most);
        }

        if (tooLong)
        {
            return Rejected(line, "LineTooLong", longest);
        }

        var errors = new FieldErrors();
        var report = read(json, errors);
        return errors.Any ? new BatchLine<T>(line, Report: null, errors, keepRejected ? json.ToArray() : null) : new BatchLine<T>(line, report, Errors: null);
    }
}
