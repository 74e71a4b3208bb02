using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging.Console;

namespace CommandCenter.Web.Hosting;

/// <summary>Runs under systemd, as a Windows service or behind IIS as from a shell: tells the manager when it is ready, and logs for its log.</summary>
internal static class ServiceHosting
{
    private const string FormatterKey = "Logging:Console:FormatterName";

    private static readonly string[] Formatters =
        [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd, JournalFormatter.FormatterName];

    /// <summary>
    /// The folder of <c>appsettings.json</c> and <c>wwwroot</c>. A service is started in a folder of its manager's choice
    /// (<c>/</c>, <c>C:\Windows\system32</c>), and a shell in any: then it is the folder of the program, unless another is named.
    /// </summary>
    public static WebApplicationOptions Options(string[] args)
    {
        var named = new ConfigurationBuilder()
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddCommandLine(args)
            .Build()[WebHostDefaults.ContentRootKey];
        var isHome = File.Exists(Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json"));
        return new WebApplicationOptions { Args = args, ContentRootPath = isHome || named is not null ? null : AppContext.BaseDirectory };
    }

    public static void AddServiceHosting(this WebApplicationBuilder builder)
    {
        var notified = OperatingSystem.IsLinux() && (SystemdHelpers.IsSystemdService() || Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 });
        if (OperatingSystem.IsLinux() && notified)
        {
            // Not AddSystemd: it looks for a parent called systemd, and supervisors that speak its protocol have other names.
            builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>();
        }

        builder.Services.AddWindowsService(service => service.ServiceName = "CommandCenter");
        builder.Logging.AddConsoleFormatter<JournalFormatter, ConsoleFormatterOptions>();
        var chosen = builder.Configuration[FormatterKey];
        if (!string.IsNullOrEmpty(chosen) && !Formatters.Contains(chosen, StringComparer.OrdinalIgnoreCase))
        {
            builder.ConfigurationCheck().Add($"{FormatterKey} is '{chosen}'; it must be {string.Join(", ", Formatters[..^1])} or {Formatters[^1]}.");
        }

        if (string.IsNullOrEmpty(chosen) && notified)
        {
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = JournalFormatter.FormatterName);
        }
    }
}
