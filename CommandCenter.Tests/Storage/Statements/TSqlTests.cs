using System.Data;
using System.Runtime.CompilerServices;
using CommandCenter.Data.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>Every statement for SQL Server, scripts and queries alike, is one that its grammar and Babelfish accept (SQL.md).</summary>
public class TSqlTests
{
    // Dates and numbers are formatted, and time is told, by the program; only leases go by the database's own clock (SYSUTCDATETIME).
    private static readonly string[] ForbiddenFunctions =
        ["FORMAT", "GETDATE", "GETUTCDATE", "SYSDATETIME", "SYSDATETIMEOFFSET", "HASHBYTES", "JSON_VALUE", "JSON_QUERY", "STRING_AGG"];

    // SQL Server heeds the case of methods of its spatial types.
    private static readonly string[] SpatialMethods = ["STGeomFromWKB", "STAsBinary", "Point", "STIntersects", "STContains", "STDistance", "STIsValid"];

    private static readonly string OptionalFolder = InSources("../../../db/sqlserver/optional");

    public static TheoryData<string> ScriptNames => new(TSql.Scripts.Select(s => $"{s.Number:000}.{s.Name}"));

    [Theory]
    [MemberData(nameof(ScriptNames))]
    public void Scripts_are_read_by_the_grammar_and_keep_the_rules(string name)
    {
        var script = TSql.Scripts.Single(s => $"{s.Number:000}.{s.Name}" == name);
        foreach (var batch in script.Batches)
        {
            var parsed = TSql.Parse(batch);
            Faults(parsed).ShouldBeEmpty(batch);
            TSql.Find<StringLiteral>(parsed).ShouldAllBe(text => text.IsNational, "Text literals are N'…'.");
            TSql.Find<CreateTableStatement>(parsed).SelectMany(t => t.Definition.ColumnDefinitions).ShouldAllBe(
                c => c.Constraints.OfType<NullableConstraintDefinition>().Any(), "Whether a column may be null depends on the server where it is not said.");
        }

        if (script.Batches.Any(batch => TSql.Find<CreateSpatialIndexStatement>(TSql.Parse(batch)).Count > 0))
        {
            script.IsOptional.ShouldBeTrue("CREATE SPATIAL INDEX stands alone in its script, so that it can be left out by name.");
        }
    }

    public static TheoryData<string> OptionalScripts => new(Directory.EnumerateFiles(OptionalFolder, "*.sql").Select(file => Path.GetFileName(file)));

