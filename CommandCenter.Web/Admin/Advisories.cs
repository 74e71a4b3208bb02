using CommandCenter.Data.Storage;
using CommandCenter.Web.Demo;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Admin;

/// <summary>What an administrator should know and change some day, though everything works: found once, at start.</summary>
public sealed class Advisories(Store store, StorageOptions storage, DemoOptions demo, IHostEnvironment environment)
{
    /// <summary>One sentence each, in the language of this request.</summary>
    public IEnumerable<string> Current(IStringLocalizer<HealthPageText> texts)
    {
        // Speaks of the one database and of its administrator's command, so it is shown as the store said it.
        if (store.Advice is { } advice)
        {
            yield return advice;
        }

        if (demo.Enabled)
        {
            yield return texts["AdviceDemo"];
        }

        if (environment.IsDevelopment())
        {
            yield return texts["AdviceDevelopment"];
        }

        if (storage.Provider == StorageProvider.SqlServer && ClientVersion is { Major: < 5 } version)
        {
            yield return texts["AdviceSqlClient", version.ToString(3)];
        }
    }

    private static Version ClientVersion => Store.SqlClientVersion;
}
