using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Nodes;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CommandCenter.Web.Hosting;

/// <summary>Configuration, store, problems and health: what the process itself stands on.</summary>
public static class HostingSetup
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        // Also outside Development: a build that was not published has its static files where they were made.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.ConfigureHttpJsonOptions(http => ApiJson.Configure(http.SerializerOptions));
        builder.Services.AddApiDocument();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ApiProblems>();
        builder.Services.AddStorage(ReadStorageOptions(builder));

        // First of the background work, so that it ends last and begins before anybody asks the store.
        builder.Services.AddSingleton<StoreOpening>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StoreOpening>());
        builder.AddRetention();
        builder.AddValidatedOptions<HealthOptions>("Health");
        builder.Services.AddSingleton<NodeHealth>()
            .AddSingleton<CircuitCount>()
            .AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<CircuitCount>());
        builder.AddServiceHosting();
        builder.AddTelemetry();
    }

    /// <summary>HEAD is answered as GET is; the server leaves the body out. Load balancers and monitors ask that way.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });

    /// <summary>Programs are told of every failure as a problem, also of those that routing finds (404, 405, 415).</summary>
    public static void UseApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(ApiProblems.IsForPrograms, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });

    /// <summary>
    /// Says what is wrong with the configuration, brings the database to this program's schema, and runs until it is stopped.
    /// </summary>
    /// <returns>The exit code: 1 when it could not start, with the reason on standard error.</returns>
    public static async Task<int> StartAndRunAsync(this WebApplication app)
    {
        var opening = app.Services.GetRequiredService<StoreOpening>();
        if (!await opening.TryOpenAsync(CancellationToken.None))
        {
            await app.DisposeAsync();
            return 1;
        }

        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            // What Kestrel throws for an address that is in use, not ours to take, or no address at all.
            await Console.Error.WriteLineAsync($"CommandCenter can't start: it can't listen at Urls ({string.Join(", ", app.Urls)}). {e.Message}");
            await app.DisposeAsync();
            return 1;
        }

        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
        return opening.Failed ? 1 : 0;
    }

    /// <summary>Prints what is wrong with the configuration, all of it.</summary>
    /// <returns>Whether anything is.</returns>
    public static bool ReportsBadConfiguration(this WebApplicationBuilder builder)
    {
        var problems = builder.ConfigurationCheck().Problems;
        if (problems.Count == 0)
        {
            return false;
        }

        Console.Error.WriteLine($"CommandCenter can't start. Settings that are wrong: {problems.Count}");
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"  - {problem}");
        }

        return true;
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static StorageOptions ReadStorageOptions(WebApplicationBuilder builder)
    {
        var check = builder.ConfigurationCheck();
        var options = check.Read<StorageOptions>("Storage");
        options.ConnectionString = builder.Configuration.GetConnectionString("CommandCenter") ?? "";
        foreach (var url in (builder.Configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(url))
            {
                check.Add($"Urls holds '{url}'; it must be addresses like http://localhost:5080, separated by semicolons.");
            }
        }

        options.PlaceFileUnder(builder.Environment.ContentRootPath);
        var privacy = builder.AddValidatedOptions<PrivacyOptions>("Privacy");
        foreach (var problem in privacy.Problems())
        {
            check.Add(problem);
        }

        options.KeyFile = privacy.KeyFile.Length == 0 ? "" : Path.GetFullPath(privacy.KeyFile, builder.Environment.ContentRootPath);
        foreach (var problem in options.Problems())
        {
            check.Add(problem);
        }

        return options;
    }
}
