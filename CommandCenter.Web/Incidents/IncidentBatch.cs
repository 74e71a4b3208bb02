using System.Buffers;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>A report of a batch: checked, or with what is wrong.</summary>
internal readonly record struct BatchLine(int Line, IncidentReport? Report, FieldErrors? Errors);

/// <summary>Reads a batch piece by piece, checking each report as its bytes arrive.</summary>
internal sealed class IncidentBatch(Stream body, AreaIndex areas, DateTime now)
{
    // Enough to make one transaction worth its sync, few enough that the first answers come soon.
    private const int MostInPiece = 1_000;

    // Reports beyond the allowed number are named one by one up to here; then reading ends, so that no body makes an endless answer.
    private const int MostNamed = 2 * IncidentLimits.BatchReports;

    private readonly BatchScanner _scanner = new();
    private int _reports;

    public async IAsyncEnumerable<List<BatchLine>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4 * IncidentLimits.ReportBytes);
        try
        {
            var piece = new List<BatchLine>(MostInPiece);
            var (held, scanned) = (0, 0);
            for (var isLast = false; !isLast && _reports <= MostNamed;)
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

            if (_scanner.Broken || _reports > MostNamed)
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
        if (++_reports > IncidentLimits.BatchReports)
        {
            return Rejected(line, "TooManyLines", IncidentLimits.BatchReports);
        }

        if (tooLong)
        {
            return Rejected(line, "LineTooLong", IncidentLimits.ReportBytes);
        }

        var errors = new FieldErrors();
        var submission = IncidentSubmissionReader.Read(json, errors);
        var report = submission is null ? null : IncidentValidator.Validate(submission, areas, now, errors);
        return errors.Any ? new BatchLine(line, Report: null, errors) : new BatchLine(line, report, Errors: null);
    }
}