    // Run by hand on SQL Server itself, so the rules that Babelfish asks for don't bind them; the grammar does.
    [Theory]
    [MemberData(nameof(OptionalScripts))]
    public void Optional_scripts_are_read_by_the_grammar_and_speak_of_what_the_schema_has(string name)
    {
        var script = new SchemaScript(0, name, File.ReadAllText(Path.Combine(OptionalFolder, name)), "");
        var statements = script.Batches.Select(TSql.Parse).ToList();

        statements.SelectMany(TSql.Find<TSqlStatement>).ShouldNotBeEmpty();
        var indexes = TSql.Scripts.SelectMany(s => s.Batches).Select(TSql.Parse).SelectMany(TSql.Find<CreateIndexStatement>).Select(i => i.Name.Value)
            .Concat(TSql.Tables().SelectMany(TSql.Find<UniqueConstraintDefinition>).Select(key => key.ConstraintIdentifier.Value)).ToList();
        statements.SelectMany(TSql.Find<CreateIndexStatement>).Select(index => index.Name.Value).ShouldBeSubsetOf(indexes, "DROP_EXISTING names an index that is there.");
        statements.SelectMany(TSql.Find<CreateIndexStatement>).Select(index => index.OnName.BaseIdentifier.Value).ShouldBeSubsetOf(TSql.TablesOfScripts());

        // A batch forgets the variables of the one before.
        foreach (var batch in statements)
        {
            var declared = TSql.Find<DeclareVariableElement>(batch).Select(variable => variable.VariableName.Value);
            TSql.Find<VariableReference>(batch).Select(variable => variable.Name).Except(declared, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
        }

        // What is put together and run, with a number in its hole.
        foreach (var texts in statements.Where(batch => TSql.Find<ExecuteStatement>(batch).Count > 0).Select(TSql.Find<StringLiteral>))
        {
            var pieces = texts.Select(text => text.Value).SkipWhile(text => !text.StartsWith("ALTER ", StringComparison.Ordinal)).ToList();
            var end = pieces.FindIndex(text => text.EndsWith(';'));
            TSql.Find<AlterIndexStatement>(TSql.Parse(string.Join('1', pieces.Take(end + 1)))).ShouldHaveSingleItem().Name.Value.ShouldBeOneOf([.. indexes]);
        }
    }

    [Fact]
    public async Task Queries_are_read_by_the_grammar_and_keep_the_rules()
    {
        foreach (var statement in (await StatementsOfStores.AllAsync()).Where(s => s.Type == CommandType.Text).DistinctBy(s => s.Sql))
        {
            Faults(TSql.Parse(statement.Sql)).ShouldBeEmpty(statement.Sql);
        }
    }

    [Fact]
    public async Task Every_variable_of_a_query_is_given_as_a_parameter_that_its_column_takes()
    {
        foreach (var statement in (await StatementsOfStores.AllAsync()).Where(s => s.Type == CommandType.Text))
        {
            var variables = TSql.Find<VariableReference>(TSql.Parse(statement.Sql)).Select(v => v.Name.TrimStart('@')).ToHashSet(StringComparer.OrdinalIgnoreCase);
            variables.Except(statement.Parameters.Select(p => p.Name), StringComparer.OrdinalIgnoreCase).ShouldBeEmpty(statement.Sql);
            statement.Parameters.Count.ShouldBeLessThanOrEqualTo(2_100, statement.Sql);
            foreach (var parameter in statement.Parameters)
            {
                // sql_variant is what an unknown type is sent as, datetime is rounded, varchar knows one code page.
                parameter.Type.ShouldNotBeOneOf([SqlDbType.Variant, SqlDbType.DateTime, SqlDbType.SmallDateTime, SqlDbType.VarChar, SqlDbType.Text, SqlDbType.NText], $"@{parameter.Name} of {statement.Sql}");
                (parameter.Value is DateOnly or Guid or DateTimeOffset or DateTime { Kind: not DateTimeKind.Unspecified }).ShouldBeFalse(
                    $"@{parameter.Name} did not come from Dialect.Instant or Dialect.Day: {statement.Sql}");
            }
        }
    }

    [Fact]
    public async Task The_write_lock_is_asked_for_as_part_of_the_transaction()
    {
        var locking = (await StatementsOfStores.AllAsync()).First(s => s.Type == CommandType.StoredProcedure);

        locking.Sql.ShouldBe("sp_getapplock");
        locking.Parameters.Where(p => p.Name != "result").Select(p => (p.Name, p.Value)).ShouldBe(
            [("Resource", "commandcenter.event_log"), ("LockMode", "Exclusive"), ("LockOwner", "Transaction"), ("LockTimeout", (object)5_000)]);
    }

    [Fact]
    public async Task No_statement_in_the_sources_was_left_unseen()
    {
        var seen = (await StatementsOfStores.AllAsync()).Select(s => s.Sql).ToList();

        var literals = SqlInSources.All();
        literals.Count.ShouldBeGreaterThan(20);
        literals.Where(literal => !seen.Exists(literal.IsIn)).Select(literal => $"{literal.File}:{literal.Line}: {literal.Text}")
            .ShouldBeEmpty("These statements were never given to the recorder: call what uses them in StatementsOfStores.");
    }

    [Theory]
    [InlineData("x = \"SELECT a FROM t\";", "SELECT a\n  FROM t", true)]
    [InlineData("x = $\"SELECT {Top(\"3\")} a FROM t\"; // \"SELECT", "SELECT TOP (@n) a FROM t", true)]
    [InlineData("x = \"\"\"\n  UPDATE t SET a = @a WHERE b IN @bs\n  \"\"\";", "UPDATE t SET a = @a WHERE b IN (@bs1,@bs2)", true)]
    [InlineData("x = \"SELECT a FROM t\";", "SELECT b FROM t", false)]
    [InlineData("x = \"SELECT a FROM t WHERE b = @b\";", "SELECT a FROM t", false)]
    public void A_statement_of_the_sources_is_told_from_another(string source, string statement, bool isSeen) =>
        SqlInSources.Literals("", source).First().IsIn(statement).ShouldBe(isSeen);

    [Theory]
    [InlineData("MERGE t USING s ON t.a = s.a WHEN MATCHED THEN DELETE;", "MERGE")]
    [InlineData("CREATE OR ALTER VIEW v AS SELECT 1 AS a", "CREATE OR ALTER")]
    [InlineData("ALTER TABLE t ADD a int NULL, b int NULL", "one ADD per ALTER")]
    [InlineData("CREATE TABLE t (a int NOT NULL, INDEX i (a))", "inline index")]
    [InlineData("CREATE TABLE t (a int NOT NULL INDEX i)", "inline index")]
    [InlineData("SELECT CONVERT(nvarchar(10), a, 112) FROM t", "style")]
    [InlineData("SELECT FORMAT(a, N'd') FROM t", "FORMAT")]
    [InlineData("SELECT a.stasbinary() FROM t", "stasbinary")]
    [InlineData("CREATE SYNONYM s FOR t", "synonym")]
    [InlineData("CREATE VIEW v WITH SCHEMABINDING AS SELECT a FROM dbo.t", "indexed view")]
    public void A_statement_against_the_rules_is_found(string sql, string fault) =>
        Faults(TSql.Parse(sql)).ShouldContain(found => found.Contains(fault, StringComparison.Ordinal));

    private static string InSources(string path, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, path));

