using System.Collections.Concurrent;
using System.Globalization;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Web.Access;

/// <summary>
/// Requests a second of each key, on this node: a bucket that holds one second's worth. One exchange of a number a request.
/// </summary>
internal sealed class KeyRates(TimeProvider time)
{
    /// <summary>Requests a second of a key that names none.</summary>
    public const int Default = 10_000;

    private readonly ConcurrentDictionary<long, StrongBox> _buckets = [];

    /// <summary>Takes a request on.</summary>
    /// <returns>Null when it may go on; else how long until there is room.</returns>
    public TimeSpan? Take(long key, int rate)
    {
        var bucket = _buckets.GetOrAdd(key, static _ => new StrongBox());
        var now = time.GetTimestamp();
        var (each, second) = (Math.Max(1, time.TimestampFrequency / rate), time.TimestampFrequency);
        while (true)
        {
            // When the bucket would be empty again. More than a second ahead of now, it is full.
            var before = Volatile.Read(ref bucket.EmptyAt);
            var after = Math.Max(before, now) + each;
            if (after - now > second + each - 1)
            {
                return TimeSpan.FromSeconds((double)(after - now - second) / second);
            }

            if (Interlocked.CompareExchange(ref bucket.EmptyAt, after, before) == before)
            {
                return null;
            }
        }
    }

    private sealed class StrongBox
    {
        public long EmptyAt;
    }
}

/// <summary>Answers 429 to a key that asks too often.</summary>
internal sealed class KeyRateLimit(RequestDelegate next, KeyRates rates)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User is not SubjectPrincipal { Subject: { Kind: SubjectKind.ApiKey } program }
            || rates.Take(program.Id, program.Rate ?? KeyRates.Default) is not { } wait)
        {
            return next(context);
        }

        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            statusCode: StatusCodes.Status429TooManyRequests,
            title: "Too many requests.",
            detail: $"{program.Label} may send {program.Rate ?? KeyRates.Default} requests a second. Nothing of this one was kept; send it again in {seconds} s.").ExecuteAsync(context);
    }
}
