using Dapper;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>That the tables, indexes and triggers are those of the schema's scripts, and what the database itself says about its pages and references.</summary>
internal sealed class StructureCheck : DatabaseCheck
{
    public override string Name => "structure";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.Dialect is SqliteDialect
            ? store.ReadAsync(
                async connection =>
                {
                    await SqliteObjects.CheckAsync(connection, findings, cancellationToken);
                    return await SqliteStructure.CheckAsync(connection, findings, cancellationToken);
                },
                cancellationToken)
            : store.ReadAsync(
                async connection =>
                {
                    await ServerObjects.CheckAsync(connection, findings, cancellationToken);
                    await ServerAsync("DBCC CHECKDB (0) WITH NO_INFOMSGS, ALL_ERRORMSGS, TABLERESULTS", row => findings.Add(FindingKind.Structure, row["MessageText"]));
                    await ServerAsync(
                        "DBCC CHECKCONSTRAINTS WITH ALL_CONSTRAINTS, NO_INFOMSGS",
                        row => findings.Add(FindingKind.DanglingReference, row["Table"], row["Where"], row["Constraint"]));
                    return true;

                    async Task ServerAsync(string statement, Action<IDictionary<string, object?>> found)
                    {
                        try
                        {
                            // CHECKDB of a province takes hours; the server is not asked to hurry.
                            var rows = await connection.QueryAsync(new CommandDefinition(statement, commandTimeout: 0, cancellationToken: cancellationToken));
                            foreach (IDictionary<string, object?> row in rows)
                            {
                                found(row);
                            }
                        }
                        catch (SqlException e) when (e.Class < 20 && !cancellationToken.IsCancellationRequested)
                        {
                            // Only owners and administrators may, and not every server that speaks the protocol can.
                            findings.Omissions.Add(new Omission(OmissionKind.Structure, e.Message));
                        }
                    }
                },
                cancellationToken);
}
