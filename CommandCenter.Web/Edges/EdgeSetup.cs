using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CommandCenter.Web.Edges;

/// <summary>What keeps a stranger, a fault or a slow line from taking the node's room: sizes, rates, numbers at one time, least speeds.</summary>
public static class EdgeSetup
{
    private const string Nobody = "?";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Pages bring these along by the dozen, monitors ask as often as they like, and all of them cost next to nothing.
    private static readonly PathString[] Free = ["/healthz", "/_framework", "/_content", "/lib", "/shell", "/map", "/wall/", "/admin/radzen.css"];

    // These stay open for as long as a screen does.
    private static readonly PathString[] Lasting = ["/_blazor", "/hubs"];

    public static void AddEdges(this WebApplicationBuilder builder)
    {
        var options = builder.AddValidatedOptions<EdgeOptions>(EdgeOptions.Section);
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel.Limits, options));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RejectAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(ByAddress(options), Together(options));
        });
    }

    /// <summary>Before anybody is asked who they are.</summary>
    public static void UseEdges(this IApplicationBuilder app)
    {
        app.UseRateLimiter();
        app.Use(RefusePackedAsync);
        app.Use(RefuseHostAsync);
    }

    // What a page makes of the host's name is an address, and of such a one there is none.
    private static Task RefuseHostAsync(HttpContext context, RequestDelegate next)
    {
        if (Uri.TryCreate($"{context.Request.Scheme}://{context.Request.Host.Value}/", UriKind.Absolute, out _))
        {
            return next(context);
        }

        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    // Nothing of ours unpacks what is sent, so that nothing can be packed to burst.
    private static Task RefusePackedAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.ContentEncoding is [{ } packing, ..] && !packing.Equals("identity", StringComparison.OrdinalIgnoreCase) && ApiProblems.IsForPrograms(context)
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "The body is compressed.",
                detail: "Send it as it is, without Content-Encoding. Nothing of it was read.").ExecuteAsync(context)
            : next(context);

    private static void Limit(KestrelServerLimits limits, EdgeOptions options)
    {
        // Those who take more say so at their endpoint (RequestSizeLimit): uploads of areas, batches.
        limits.MaxRequestBodySize = 1 << 20;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxConcurrentConnections = options.Connections;
        limits.MaxConcurrentUpgradedConnections = options.Connections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);

        // 300 MB of areas come in over a 256 kbit/s line in under three hours; one byte a second is no line but a grip on our room.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 2_048, gracePeriod: TimeSpan.FromSeconds(15));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1_024, gracePeriod: TimeSpan.FromSeconds(15));
    }

    private static PartitionedRateLimiter<HttpContext> ByAddress(EdgeOptions options) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
    {
        if (IsUnder(context, Free))
        {
            return RateLimitPartition.GetNoLimiter("free");
        }

        var address = Address(context.Connection.RemoteIpAddress);
        if (!ShowsACredential(context.Request))
        {
            return RateLimitPartition.GetTokenBucketLimiter($"anonymous {address}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.AnonymousBurst,
                TokensPerPeriod = options.AnonymousPerSecond,
                ReplenishmentPeriod = Second,
                QueueLimit = 0,
            });
        }

        return IsUnder(context, Lasting)
            ? RateLimitPartition.GetNoLimiter("lasting")
            : RateLimitPartition.GetConcurrencyLimiter(
                $"known {address}", _ => new ConcurrencyLimiterOptions { PermitLimit = options.UnderWayPerAddress, QueueLimit = 0 });
    });

    private static PartitionedRateLimiter<HttpContext> Together(EdgeOptions options) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        IsUnder(context, Free) || IsUnder(context, Lasting)
            ? RateLimitPartition.GetNoLimiter("free")
            : RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = options.UnderWay, QueueLimit = 0 }));

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        context.Response.Headers.RetryAfter = "1";
        if (ApiProblems.IsForPrograms(context))
        {
            await TypedResults.Problem(
                statusCode: StatusCodes.Status429TooManyRequests,
                title: "Too many requests.",
                detail: "Nothing of this one was kept. Send it again after a second, with an API key, and fewer at a time.").ExecuteAsync(context);
        }
    }

    // Whether it is a good one is found out afterwards, in memory, at next to no cost.
    private static bool ShowsACredential(HttpRequest request) =>
        request.Headers.ContainsKey(SubjectHandler.KeyHeader)
        || request.Cookies.ContainsKey(AccessSetup.SessionCookie)
        || request.Cookies.ContainsKey(SubjectHandler.WallCookie);

    private static bool IsUnder(HttpContext context, PathString[] paths)
    {
        foreach (var path in paths)
        {
            if (context.Request.Path.StartsWithSegments(path.Value!.TrimEnd('/'), StringComparison.Ordinal) && (!path.Value.EndsWith('/') || context.Request.Path.Value!.Length > path.Value.Length))
            {
                return true;
            }
        }

        return false;
    }

    // Who has one IPv6 address has 2^64 of them.
    private static string Address(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address switch
        {
            null => Nobody,
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
            _ => address.ToString(),
        };
    }
}
