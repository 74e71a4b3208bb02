using CommandCenter.Data.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CommandCenter.Tests.Storage;

/// <summary>Statements for SQL Server, as its own grammar reads them.</summary>
internal static class TSql
{
    public static IReadOnlyList<SchemaScript> Scripts { get; } = SchemaScript.For("sqlserver");

    /// <summary>Parses one batch, and says where it is wrong.</summary>
    public static TSqlScript Parse(string sql)
    {
        var script = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        errors.Select(e => $"line {e.Line}, column {e.Column}: {e.Message}").ShouldBeEmpty($"SQL Server can't read this statement:\n{sql}\n");
        return (TSqlScript)script;
    }

    /// <summary>All statements of a text, nested ones too, that are of a kind.</summary>
    public static IReadOnlyList<T> Find<T>(TSqlFragment within)
        where T : TSqlFragment
    {
        var finder = new Finder<T>();
        within.Accept(finder);
        return finder.Found;
    }

    public static IEnumerable<CreateTableStatement> Tables() =>
        Scripts.SelectMany(script => script.Batches).SelectMany(batch => Find<CreateTableStatement>(Parse(batch)));

    /// <summary>Names of the tables, in the order of their making.</summary>
    public static IEnumerable<string> TablesOfScripts() => Tables().Select(table => table.SchemaObjectName.BaseIdentifier.Value);

    private sealed class Finder<T> : TSqlFragmentVisitor
        where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment node)
        {
            if (node is T found)
            {
                Found.Add(found);
            }
        }
    }
}
