using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CommandCenter.Data.Storage;

/// <summary>A numbered schema script that travels inside this assembly (db/sqlite, db/sqlserver).</summary>
/// <param name="Hash">SHA-256 of its text with LF line ends, so that a checkout's line ends make no difference.</param>
internal sealed partial record SchemaScript(int Number, string Name, string Sql, string Hash)
{
    /// <summary>Makes a spatial index and nothing else: a server without them can do without it.</summary>
    public bool IsOptional => OnlySpatialIndex().IsMatch(Sql);

    /// <summary>The parts between lines that say GO, which some statements of SQL Server must stand alone in.</summary>
    public IEnumerable<string> Batches => BatchSeparator().Split(Sql).Where(batch => !string.IsNullOrWhiteSpace(batch));

    /// <summary>The scripts of one database, in order.</summary>
    public static IReadOnlyList<SchemaScript> For(string folder)
    {
        var assembly = typeof(SchemaScript).Assembly;
        return InOrder(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"db/{folder}/", StringComparison.Ordinal))
            .Select(name => Read(assembly, name)));
    }

    /// <exception cref="InvalidOperationException">Two have the same number: the second would pass for the first and never run.</exception>
    internal static IReadOnlyList<SchemaScript> InOrder(IEnumerable<SchemaScript> scripts)
    {
        var ordered = scripts.OrderBy(script => script.Number).ToList();
        return ordered.Zip(ordered.Skip(1)).FirstOrDefault(pair => pair.First.Number == pair.Second.Number) is { First: { } one, Second: { } other }
            ? throw new InvalidOperationException($"Two schema scripts have the number {one.Number:000}: {one.Name} and {other.Name}.")
            : ordered;
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

    [GeneratedRegex(@"\A(\s*--[^\n]*\n)*\s*CREATE SPATIAL INDEX [^;]*;?\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OnlySpatialIndex();

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BatchSeparator();

    [GeneratedRegex(@"/(?<number>\d{3})\.(?<name>[A-Za-z0-9]+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
