using System.Buffers;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>A report of a batch: checked, or with what is wrong.</summary>
/// <param name="Rejected">The bytes of one that is wrong, where they are wanted.</param>
internal readonly record struct BatchLine(int Line, IncidentReport? Report, FieldErrors? Errors, byte[]? Rejected = null);

/// <summary>Reads a batch piece by piece, checking each report as its bytes arrive.</summary>
/// <param name="most">More reports than these are rejected; a file of our own has no limit.</param>
/// <param name="keepRejected">Whether the bytes of a report that is wrong are given with what is wrong.</param>
internal sealed class IncidentBatch(Sight sight, Stream body, AreaIndex areas, DateTime now, long most = IncidentLimits.BatchReports, bool keepRejected = false)
{
    // Enough to make one transaction worth its sync, few enough that the first answers come soon.
    private const int MostInPiece = 1_000;

    // Reports beyond the allowed number are named one by one up to here; then reading ends, so that no body makes an endless answer.
    private readonly long _mostNamed = most > long.MaxValue / 2 ? long.MaxValue : 2 * most;

    private readonly BatchScanner _scanner = new();
    private long _reports;

    public async IAsyncEnumerable<List<BatchLine>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4 * IncidentLimits.ReportBytes);
        try
        {
            var piece = new List<BatchLine>(MostInPiece);
            var (held, scanned) = (0, 0);
            for (var isLast = false; !isLast && _reports <= _mostNamed;)
            {
                var read = await body.ReadAsync(buffer.AsMemory(held), cancellationToken);
                isLast = read == 0;
                held += read;
                var done = _scanner.Scan(buffer.AsSpan(0, held), scanned, isLast, (line, report, tooLong) => piece.Add(Check(line, report, tooLong)));
                buffer.AsSpan(done, held - done).CopyTo(buffer);
                held -= done;
                scanned = held;
                if (piece.Count >= MostInPiece)
                {
                    yield return piece;
                    piece = new List<BatchLine>(MostInPiece);
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

    private static BatchLine Rejected(int line, string message, params object[] arguments)
    {
        var errors = new FieldErrors();
        errors.Add("", message, arguments);
        return new BatchLine(line, Report: null, errors);
    }

    private BatchLine Check(int line, ReadOnlySpan<byte> json, bool tooLong)
    {
        if (++_reports > most)
        {
            return Rejected(line, "TooManyLines", most);
        }

        if (tooLong)
        {
            return Rejected(line, "LineTooLong", IncidentLimits.ReportBytes);
        }

        var errors = new FieldErrors();
        var submission = IncidentSubmissionReader.Read(json, errors);
        var report = submission is null ? null : IncidentValidator.Validate(submission, areas, now, errors);
        if (report is not null)
        {
            IntakeBounds.Check(sight, report, errors);
        }

        return errors.Any ? new BatchLine(line, Report: null, errors, keepRejected ? json.ToArray() : null) : new BatchLine(line, report, Errors: null);
    }
}
