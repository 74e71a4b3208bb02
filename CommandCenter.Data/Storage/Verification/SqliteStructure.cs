using System.Data.Common;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>SQLite's own checks: every page, index, constraint and R*Tree, and every reference.</summary>
internal static class SqliteStructure
{
    public static async Task<bool> CheckAsync(DbConnection connection, FindingList findings, CancellationToken cancellationToken)
    {
        foreach (var problem in await connection.QueryAsync<string>(new CommandDefinition("PRAGMA integrity_check(1000)", cancellationToken: cancellationToken)))
        {
            if (problem != "ok")
            {
                findings.Add(FindingKind.Structure, problem);
            }
        }

        foreach (var (table, row, parent) in await connection.QueryAsync<(string Table, long? Row, string Parent)>(
            new CommandDefinition("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check", cancellationToken: cancellationToken)))
        {
            findings.Add(FindingKind.DanglingReference, table, row, parent);
        }

        return true;
    }

    /// <summary>Areas that stand in only one of the table and its R*Tree, or with another box.</summary>
    public static Task<IEnumerable<long>> NotIndexedAreasAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.QueryAsync<long>(new CommandDefinition(
            """
            SELECT a.id FROM area a LEFT JOIN area_box b ON b.id = a.id
            WHERE b.id IS NULL OR b.min_lon > a.min_lon OR b.max_lon < a.max_lon OR b.min_lat > a.min_lat OR b.max_lat < a.max_lat
            UNION
            SELECT b.id FROM area_box b LEFT JOIN area a ON a.id = b.id WHERE a.id IS NULL
            """,
            cancellationToken: cancellationToken));
}
