using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Everything that the schema's scripts make is there as they make it. What somebody added of his own is left alone.</summary>
internal static class SqliteObjects
{
    private const string Stored = "SELECT type, name, tbl_name, sql FROM sqlite_master";

    public static async Task CheckAsync(DbConnection connection, FindingList findings, CancellationToken cancellationToken)
    {
        var stored = (await ReadAsync(connection, cancellationToken)).ToDictionary(found => (found.Kind, found.Name));
        await using var fresh = new SqliteConnection("Data Source=:memory:");
        await fresh.OpenAsync(cancellationToken);
        foreach (var sql in SchemaScript.For("sqlite").SelectMany(script => script.Batches).Prepend(Schema.SqliteVersionTable))
        {
            await fresh.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));
        }

        foreach (var made in await ReadAsync(fresh, cancellationToken))
        {
            findings.LookedAtOne();
            if (!stored.TryGetValue((made.Kind, made.Name), out var found))
            {
                findings.Add(FindingKind.ObjectMissing, made.Kind, made.Name, made.Table);
            }
            else if (found.Table != made.Table || !SchemaObject.IsSame(found.Sql ?? "", made.Sql ?? ""))
            {
                findings.Add(FindingKind.ObjectDiffers, made.Kind, made.Name, made.Table, SchemaObject.OneLine(found.Sql ?? $"({found.Table})"));
            }
        }
    }

    private static async Task<IEnumerable<SchemaObject>> ReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(string Kind, string Name, string Table, string? Sql)>(new CommandDefinition(Stored, cancellationToken: cancellationToken)))
            .Select(found => new SchemaObject(found.Kind, found.Name, found.Table, found.Sql));
}
