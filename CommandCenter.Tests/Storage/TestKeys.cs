using CommandCenter.Data.Privacy;

namespace CommandCenter.Tests.Storage;

/// <summary>One key file for all SQL Server databases of this run, whose nodes share it.</summary>
internal static class TestKeys
{
    private static readonly Lazy<string> Made = new(() =>
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("commandcenter-keys-").FullName, "privacy.keys");
        KeyFile.Make(path, DateTime.UnixEpoch);
        return path;
    });

    public static string File => Made.Value;
}