    private static List<string> Faults(TSqlFragment parsed) =>
    [
        .. TSql.Find<MergeStatement>(parsed).Select(_ => "MERGE: use UPDATE, then INSERT."),
        .. TSql.Find<TSqlStatement>(parsed).Select(s => s.GetType().Name).Where(n => n.StartsWith("CreateOrAlter", StringComparison.Ordinal)).Select(n => $"{n}: CREATE OR ALTER; use DROP IF EXISTS and CREATE."),
        .. TSql.Find<AlterTableAddTableElementStatement>(parsed)
            .Where(a => a.Definition.ColumnDefinitions.Count + a.Definition.TableConstraints.Count > 1).Select(_ => "one ADD per ALTER."),
        .. TSql.Find<TableDefinition>(parsed).Where(t => t.Indexes.Count > 0 || t.ColumnDefinitions.Any(c => c.Index is not null)).Select(_ => "inline index: use CREATE INDEX."),
        .. TSql.Find<TableDefinition>(parsed).Where(t => t.SystemTimePeriod is not null).Select(_ => "temporal table."),
        .. TSql.Find<CreateSynonymStatement>(parsed).Select(_ => "synonym."),
        .. TSql.Find<ViewOption>(parsed).Where(o => o.OptionKind == ViewOptionKind.SchemaBinding).Select(_ => "indexed view."),
        .. TSql.Find<ConvertCall>(parsed).Where(c => c.Style is not null).Select(_ => "CONVERT with a style."),
        .. TSql.Find<FunctionCall>(parsed).Where(f => ForbiddenFunctions.Contains(f.FunctionName.Value, StringComparer.OrdinalIgnoreCase)).Select(f => $"{f.FunctionName.Value} is for the program to do."),
        .. TSql.Find<FunctionCall>(parsed)
            .Where(f => f.CallTarget is not null && SpatialMethods.Contains(f.FunctionName.Value, StringComparer.OrdinalIgnoreCase) && !SpatialMethods.Contains(f.FunctionName.Value, StringComparer.Ordinal))
            .Select(f => $"{f.FunctionName.Value} is not written as SQL Server writes it."),
    ];
}
