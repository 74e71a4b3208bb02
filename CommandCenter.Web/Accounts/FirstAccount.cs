using System.Security.Cryptography;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CommandCenter.Web.Accounts;

/// <summary>
/// While there is no account, this process prints an address at which the first administrator is made. The address holds a token that
/// is new at each start, is nowhere but in memory and on that one line, and serves once.
/// </summary>
internal sealed partial class FirstAccount(AccountStore accounts, DemoAccess demo, IServer server, IHostApplicationLifetime life, ILogger<FirstAccount> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private volatile string? _hash;

    /// <summary>Whether the token is the one, and there still is no account.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<bool> IsOpenAsync(string? token, CancellationToken cancellationToken) =>
        _hash is { } hash
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Credential.HashOf(token ?? "")))
        && !await accounts.AnyAsync(cancellationToken);

    /// <summary>It served.</summary>
    public void Close() => _hash = null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                // The demonstration has its own.
                if (!demo.IsOn && !await accounts.AnyAsync(stoppingToken))
                {
                    Tell();
                }

                return;
            }
            catch (StoreUnavailableException e)
            {
                LogAway(e.Message);
                await Task.Delay(Again, stoppingToken);
            }
        }
    }

    // Not through the log, which is kept and sent elsewhere, nor into its stream, whose every line may be promised to be JSON.
    private void Tell()
    {
        var token = Credential.Make("");
        _hash = Credential.HashOf(token);
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        address = address.Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        Console.Error.WriteLine($"还没有账号。请打开以下地址创建第一位管理员 / There is no account yet. Make the first administrator at:\n  {address.TrimEnd('/')}/setup?token={token}");
    }

    [LoggerMessage(LogLevel.Debug, "Whether there is an account can't be read yet: {Problem}")]
    private partial void LogAway(string problem);
}
