using System.Data.Common;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// Seals what a database from before holds of people as plain text, and empties the columns it stood in. In pieces, the newest
/// first, each with its mark in one transaction: stopped at any moment it goes on with the next start.
/// </summary>
internal static class PlainSealing
{
    public const string Mark = "plain";

    private const int RowsAtOnce = 500;

    /// <param name="progress">Is told after each piece how many rows were looked at since the beginning of this run.</param>
    /// <returns>How many rows were looked at.</returns>
    public static async Task<long> RunAsync(Dialect dialect, Action<long> progress, CancellationToken cancellationToken)
    {
        await using (var reader = await dialect.OpenReaderAsync(cancellationToken))
        {
            if (await MarkAsync(reader, null) == 0)
            {
                return 0;
            }
        }

        var done = 0L;
        using var connection = dialect.OpenWriter();
        var rows = RowsAtOnce;
        while (rows == RowsAtOnce)
        {
            rows = Piece(dialect, connection);
            done += rows;
            progress(done);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (dialect is SqliteDialect)
        {
            // What was overwritten in the database still stands in the log before it.
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return done;
    }

    private static async Task<long> MarkAsync(DbConnection connection, DbTransaction? transaction) =>
        await connection.ExecuteScalarAsync<long?>("SELECT value FROM privacy_mark WHERE name = @Mark", new { Mark }, transaction) ?? 0;

    private static int Piece(Dialect dialect, DbConnection connection)
    {
        using var transaction = dialect.BeginWrite(connection);
        var mark = connection.ExecuteScalar<long?>("SELECT value FROM privacy_mark WHERE name = @Mark", new { Mark }, transaction) ?? 0;
        var (top, limit) = dialect.First("@most");
        var rows = connection.Query<PlainRow>(
            $"""
            SELECT {top} id, title, address, reporter_name AS Name, reporter_phone AS Phone, address_sealed AS AddressSealed,
              reporter_name_sealed AS NameSealed, reporter_phone_sealed AS PhoneSealed
            FROM incident WHERE id <= @mark ORDER BY id DESC {limit}
            """,
            new { mark, most = RowsAtOnce },
            transaction).AsList();
        foreach (var row in rows)
        {
            Seal(dialect, connection, transaction, row);
        }

        var rest = rows.Count < RowsAtOnce ? 0 : rows[^1].Id - 1;
        connection.Execute("UPDATE privacy_mark SET value = @rest WHERE name = @Mark", new { rest, Mark }, transaction);
        transaction.Commit();
        return rows.Count;
    }

    private static void Seal(Dialect dialect, DbConnection connection, DbTransaction transaction, PlainRow row)
    {
        var marks = PersonMarks.Of(dialect.Keys, row.Title, row.Name, row.Phone, idNumber: null);
        var person = SealedPerson.Of(dialect.Keys, PersonColumns.Reporter, row.Id, marks, row.Address, row.Name, row.Phone, idNumber: null);
        if (person == default)
        {
            return;
        }

        // Binary parameters that are null need their type for SQL Server.
        var arguments = new DynamicParameters();
        arguments.Add("id", row.Id);
        arguments.Add("wallTitle", marks.WallTitle);
        AddBytes("address", person.Address ?? row.AddressSealed);
        AddBytes("name", person.Name ?? row.NameSealed);
        AddBytes("phone", person.Phone ?? row.PhoneSealed);
        AddBytes("nameHash", marks.Name);
        AddBytes("phoneHash", marks.Phone);
        connection.Execute(
            """
            UPDATE incident SET address = NULL, reporter_name = NULL, reporter_phone = NULL, address_sealed = @address,
              reporter_name_sealed = @name, reporter_phone_sealed = @phone, reporter_name_hash = COALESCE(@nameHash, reporter_name_hash),
              reporter_phone_hash = COALESCE(@phoneHash, reporter_phone_hash), wall_title = COALESCE(@wallTitle, wall_title)
            WHERE id = @id
            """,
            arguments,
            transaction);

        void AddBytes(string name, byte[]? value) => arguments.Add(name, value, System.Data.DbType.Binary, size: value?.Length ?? 1);
    }

    private sealed class PlainRow
    {
        public long Id { get; init; }

        public string Title { get; init; } = "";

        public string? Address { get; init; }

        public string? Name { get; init; }

        public string? Phone { get; init; }

        public byte[]? AddressSealed { get; init; }

        public byte[]? NameSealed { get; init; }

        public byte[]? PhoneSealed { get; init; }
    }
}
