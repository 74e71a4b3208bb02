using Dapper;

namespace CommandCenter.Data.Storage;

/// <summary>Whether the account may do what the program will, asked before the first change, so that all that is missing is told at once.</summary>
internal sealed class SqlServerRights(SqlServerDialect dialect)
{
    private static readonly string[] AtRunTime = ["SELECT", "INSERT", "UPDATE", "DELETE"];
    private static readonly string[] ToMigrate = ["ALTER", "REFERENCES"];

    /// <exception cref="StoreUnavailableException">It may not; the message names each right and the GRANT that gives it.</exception>
    public async Task CheckAsync(bool toMigrate, CancellationToken cancellationToken)
    {
        await using var connection = await dialect.OpenReaderAsync(cancellationToken);
        var has = await connection.QuerySingleOrDefaultAsync<Rights>(new CommandDefinition(
            """
            SELECT SCHEMA_NAME() AS [Schema], USER_NAME() AS [User], CAST(SERVERPROPERTY(N'Babelfish') AS int) AS IsBabelfish,
              CASE WHEN DATABASEPROPERTYEX(DB_NAME(), N'Updateability') = N'READ_ONLY' THEN 1 ELSE 0 END AS IsReadOnly,
              HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'CREATE TABLE') AS CreateTable,
              HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'ALTER') AS [Alter],
              HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'REFERENCES') AS [References],
              HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'SELECT') AS [Select],
              HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'INSERT') AS [Insert],
              HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'UPDATE') AS [Update],
              HAS_PERMS_BY_NAME(QUOTENAME(SCHEMA_NAME()), N'SCHEMA', N'DELETE') AS [Delete]
            """,
            cancellationToken: cancellationToken));

        // A database that may only be read is shown; Babelfish answers for PostgreSQL's rights and is not to be taken at its word.
        if (has is null or { IsReadOnly: 1 } or { IsBabelfish: 1 })
        {
            return;
        }

        var user = SqlServerName.Quote(has.User);
        var schema = SqlServerName.Quote(has.Schema ?? "dbo");
        var missing = new List<(string What, string Grant)>();
        if (toMigrate && has.CreateTable == 0)
        {
            missing.Add(($"the right to CREATE TABLE in the database {SqlServerName.Quote(dialect.Catalog)}", $"GRANT CREATE TABLE TO {user};"));
        }

        missing.AddRange(
            from right in toMigrate ? [.. AtRunTime, .. ToMigrate] : AtRunTime
            where has.Of(right) == 0
            select ($"{right} on the schema {schema}", $"GRANT {right} ON SCHEMA::{schema} TO {user};"));
        if (missing.Count > 0)
        {
            throw new StoreUnavailableException(
                StoreFault.NotAllowed,
                $"The login {dialect.Login} (user {has.User}) lacks {string.Join(", ", missing.Select(m => m.What))}"
                + $"{(toMigrate ? ", which bringing the database to this program's schema needs" : "")}. Nothing was changed. Let an administrator run: "
                + $"USE {SqlServerName.Quote(dialect.Catalog)}; {string.Join(' ', missing.Select(m => m.Grant))}");
        }
    }

    /// <summary>1: has it; 0: has it not; null: the server can't tell.</summary>
    private sealed class Rights
    {
        public string? Schema { get; init; }

        public string User { get; init; } = "";

        public int? IsBabelfish { get; init; }

        public int IsReadOnly { get; init; }

        public int? CreateTable { get; init; }

        public int? Alter { get; init; }

        public int? References { get; init; }

        public int? Select { get; init; }

        public int? Insert { get; init; }

        public int? Update { get; init; }

        public int? Delete { get; init; }

        public int? Of(string right) => right switch
        {
            "ALTER" => Alter,
            "REFERENCES" => References,
            "SELECT" => Select,
            "INSERT" => Insert,
            "UPDATE" => Update,
            "DELETE" => Delete,
            _ => throw new ArgumentOutOfRangeException(nameof(right), right, "Nobody asks for it."),
        };
    }
}
