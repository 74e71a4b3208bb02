using CommandCenter.Data.Walls;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Data.Accounts;

public static class AccountServices
{
    /// <summary>Accounts, sessions, API keys and walls: their stores. Needs the store (<c>AddStorage</c>).</summary>
    public static IServiceCollection AddAccountStorage(this IServiceCollection services) =>
        services.AddSingleton<AccessVersion>()
            .AddSingleton<AccountStore>()
            .AddSingleton<AccountChanges>()
            .AddSingleton<DepartmentStore>()
            .AddSingleton<SessionStore>()
            .AddSingleton<ApiKeyStore>()
            .AddSingleton<WallStore>()
            .AddSingleton<WallPairings>()
            .AddSingleton<ApiKeyChanges>();
}
