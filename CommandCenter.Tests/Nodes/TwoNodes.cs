using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Nodes;

/// <summary>The program twice, on one database, behind nginx.</summary>
internal sealed class TwoNodes(TestDatabase database, ServerProcess first, ServerProcess second, Nginx nginx) : IAsyncDisposable
{
    public TestDatabase Database => database;

    public ServerProcess First => first;

    public ServerProcess Second => second;

    public Nginx Nginx => nginx;

    /// <summary>Speaks to whichever node nginx chooses.</summary>
    public HttpClient Http { get; } = TestAccess.Client(nginx.Address);

    /// <summary>The settings with which a node works on a database.</summary>
    public static string[] On(TestDatabase database) =>
    [
        $"--Storage:Provider={database.Options.Provider}", $"--ConnectionStrings:CommandCenter={database.Options.ConnectionString}",
        $"--Storage:SkipScripts={database.Options.SkipScripts}", $"--Privacy:KeyFile={database.Options.KeyFile}",
    ];

    /// <param name="database">Is not disposed with them.</param>
    public static async Task<TwoNodes> StartAsync(TestDatabase database)
    {
        var first = ServerProcess.Launch(settings: [.. On(database), "--Node:Name=first", "--Proxy:Known=127.0.0.1"]);
        var second = ServerProcess.Launch(first.Folder, settings: [.. On(database), "--Node:Name=second", "--Proxy:Known=127.0.0.1"]);
        try
        {
            await Task.WhenAll(first.WaitUntilReadyAsync(TimeSpan.FromSeconds(60)), second.WaitUntilReadyAsync(TimeSpan.FromSeconds(60)));
            var nginx = await Nginx.StartAsync(first.Address, second.Address);
            TestAccess.Use(nginx.Address, first.ApiKey, database.Options);
            return new TwoNodes(database, first, second, nginx);
        }
        catch
        {
            await first.DisposeAsync();
            await second.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await nginx.DisposeAsync();
        await second.DisposeAsync();
        await first.DisposeAsync();
        Directory.Delete(first.Folder, recursive: true);
    }
}
