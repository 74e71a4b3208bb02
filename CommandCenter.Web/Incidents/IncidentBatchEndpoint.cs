using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Incidents;

/// <summary>
/// Takes a batch in as it arrives: while one piece is being written, the next is read and checked, and the answers of the one
/// before go out.
/// </summary>
internal static class IncidentBatchEndpoint
{
    public const int MostBytes = 64 * 1024 * 1024;

    // Pieces under way at once: one being committed, one waiting for it.
    private const int MostUnderWay = 2;

    public static async Task TakeInAsync(HttpContext context, IncidentStore store, AreaDirectory areas, TimeProvider time, IOptions<JsonOptions> json)
    {
        using var answer = new Answer(context, (JsonTypeInfo<BatchLineResult>)json.Value.SerializerOptions.GetTypeInfo(typeof(BatchLineResult)));
        var underWay = new Queue<(List<BatchLine> Lines, Task<TakenIn[]> Taken)>();
        var batch = new IncidentBatch(context.Request.Body, areas.Current, time.GetUtcNow().UtcDateTime);
        try
        {
            await foreach (var piece in batch.ReadAsync(context.RequestAborted))
            {
                underWay.Enqueue((piece, Task.Run(() => TakeInAsync(store, piece), CancellationToken.None)));
                if (underWay.Count >= MostUnderWay)
                {
                    await answer.WriteAsync(underWay.Dequeue());
                }
            }
        }
        catch (BadHttpRequestException) when (underWay.Count > 0 || context.Response.HasStarted)
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
        return reports.Count == 0 ? Task.FromResult<TakenIn[]>([]) : store.TakeInAsync(reports, CancellationToken.None);
    }

    private sealed class Answer(HttpContext context, JsonTypeInfo<BatchLineResult> json) : IDisposable
    {
        private readonly Utf8JsonWriter _writer = new(context.Response.BodyWriter, new JsonWriterOptions { Encoder = json.Options.Encoder });
        private int _lastLine;

        public void Dispose() => _writer.Dispose();

        public async Task FinishAsync(Queue<(List<BatchLine> Lines, Task<TakenIn[]> Taken)> underWay)
        {
            while (underWay.TryDequeue(out var piece))
            {
                await WriteAsync(piece);
            }

            Start();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        public async Task WriteAsync((List<BatchLine> Lines, Task<TakenIn[]> Taken) piece)
        {
            TakenIn[] taken;
            string? refused = null;
            try
            {
                taken = await piece.Taken;
            }
            catch (StoreUnavailableException e) when (context.Response.HasStarted)
            {
                // Too late for a 503: each report that was not kept is named as such, in its place.
                (taken, refused) = ([], e.Message);
            }

            Start();
            var next = 0;
            foreach (var line in piece.Lines)
            {
                Write(line.Report is null || refused is not null
                    ? new BatchLineResult(line.Line, BatchResult.Rejected, Id: null, Number: null, (line.Errors ?? Refused(refused!)).ToDictionary())
                    : Result(line.Line, taken[next++]));
            }

            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        public async Task WriteBrokenAsync()
        {
            var errors = new FieldErrors();
            errors.Add("", "BatchBroken");
            Write(new BatchLineResult(_lastLine + 1, BatchResult.Rejected, Id: null, Number: null, errors.ToDictionary()));
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        private static BatchLineResult Result(int line, TakenIn taken) =>
            new(line, taken.Created ? BatchResult.Created : BatchResult.Duplicate, taken.Id, taken.Number, Errors: null);

        private static FieldErrors Refused(string why)
        {
            var errors = new FieldErrors();
            errors.Add("", "StoreAway", why);
            return errors;
        }

        private void Start()
        {
            if (!context.Response.HasStarted)
            {
                context.Response.ContentType = "application/x-ndjson";
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
