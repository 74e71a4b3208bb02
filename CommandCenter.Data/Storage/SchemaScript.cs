using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CommandCenter.Data.Storage;

/// <summary>A numbered schema script that travels inside this assembly (db/sqlite, db/sqlserver).</summary>
/// <param name="Hash">SHA-256 of its text with LF line ends, so that a checkout's line ends make no difference.</param>
internal sealed partial record SchemaScript(int Number, string Name, string Sql, string Hash)
{
    /// <summary>The parts between lines that say GO, which some statements of SQL Server must stand alone in.</summary>
    public IEnumerable<string> Batches => BatchSeparator().Split(Sql).Where(batch => !string.IsNullOrWhiteSpace(batch));

    /// <summary>The scripts of one database, in order.</summary>
    public static IReadOnlyList<SchemaScript> For(string folder)
    {
        var assembly = typeof(SchemaScript).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"db/{folder}/", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(script => script.Number)
            .ToList();
    }

    private static SchemaScript Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var match = FileName().Match(resource);
        return match.Success
            ? new SchemaScript(
                int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture),
                match.Groups["name"].Value,
                sql,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))))
            : throw new InvalidOperationException($"The schema script {resource} is not named NNN.Name.sql.");
    }

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BatchSeparator();

    [GeneratedRegex(@"/(?<number>\d{3})\.(?<name>[A-Za-z0-9]+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
