using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Incidents;

/// <summary>How the reports of a batch are stored, and how each of them is answered.</summary>
/// <param name="Refused">Told how many reports of a piece were wrong.</param>
internal sealed record BatchIntake<T, TTaken>(Func<IReadOnlyList<T>, Task<TTaken[]>> TakeIn, Func<int, TTaken, BatchLineResult> Result, Action<int>? Refused = null)
    where T : class;

/// <summary>
/// Takes a batch in as it arrives: while one piece is being written, the next is read and checked. The answers go out when the
/// whole body has been read: most senders do not read before they have sent everything, and two ends that both wait for the
/// other to read never finish.
/// </summary>
internal static class BatchEndpoint
{
    public const int MostBytes = 64 * 1024 * 1024;

    // Pieces under way at once: one being committed, one waiting for it.
    private const int MostUnderWay = 2;

    /// <summary>Takes it in, and answers a line a report.</summary>
    public static async Task TakeInAsync<T, TTaken>(HttpContext context, IntakeBatch<T> batch, BatchIntake<T, TTaken> intake)
        where T : class
    {
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        using var answer = new Answer<T, TTaken>(context, intake.Result, (JsonTypeInfo<BatchLineResult>)json.GetTypeInfo(typeof(BatchLineResult)));
        var underWay = new Queue<(List<BatchLine<T>> Lines, Task<TTaken[]> Taken)>();
        try
        {
            await foreach (var piece in batch.ReadAsync(context.RequestAborted))
            {
                underWay.Enqueue((piece, Task.Run(() => TakeInAsync(intake, piece), CancellationToken.None)));
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

    /// <summary>A line for a report that is not taken.</summary>
    public static BatchLineResult Rejected(int line, FieldErrors errors) => new(line, BatchResult.Rejected, Id: null, Number: null, errors.ToDictionary());

    /// <summary>What is wrong, as one message.</summary>
    public static FieldErrors Problem(string field, string message, params object[] arguments)
    {
        var errors = new FieldErrors();
        errors.Add(field, message, arguments);
        return errors;
    }

    private static Task<TTaken[]> TakeInAsync<T, TTaken>(BatchIntake<T, TTaken> intake, List<BatchLine<T>> piece)
        where T : class
    {
        var reports = piece.Where(line => line.Report is not null).Select(line => line.Report!).ToList();
        if (reports.Count < piece.Count)
        {
            intake.Refused?.Invoke(piece.Count - reports.Count);
        }

        return reports.Count == 0 ? Task.FromResult<TTaken[]>([]) : intake.TakeIn(reports);
    }

    private sealed class Answer<T, TTaken>(HttpContext context, Func<int, TTaken, BatchLineResult> result, JsonTypeInfo<BatchLineResult> json) : IDisposable
        where T : class
    {
        private readonly Utf8JsonWriter _writer = new(context.Response.BodyWriter, new JsonWriterOptions { Encoder = json.Options.Encoder });
        private int _lastLine;

        public bool HasBegun { get; private set; }

        public void Dispose() => _writer.Dispose();

        public async Task FinishAsync(Queue<(List<BatchLine<T>> Lines, Task<TTaken[]> Taken)> underWay)
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
            (List<BatchLine<T>> Lines, Task<TTaken[]> Taken) piece, IEnumerable<(List<BatchLine<T>> Lines, Task<TTaken[]> Taken)> following)
        {
            TTaken[] taken;
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
                    ? Rejected(line.Line, line.Errors ?? Problem("", "StoreAway", refused!))
                    : result(line.Line, taken[next++]));
            }
        }

        public async Task WriteBrokenAsync()
        {
            Write(Rejected(_lastLine + 1, Problem("", "BatchBroken")));
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        private static async Task<bool> AnyKeptAsync(IEnumerable<(List<BatchLine<T>> Lines, Task<TTaken[]> Taken)> pieces)
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

        private void Begin()
        {
            if (!HasBegun)
            {
                (HasBegun, context.Response.ContentType) = (true, "application/x-ndjson");
            }
        }

        private void Write(BatchLineResult line)
        {
            JsonSerializer.Serialize(_writer, line, json);
            _writer.Flush();
            _writer.Reset();
            context.Response.BodyWriter.Write("\n"u8);
            _lastLine = line.Line;
        }
    }
}
