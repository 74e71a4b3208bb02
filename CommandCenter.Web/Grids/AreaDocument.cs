using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using CommandCenter.Data.Grids;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Web.Grids;

/// <summary>
/// One GeoJSON answer in the codings a client may ask for. Compressed forms are kept, the plain one is written anew: it is the
/// largest and the least asked for.
/// </summary>
internal sealed class AreaDocument : IResult
{
    private readonly List<Area> _areas;
    private readonly string _hash;
    private readonly Lazy<byte[]> _gzip;
    private readonly Lazy<byte[]> _brotli;

    public AreaDocument(List<Area> areas)
    {
        _areas = areas;

        // Of the content, not of the version number: another database may count its versions alike.
        _hash = Convert.ToHexStringLower(SHA256.HashData(Plain().WrittenSpan))[..24];
        _gzip = new(() => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal)));
        _brotli = new(() => Compress(stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = 5 })));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var coding = Coding(httpContext.Request);
        var response = httpContext.Response;
        var headers = response.GetTypedHeaders();
        headers.ETag = new EntityTagHeaderValue($"\"{_hash}{(coding.Length == 0 ? "" : "-" + coding)}\"");
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(headers.ETag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = AreaReadEndpoints.GeoJson;
        if (coding.Length > 0)
        {
            response.Headers.ContentEncoding = coding;
        }

        var body = coding switch
        {
            "br" => _brotli.Value,
            "gzip" => _gzip.Value,
            _ => Plain().WrittenMemory,
        };
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    /// <summary>The coding to answer in: <c>br</c>, <c>gzip</c>, or none.</summary>
    private static string Coding(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Accepts("br") ? "br" : Accepts("gzip") ? "gzip" : "";

        bool Accepts(string coding) =>
            accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } named && named.Quality is not 0.0;
    }

    private ArrayBufferWriter<byte> Plain()
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        AreaGeoJson.Write(output, _areas);
        return output;
    }

    private byte[] Compress(Func<Stream, Stream> coder)
    {
        using var compressed = new MemoryStream();
        using (var stream = coder(compressed))
        {
            stream.Write(Plain().WrittenSpan);
        }

        return compressed.ToArray();
    }
}
