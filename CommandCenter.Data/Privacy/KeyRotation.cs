using System.Data;
using System.Data.Common;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>What a rotation came to.</summary>
/// <param name="Key">The key in use now, as it is named in the file.</param>
/// <param name="Resumed">It went on with one that was stopped.</param>
/// <param name="Rows">Incidents, disputes and parties that were looked at.</param>
/// <param name="Values">Values that were sealed anew.</param>
/// <param name="Left">Values that did not open and were left as they are; <c>verify</c> names them.</param>
/// <param name="OldKeys">Keys in the file that nothing is sealed with any more; empty once they were taken out.</param>
public sealed record RotationResult(string Key, bool Resumed, long Rows, long Values, long Left, IReadOnlyList<string> OldKeys);

/// <summary>
/// Adds a key to the key file and seals everything anew with it, in pieces, while the program runs. Stopped at any moment it goes
/// on when it is run again. The key of the hashes stays: people are found as before.
/// </summary>
public sealed class KeyRotation(Store store, TimeProvider time)
{
    private const int RowsAtOnce = 200;

    /// <param name="removeOld">Takes keys out of the file that nothing is sealed with any more.</param>
    /// <param name="progress">Ids done, of how many.</param>
    /// <exception cref="StoreUnavailableException">The key file or the store can't serve; run it again to go on.</exception>
    public async Task<RotationResult> RunAsync(bool removeOld, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var ring = store.Dialect.Keys;
        ring.Reload();
        var marks = await MarksAsync(cancellationToken);
        var resumed = marks.Count > 0;
        if (!resumed)
        {
            KeyFile.Add(ring.Path, time.GetUtcNow().UtcDateTime);
            ring.Reload();
            await KeyRegister.CheckAsync(store.Dialect, time.GetUtcNow().UtcDateTime, cancellationToken);
        }

        await store.WriteAsync(session => Begin(session, marks), cancellationToken);

        // From here on no node that runs seals with the old key.
        await Task.Delay(TimeSpan.FromMilliseconds(2 * KeyRing.MillisecondsBetweenLooks), time, cancellationToken);
        var (rows, values, left) = (0L, 0L, 0L);
        foreach (var table in SealedTable.All)
        {
            var head = await ScalarAsync($"SELECT MAX(id) FROM {table.Name}", cancellationToken) ?? 0;
            for (var (after, more) = (marks.GetValueOrDefault(MarkOf(table)), true); more;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = await store.WriteAsync(session => Piece(session, ring, table, after), cancellationToken);
                (rows, values, left, after) = (rows + piece.Rows, values + piece.Values, left + piece.Left, piece.Last);
                progress(Math.Min(after, head), head);
                more = piece.Rows == RowsAtOnce;
            }
        }

        await store.WriteAsync(
            session =>
            {
                foreach (var table in SealedTable.All)
                {
                    session.Execute("DELETE FROM privacy_mark WHERE name = @name", ("@name", MarkOf(table)));
                }

                return true;
            },
            cancellationToken);
        var current = ring.Keys.Current.Id;
        var old = ring.Keys.Seals.Select(key => key.Id).Where(id => id != current).ToList();
        if (removeOld && left == 0 && !await IsUsedAsync(current, cancellationToken))
        {
            await ForgetAsync(ring, old, cancellationToken);
            old = [];
        }

        return new RotationResult($"{current:x8}", resumed, rows, values, left, [.. old.Select(id => $"{id:x8}")]);
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
    private async Task<bool> IsUsedAsync(uint current, CancellationToken cancellationToken)
    {
        foreach (var table in SealedTable.All)
        {
            if (await store.ReadAsync(connection => IsUsedAsync(connection, table, current, cancellationToken), cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsUsedAsync(DbConnection connection, SealedTable table, uint current, CancellationToken cancellationToken)
    {
        using var rows = await store.Dialect.OpenRowsAsync(connection, null, $"SELECT {table.ColumnList} FROM {table.Name}", [], cancellationToken, secondsToAnswer: 0);
        while (rows.Read())
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (!rows.IsNull(i) && Sealer.KeyId(rows.Bytes(i)) != current)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Of incidents it is what it was when they were all there was.
    private static string MarkOf(SealedTable table) => table == SealedTable.Incidents ? "rotate" : $"rotate.{table.Name}";

    private Task<Dictionary<string, long>> MarksAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => (await connection.QueryAsync<(string Name, long Value)>(new CommandDefinition(
                "SELECT name, value FROM privacy_mark WHERE name LIKE 'rotate%'", cancellationToken: cancellationToken))).ToDictionary(mark => mark.Name, mark => mark.Value),
            cancellationToken);

    private static bool Begin(WriteSession session, Dictionary<string, long> marks)
    {
        foreach (var name in SealedTable.All.Select(MarkOf).Where(name => !marks.ContainsKey(name)))
        {
            session.Execute("INSERT INTO privacy_mark (name, value) VALUES (@name, 0)", ("@name", name));
        }

        return true;
    }

    private Task<long?> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        store.ReadAsync(connection => connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, cancellationToken: cancellationToken)), cancellationToken);

    private static (int Rows, int Values, int Left, long Last) Piece(WriteSession session, KeyRing ring, SealedTable table, long after)
    {
        session.Flush();
        var (values, left) = (0, 0);
        var rows = Read(session, table, after);
        foreach (var (id, stored) in rows)
        {
            var before = values;
            var anew = stored.Select((value, i) => Anew(table.Columns[i], id, value)).ToList();
            if (values > before)
            {
                Update(session, table, id, anew);
            }
        }

        var last = rows.Count == 0 ? after : rows[^1].Id;
        session.Execute("UPDATE privacy_mark SET value = @last WHERE name = @name", ("@last", last), ("@name", MarkOf(table)));
        return (rows.Count, values, left, last);

        byte[]? Anew(SealedColumn column, long id, byte[]? value)
        {
            if (value is null || (value.Length > 5 && Sealer.KeyId(value) == ring.Keys.Current.Id))
            {
                return value;
            }

            if (Sealer.Open(ring, column, id, value, out var text) != SealState.Opened)
            {
                left++;
                return value;
            }

            values++;
            return Sealer.Seal(ring.Keys.Current, column, id, text);
        }
    }

    private static List<(long Id, byte[]?[] Values)> Read(WriteSession session, SealedTable table, long after)
    {
        var (top, limit) = session.Dialect.First("@most");
        using var reader = session.Connection.ExecuteReader(
            $"SELECT {top} id, {table.ColumnList} FROM {table.Name} WHERE id > @after ORDER BY id {limit}", new { after, most = RowsAtOnce }, session.Transaction);
        var rows = new List<(long, byte[]?[])>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), [.. Enumerable.Range(1, table.Columns.Count).Select(i => reader.IsDBNull(i) ? null : (byte[])reader.GetValue(i))]));
        }

        return rows;
    }

    private static void Update(WriteSession session, SealedTable table, long id, List<byte[]?> values)
    {
        var arguments = new DynamicParameters();
        arguments.Add("id", id);
        foreach (var (i, value) in values.Index())
        {
            // Null needs its type for SQL Server.
            arguments.Add($"value{i}", value, DbType.Binary, size: value?.Length ?? 1);
        }

        var columns = string.Join(", ", table.Columns.Index().Select(column => $"{column.Item.Name} = @value{column.Index}"));
        session.Connection.Execute($"UPDATE {table.Name} SET {columns} WHERE id = @id", arguments, session.Transaction);
    }
}
