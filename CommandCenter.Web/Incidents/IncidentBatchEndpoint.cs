using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Incidents;

/// <summary>
/// Takes a batch in as it arrives: while one piece is being written, the next is read and checked. The answers go out when the
/// whole body has been read: most senders do not read before they have sent everything, and two ends that both wait for the
/// other to read never finish.
/// </summary>
internal static class IncidentBatchEndpoint
{
    public const int MostBytes = 64 * 1024 * 1024;

    // Pieces under way at once: one being committed, one waiting for it.
    private const int MostUnderWay = 2;

    public static async Task TakeInAsync(HttpContext context, IncidentStore store, AreaDirectory areas, TimeProvider time, IOptions<JsonOptions> json)
    {
        var sight = context.Sight(Permission.ReportIncidents);
        using var answer = new Answer(context, sight, (JsonTypeInfo<BatchLineResult>)json.Value.SerializerOptions.GetTypeInfo(typeof(BatchLineResult)));
        var underWay = new Queue<(List<BatchLine> Lines, Task<TakenIn[]> Taken)>();
        var batch = new IncidentBatch(sight, context.Request.Body, areas.Current, time.GetUtcNow().UtcDateTime);
        try
        {
            await foreach (var piece in batch.ReadAsync(context.RequestAborted))
            {
                underWay.Enqueue((piece, Task.Run(() => TakeInAsync(store, piece), CancellationToken.None)));
                if (underWay.Count >= MostUnderWay)
                {
                    await answer.WriteAsync(underWay.Dequeue(), underWay);
                }
            }
        }
        catch (BadHttpRequestException) when (underWay.Count > 0 || answer.HasBegun)
        {
            // The body broke off or grew too large after reports were taken in: the sender is told of those, and the rest is named.
            await answer.FinishAsync(underWay);
            await answer.WriteBrokenAsync();
            return;
        }

        await answer.FinishAsync(underWay);
    }

    private static Task<TakenIn[]> TakeInAsync(IncidentStore store, List<BatchLine> piece)
    {
        var reports = piece.Where(line => line.Report is not null).Select(line => line.Report!).ToList();
        if (reports.Count < piece.Count)
        {
            StoreMetrics.Refused("rejected", piece.Count - reports.Count);
        }

        return reports.Count == 0 ? Task.FromResult<TakenIn[]>([]) : store.TakeInAsync(reports, CancellationToken.None);
    }

    private sealed class Answer(HttpContext context, Sight sight, JsonTypeInfo<BatchLineResult> json) : IDisposable
    {
        private readonly Utf8JsonWriter _writer = new(context.Response.BodyWriter, new JsonWriterOptions { Encoder = json.Options.Encoder });
        private int _lastLine;

        public bool HasBegun { get; private set; }

        public void Dispose() => _writer.Dispose();

        public async Task FinishAsync(Queue<(List<BatchLine> Lines, Task<TakenIn[]> Taken)> underWay)
        {
            while (underWay.TryDequeue(out var piece))
            {
                await WriteAsync(piece, underWay);
            }

            Begin();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        /// <param name="following">What is under way after the piece.</param>
        public async Task WriteAsync(
            (List<BatchLine> Lines, Task<TakenIn[]> Taken) piece, IEnumerable<(List<BatchLine> Lines, Task<TakenIn[]> Taken)> following)
        {
            TakenIn[] taken;
            string? refused = null;
            try
            {
                taken = await piece.Taken;
            }
            catch (StoreUnavailableException e)
            {
                // A 503 says that nothing was kept. Where something was, each report that was not is named in its place instead.
                if (!HasBegun && !await AnyKeptAsync(following))
                {
                    throw;
                }

                (taken, refused) = ([], e.Message);
            }

            Begin();
            var next = 0;
            foreach (var line in piece.Lines)
            {
                Write(line.Report is null || refused is not null
                    ? new BatchLineResult(line.Line, BatchResult.Rejected, Id: null, Number: null, (line.Errors ?? Refused("", "StoreAway", refused!)).ToDictionary())
                    : Result(line.Line, taken[next++]));
            }
        }

        public async Task WriteBrokenAsync()
        {
            var errors = new FieldErrors();
            errors.Add("", "BatchBroken");
            Write(new BatchLineResult(_lastLine + 1, BatchResult.Rejected, Id: null, Number: null, errors.ToDictionary()));
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        private static async Task<bool> AnyKeptAsync(IEnumerable<(List<BatchLine> Lines, Task<TakenIn[]> Taken)> pieces)
        {
            foreach (var piece in pieces)
            {
                try
                {
                    if ((await piece.Taken).Length > 0)
                    {
                        return true;
                    }
                }
                catch (StoreUnavailableException)
                {
                    // Not kept either.
                }
            }

            return false;
        }

        private BatchLineResult Result(int line, TakenIn taken) => !IntakeBounds.MayName(sight, taken)
            ? new BatchLineResult(line, BatchResult.Rejected, Id: null, Number: null, Refused("externalId", "KnownElsewhere").ToDictionary())
            : new(line, taken.Created ? BatchResult.Created : BatchResult.Duplicate, taken.Id, taken.Number, Errors: null);

        private static FieldErrors Refused(string field, string message, params object[] arguments)
        {
            var errors = new FieldErrors();
            errors.Add(field, message, arguments);
            return errors;
        }

        private void Begin()
        {
            if (!HasBegun)
            {
                (HasBegun, context.Response.ContentType) = (true, "application/x-ndjson");
            }
        }

        private void Write(BatchLineResult result)
        {
            JsonSerializer.Serialize(_writer, result, json);
            _writer.Flush();
            _writer.Reset();
            context.Response.BodyWriter.Write("\n"u8);
            _lastLine = result.Line;
        }
    }
}
