using System.Security.Cryptography;

namespace CommandCenter.Web.Shell;

/// <summary>
/// Tells the browser what a page of ours may do: load from us and nowhere else, run no inline script, be framed by no one
/// else. The one nonce is for the style element that ApexCharts writes (<c>chart.nonce</c>).
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly object NonceKey = new();

    /// <summary>The nonce for style elements of this response.</summary>
    public static string StyleNonce(HttpContext context) => (string)context.Items[NonceKey]!;

    public Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Items[NonceKey] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; " +
            $"style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return next(context);
    }
}
