using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// The tables, indexes and triggers that the schema's scripts make are there by name and in force, and the triggers say what
/// the scripts say. What columns an index has is not looked at: it may have been rebuilt on partitions.
/// </summary>
internal static partial class ServerObjects
{
    // Babelfish keeps an index under its name, its table's (cut to what fits) and a digest of both.
    private const int DigestLength = 32;

    public static async Task CheckAsync(DbConnection connection, FindingList findings, CancellationToken cancellationToken)
    {
        var skipped = (await QueryAsync<string>("SELECT name FROM schema_version")).Where(name => name.EndsWith(Schema.SkippedMark, StringComparison.Ordinal))
            .Select(name => name[..^Schema.SkippedMark.Length]).ToHashSet(StringComparer.Ordinal);
        // Joined here: what a catalog is made of is the server's affair, and on some it is slow.
        var tables = (await QueryAsync<Row>("SELECT object_id AS TableId, name FROM sys.tables")).ToDictionary(table => table.TableId);
        var indexes = await QueryAsync<Row>("SELECT object_id AS TableId, name, CAST(is_disabled AS int) AS IsDisabled FROM sys.indexes WHERE name IS NOT NULL");
        var triggers = await QueryAsync<Row>("SELECT parent_id AS TableId, name, CAST(is_disabled AS int) AS IsDisabled, OBJECT_DEFINITION(object_id) AS Sql FROM sys.triggers");
        var stored = new Dictionary<string, List<Row>>(StringComparer.Ordinal) { ["table"] = [.. tables.Values], ["index"] = indexes, ["trigger"] = triggers };

        // Without this right a trigger and its text may be hidden from the account. Babelfish shows them, and answers for others' rights.
        var isShown = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            SELECT CASE WHEN CAST(SERVERPROPERTY(N'Babelfish') AS int) = 1
              OR HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'VIEW DEFINITION') = 1 THEN 1 ELSE 0 END
            """,
            commandTimeout: 0,
            cancellationToken: cancellationToken));
        foreach (var made in MadeBy(SchemaScript.For("sqlserver").Where(script => !skipped.Contains(script.Name))))
        {
            findings.LookedAtOne();
            Compare(made, stored[made.Kind].Find(found => tables.GetValueOrDefault(found.TableId)?.Name == made.Table && IsNamed(found.Name, made)), isShown, findings);
        }

        async Task<List<T>> QueryAsync<T>(string sql) => (await connection.QueryAsync<T>(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>What is left of all that the scripts make, when the last has run.</summary>
    internal static IReadOnlyList<SchemaObject> MadeBy(IEnumerable<SchemaScript> scripts)
    {
        var made = new List<SchemaObject>();
        foreach (var batch in scripts.SelectMany(script => script.Batches))
        {
            foreach (Match statement in Statements().Matches(batch))
            {
                var (kind, name) = (statement.Groups["kind"].Value.ToLowerInvariant(), statement.Groups["name"].Value);
                made.RemoveAll(one => one.Kind == kind && one.Name == name);
                if (statement.Groups["verb"].Value == "CREATE")
                {
                    made.Add(new SchemaObject(kind, name, kind == "table" ? name : statement.Groups["table"].Value, kind == "trigger" ? batch[statement.Index..] : null));
                }
            }
        }

        return made;
    }

    private static void Compare(SchemaObject made, Row? found, bool isShown, FindingList findings)
    {
        if (found is null && !isShown && made.Kind == "trigger" || made.Kind == "trigger" && found is { Sql: null, IsDisabled: 0 })
        {
            findings.Omissions.Add(new Omission(OmissionKind.Definition, made.Kind, made.Name));
        }
        else if (found is null)
        {
            findings.Add(FindingKind.ObjectMissing, made.Kind, made.Name, made.Table);
        }
        else if (found.IsDisabled != 0)
        {
            findings.Add(FindingKind.ObjectDiffers, made.Kind, made.Name, made.Table, "DISABLED");
        }
        else if (made.Sql is not null && !SchemaObject.IsSame(found.Sql!, made.Sql))
        {
            findings.Add(FindingKind.ObjectDiffers, made.Kind, made.Name, made.Table, SchemaObject.OneLine(found.Sql!));
        }
    }

    private static bool IsNamed(string name, SchemaObject made) =>
        name == made.Name
        || (made.Kind == "index" && name.Length > DigestLength + made.Name.Length && name.StartsWith(made.Name, StringComparison.Ordinal)
            && made.Table.StartsWith(name[made.Name.Length..^DigestLength], StringComparison.Ordinal));

    [GeneratedRegex(
        @"^(?<verb>CREATE|DROP)\s+(UNIQUE\s+|SPATIAL\s+)?(?<kind>TABLE|INDEX|TRIGGER)\s+(IF\s+EXISTS\s+)?(?<name>\w+)(\s+ON\s+(?<table>\w+))?",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Statements();

    private sealed class Row
    {
        public int TableId { get; init; }

        public string Name { get; init; } = "";

        public string? Sql { get; init; }

        public int IsDisabled { get; init; }
    }
}
