using System.Data;
using System.Data.Common;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>What a rotation came to.</summary>
/// <param name="Key">The key in use now, as it is named in the file.</param>
/// <param name="Resumed">It went on with one that was stopped.</param>
/// <param name="Values">Values that were sealed anew.</param>
/// <param name="Left">Values that did not open and were left as they are; <c>verify</c> names them.</param>
/// <param name="OldKeys">Keys in the file that nothing is sealed with any more; empty once they were taken out.</param>
public sealed record RotationResult(string Key, bool Resumed, long Incidents, long Values, long Left, IReadOnlyList<string> OldKeys);

/// <summary>
/// Adds a key to the key file and seals everything anew with it, in pieces, while the program runs. Stopped at any moment it goes
/// on when it is run again. The key of the hashes stays: people are found as before.
/// </summary>
public sealed class KeyRotation(Store store, TimeProvider time)
{
    private const string Mark = "rotate";
    private const int RowsAtOnce = 200;

    /// <param name="removeOld">Takes keys out of the file that nothing is sealed with any more.</param>
    /// <param name="progress">Ids done, of how many.</param>
    /// <exception cref="StoreUnavailableException">The key file or the store can't serve; run it again to go on.</exception>
    public async Task<RotationResult> RunAsync(bool removeOld, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var ring = store.Dialect.Keys;
        ring.Reload();
        var done = await ScalarAsync("SELECT value FROM privacy_mark WHERE name = 'rotate'", cancellationToken);
        var resumed = done is not null;
        if (!resumed)
        {
            KeyFile.Add(ring.Path, time.GetUtcNow().UtcDateTime);
            ring.Reload();
            await KeyRegister.CheckAsync(store.Dialect, time.GetUtcNow().UtcDateTime, cancellationToken);
            await store.WriteAsync(session => session.Execute("INSERT INTO privacy_mark (name, value) VALUES (@name, 0)", ("@name", Mark)), cancellationToken);
        }

        // From here on no node that runs seals with the old key.
        await Task.Delay(TimeSpan.FromMilliseconds(2 * KeyRing.MillisecondsBetweenLooks), time, cancellationToken);
        var head = await ScalarAsync("SELECT MAX(id) FROM incident", cancellationToken) ?? 0;
        var (incidents, values, left, after) = (0L, 0L, 0L, done ?? 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = await store.WriteAsync(session => Piece(session, ring, after), cancellationToken);
            (incidents, values, left, after) = (incidents + piece.Rows, values + piece.Values, left + piece.Left, piece.Last);
            progress(Math.Min(after, head), head);
            if (piece.Rows < RowsAtOnce)
            {
                break;
            }
        }

        await store.WriteAsync(session => session.Execute("DELETE FROM privacy_mark WHERE name = @name", ("@name", Mark)), cancellationToken);
        var current = ring.Keys.Current.Id;
        var old = ring.Keys.Seals.Select(key => key.Id).Where(id => id != current).ToList();
        if (removeOld && left == 0 && !await IsUsedAsync(current, cancellationToken))
        {
            await ForgetAsync(ring, old, cancellationToken);
            old = [];
        }

        return new RotationResult($"{current:x8}", resumed, incidents, values, left, [.. old.Select(id => $"{id:x8}")]);
    }

    // The database forgets first: a key that it asks for and that is gone would keep the program from starting.
    private async Task ForgetAsync(KeyRing ring, List<uint> old, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            session =>
            {
                old.ForEach(id => KeyRegister.Forget(session, id));
                return true;
            },
            cancellationToken);
        KeyFile.Remove(ring.Path, old);
        ring.Reload();
    }

    // Looked for once more, over everything, before a key is thrown away.
    private Task<bool> IsUsedAsync(uint current, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                using var rows = await store.Dialect.OpenRowsAsync(
                    connection, null, $"SELECT {string.Join(", ", SealedColumn.All.Select(column => column.Name))} FROM incident", [], cancellationToken, secondsToAnswer: 0);
                while (rows.Read())
                {
                    for (var i = 0; i < SealedColumn.All.Count; i++)
                    {
                        if (!rows.IsNull(i) && Sealer.KeyId(rows.Bytes(i)) != current)
                        {
                            return true;
                        }
                    }
                }

                return false;
            },
            cancellationToken);

    private Task<long?> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        store.ReadAsync(connection => connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, cancellationToken: cancellationToken)), cancellationToken);

    private static (int Rows, int Values, int Left, long Last) Piece(WriteSession session, KeyRing ring, long after)
    {
        session.Flush();
        var (top, limit) = session.Dialect.First("@most");
        var rows = session.Connection.Query<SealedRow>(
            $"""
            SELECT {top} id, address_sealed AS Address, reporter_name_sealed AS Name, reporter_phone_sealed AS Phone, reporter_id_sealed AS IdNumber
            FROM incident WHERE id > @after ORDER BY id {limit}
            """,
            new { after, most = RowsAtOnce },
            session.Transaction).AsList();
        var (values, left) = (0, 0);
        foreach (var row in rows)
        {
            var before = values;
            var (address, name, phone, idNumber) = (Anew(SealedColumn.Address, row.Address), Anew(SealedColumn.ReporterName, row.Name),
                Anew(SealedColumn.ReporterPhone, row.Phone), Anew(SealedColumn.ReporterId, row.IdNumber));
            if (values > before)
            {
                Update(session, row.Id, address, name, phone, idNumber);
            }

            byte[]? Anew(SealedColumn column, byte[]? value)
            {
                if (value is null || (value.Length > 5 && Sealer.KeyId(value) == ring.Keys.Current.Id))
                {
                    return value;
                }

                if (Sealer.Open(ring, column, row.Id, value, out var text) != SealState.Opened)
                {
                    left++;
                    return value;
                }

                values++;
                return Sealer.Seal(ring.Keys.Current, column, row.Id, text);
            }
        }

        var last = rows.Count == 0 ? after : rows[^1].Id;
        session.Execute("UPDATE privacy_mark SET value = @last WHERE name = @name", ("@last", last), ("@name", Mark));
        return (rows.Count, values, left, last);
    }

    private static void Update(WriteSession session, long id, byte[]? address, byte[]? name, byte[]? phone, byte[]? idNumber)
    {
        var arguments = new DynamicParameters();
        arguments.Add("id", id);
        foreach (var (column, value) in new[] { ("address", address), ("name", name), ("phone", phone), ("idNumber", idNumber) })
        {
            // Null needs its type for SQL Server.
            arguments.Add(column, value, DbType.Binary, size: value?.Length ?? 1);
        }

        session.Connection.Execute(
            """
            UPDATE incident SET address_sealed = @address, reporter_name_sealed = @name, reporter_phone_sealed = @phone, reporter_id_sealed = @idNumber
            WHERE id = @id
            """,
            arguments,
            session.Transaction);
    }

    private sealed class SealedRow
    {
        public long Id { get; init; }

        public byte[]? Address { get; init; }

        public byte[]? Name { get; init; }

        public byte[]? Phone { get; init; }

        public byte[]? IdNumber { get; init; }
    }
}
