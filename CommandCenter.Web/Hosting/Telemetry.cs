using CommandCenter.Data.Storage;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CommandCenter.Web.Hosting;

/// <summary>Sends metrics and traces to an OpenTelemetry collector, where one is named. Otherwise nothing of it is even made.</summary>
internal static class Telemetry
{
    private const string EnvironmentEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The framework's own, by name: requests, connections, circuits, memory.
    private static readonly string[] Meters =
    [
        StoreMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = builder.AddValidatedOptions<TelemetryOptions>("Telemetry");
        var environment = builder.Configuration[EnvironmentEndpoint];
        if (!string.IsNullOrEmpty(environment) && !TelemetryOptions.IsEndpoint(environment))
        {
            builder.ConfigurationCheck().Add($"{EnvironmentEndpoint} is '{environment}'; it must be an address such as http://127.0.0.1:4317, or not be set.");
            return;
        }

        builder.Services.AddSingleton<NodeMetrics>();
        var own = TelemetryOptions.IsEndpoint(options.OtlpEndpoint);
        if (!own && string.IsNullOrEmpty(environment))
        {
            return;
        }

        builder.Services.AddHostedService(provider => provider.GetRequiredService<NodeMetrics>());
        builder.Services.Configure<MetricReaderOptions>(reader => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.ExportSeconds * 1000);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("commandcenter", serviceVersion: ProgramVersion.Current, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithTracing(traces => traces
                .AddSource(StoreMetrics.Name)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWorthATrace)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio))));
        if (own)
        {
            telemetry.UseOtlpExporter(
                options.OtlpProtocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, new Uri(options.OtlpEndpoint));
        }
        else
        {
            telemetry.UseOtlpExporter();
        }
    }

    // Polls of load balancers, circuits that stay open for days and files tell nothing.
    private static bool IsWorthATrace(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
