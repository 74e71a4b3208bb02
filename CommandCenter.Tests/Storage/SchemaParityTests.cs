using System.Globalization;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CommandCenter.Tests.Storage;

/// <summary>Both databases hold the same schema, apart from what is named here with its reason.</summary>
public class SchemaParityTests
{
    // SQL Server's spatial index needs a geography; the embedded store answers with lon and lat.
    private static readonly string[] OnlyInSqlServer = ["incident.place", "unit.place"];

    // The embedded store's spatial index is a table of its own kind, filled with each import; SQL Server's is an index.
    private static readonly string[] TablesOnlyInSqlite = ["area_box", "area_box_node", "area_box_parent", "area_box_rowid"];
    private static readonly string[] IndexesOnlyInSqlServer = ["area.area_shape", "incident.incident_place"];

    // Hashes come in no order: the embedded store takes reports in sooner without.
    private const string PersonIndex = "CREATE INDEX incident_person_";

    [Fact]
    public void Scripts_have_the_same_numbers_and_names_in_both_folders()
    {
        var sqlite = SchemaScript.For("sqlite").Select(s => (s.Number, s.Name)).ToList();

        sqlite.ShouldBe(TSql.Scripts.Select(s => (s.Number, s.Name)));
        sqlite.Select(s => s.Number).ShouldBe(Enumerable.Range(1, sqlite.Count));
    }

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns_of_matching_types()
    {
        var sqlite = await SqliteColumnsAsync();
        var added = TSql.Scripts.SelectMany(s => s.Batches).Select(TSql.Parse).SelectMany(TSql.Find<AlterTableAddTableElementStatement>);
        var sqlServer = TSql.Tables().SelectMany(Columns).Concat(added.SelectMany(Columns)).Where(c => !OnlyInSqlServer.Contains($"{c.Table}.{c.Name}", StringComparer.Ordinal));

        InOrder(sqlite).ShouldBe(InOrder(sqlServer));
    }

    [Fact]
    public async Task Both_databases_have_the_same_indexes()
    {
        await using var database = new SqliteDatabase();
        await database.OpenStoreAsync();
        await using var connection = await database.ConnectAsync();
        var sqlite = (await connection.QueryAsync<(string Table, string Name, string Sql)>(
            "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")).Select(i => Describe(TSql.Parse(i.Sql)));
        var sqlServer = TSql.Scripts.SelectMany(s => s.Batches).Select(TSql.Parse).Where(s => TSql.Find<CreateIndexStatement>(s).Count > 0).Select(Describe)
            .Where(index => !index.Contains(PersonIndex, StringComparison.Ordinal));

        sqlite.Order(StringComparer.Ordinal).ShouldBe(sqlServer.Order(StringComparer.Ordinal));
        TSql.Scripts.SelectMany(s => s.Batches).SelectMany(b => TSql.Find<CreateSpatialIndexStatement>(TSql.Parse(b)))
            .Select(i => $"{i.Object.BaseIdentifier.Value}.{i.Name.Value}").ShouldBe(IndexesOnlyInSqlServer);
    }

    // A plain CREATE INDEX is the same text for both: table, name, columns, uniqueness and filter.
    private static string Describe(TSqlScript script)
    {
        var index = TSql.Find<CreateIndexStatement>(script).ShouldHaveSingleItem();
        new Sql150ScriptGenerator().GenerateScript(index, out var text);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<List<Column>> SqliteColumnsAsync()
    {
        await using var database = new SqliteDatabase();
        await database.OpenStoreAsync();
        await using var connection = await database.ConnectAsync();
        var tables = await connection.QueryAsync<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'schema_version'");
        var columns = new List<Column>();
        foreach (var table in tables.Except(TablesOnlyInSqlite, StringComparer.Ordinal))
        {
            var info = await connection.QueryAsync<(long Cid, string Name, string Type, long NotNull, object? Default, long Key)>($"PRAGMA table_info({table})");
            columns.AddRange(info.Select(c => new Column(table, c.Name, c.Type, c.NotNull != 0, c.Key > 0)));
        }

        return columns;
    }

    private static IEnumerable<Column> Columns(CreateTableStatement table)
    {
        var name = table.SchemaObjectName.BaseIdentifier.Value;
        var keys = TSql.Find<UniqueConstraintDefinition>(table).Where(c => c.IsPrimaryKey)
            .SelectMany(c => c.Columns).Select(c => c.Column.MultiPartIdentifier.Identifiers[^1].Value).ToHashSet(StringComparer.Ordinal);
        return Columns(name, table.Definition, keys);
    }

    private static IEnumerable<Column> Columns(AlterTableAddTableElementStatement added) =>
        Columns(added.SchemaObjectName.BaseIdentifier.Value, added.Definition, []);

    private static IEnumerable<Column> Columns(string table, TableDefinition definition, HashSet<string> keys) =>
        definition.ColumnDefinitions.Select(column => new Column(
            table,
            column.ColumnIdentifier.Value,
            SqliteType($"{table}.{column.ColumnIdentifier.Value}", column.DataType),
            column.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable),
            keys.Contains(column.ColumnIdentifier.Value) || column.Constraints.OfType<UniqueConstraintDefinition>().Any(c => c.IsPrimaryKey)));

    // The table of types in SQL.md.
    private static string SqliteType(string column, DataTypeReference type)
    {
        var name = type.Name.BaseIdentifier.Value.ToLowerInvariant();
        var parameters = type is ParameterizedDataTypeReference { Parameters: { Count: > 0 } given } ? $"({string.Join(',', given.Select(p => p.Value))})" : "";
        return name switch
        {
            "bigint" or "int" or "bit" => "INTEGER",
            "float" => "REAL",
            "nvarchar" when parameters.Length > 0 => "TEXT",
            "datetime2" when parameters == "(3)" => "TEXT",
            "date" => "TEXT",
            "geography" or "varbinary" => "BLOB",
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{column} is {name}{parameters}, which SQL.md has no place for.")),
        };
    }

    private static IEnumerable<Column> InOrder(IEnumerable<Column> columns) =>
        columns.OrderBy(c => c.Table, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal);

    private sealed record Column(string Table, string Name, string Type, bool NotNull, bool IsKey);
}
