namespace CommandCenter.Web.Hosting;

public enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
}

/// <summary>
/// Section <c>Telemetry</c>: metrics and traces over OTLP. Off unless an endpoint is named here or by the usual
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, whose companions (headers, protocol, timeout) then count too.
/// </summary>
public sealed class TelemetryOptions : ICheckedOptions
{
    /// <summary>Where the collector listens, for example <c>http://127.0.0.1:4317</c>; empty for none.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>What is spoken there; for <see cref="OtlpEndpoint"/> only.</summary>
    public OtlpProtocol OtlpProtocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>Metrics are sent this often.</summary>
    public int ExportSeconds { get; set; } = 15;

    /// <summary>The share of requests that is traced, 0 to 1; a request that comes with a decision of its sender keeps it.</summary>
    public double TraceRatio { get; set; } = 0.05;

    public IEnumerable<string> Problems()
    {
        if (OtlpEndpoint.Length > 0 && !IsEndpoint(OtlpEndpoint))
        {
            yield return $"Telemetry:OtlpEndpoint is '{OtlpEndpoint}'; it must be an address such as http://127.0.0.1:4317, or empty.";
        }

        if (ExportSeconds is < 1 or > 3600)
        {
            yield return $"Telemetry:ExportSeconds is {ExportSeconds}; it must be between 1 and 3600.";
        }

        if (TraceRatio is not (>= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"Telemetry:TraceRatio is {TraceRatio}; it must be between 0 and 1.");
        }
    }

    internal static bool IsEndpoint(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
}
