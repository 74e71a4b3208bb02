using System.Data.Common;
using System.Security.Cryptography;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// Holds the key file against the database: which keys something in it may be sealed with stands there, with a proof of each. A
/// program whose file lacks one of them, or has another of the same name, does not start.
/// </summary>
internal static class KeyRegister
{
    private const int ProbeBytes = 16;

    /// <summary>Looks the keys up, makes the file where the database knows no key yet, and notes keys that are new to it.</summary>
    /// <exception cref="StoreUnavailableException">The file lacks a key, or can't be read or made; says what to do.</exception>
    public static async Task CheckAsync(Dialect dialect, DateTime now, CancellationToken cancellationToken)
    {
        List<Registered> known;
        await using (var reader = await dialect.OpenReaderAsync(cancellationToken))
        {
            known = await ReadAsync(reader, null);
        }

        var keys = known.Count > 0 && dialect.Keys.Path.Length > 0 && !File.Exists(dialect.Keys.Path)
            ? throw KeyFile.Missing(dialect.Keys.Path)
            : dialect.Keys.ReadOrMake(now);
        Require(dialect.Keys.Path, keys, known);
        if (All(keys).All(key => known.Any(row => row.Id == key.Id)))
        {
            return;
        }

        // Of two nodes that begin with files of their own the second finds here what the first noted.
        using var writer = dialect.OpenWriter();
        using var transaction = dialect.BeginWrite(writer);
        known = await ReadAsync(writer, transaction);
        Require(dialect.Keys.Path, keys, known);
        foreach (var (id, kind, secret) in All(keys).Where(key => known.All(row => row.Id != key.Id)))
        {
            Add(dialect, writer, transaction, id, kind, secret, now);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Which of the keys that are noted the file lacks, as they are named in it.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(DbConnection connection, PrivacyKeys keys)
    {
        var all = All(keys);
        return [.. (await ReadAsync(connection, null)).Where(row => !all.Exists(key => Same(row, key))).Select(row => $"{row.Kind} {row.Id:x8}")];
    }

    /// <summary>Whether anything in the database may be sealed.</summary>
    public static async Task<bool> HasAnyAsync(DbConnection connection) => (await ReadAsync(connection, null)).Count > 0;

    /// <summary>Forgets a key that nothing is sealed with any more.</summary>
    public static void Forget(WriteSession session, uint id) => session.Execute("DELETE FROM privacy_key WHERE id = @id", ("@id", (long)id));

    private static void Add(Dialect dialect, DbConnection connection, DbTransaction transaction, long id, string kind, byte[] secret, DateTime now) =>
        connection.Execute(
            "INSERT INTO privacy_key (id, kind, probe, added_at) VALUES (@id, @kind, @probe, @at)",
            new { id, kind, probe = Probe(secret), at = dialect.Instant(now) },
            transaction);

    private static async Task<List<Registered>> ReadAsync(DbConnection connection, DbTransaction? transaction) =>
        (await connection.QueryAsync<Registered>("SELECT id, kind, probe FROM privacy_key", transaction: transaction)).AsList();

    private static void Require(string path, PrivacyKeys keys, List<Registered> known)
    {
        var all = All(keys);
        if (known.Find(row => !all.Exists(key => Same(row, key))) is { } missing)
        {
            throw KeyFile.Refused(
                $"The key file {path} lacks the key {missing.Kind} {missing.Id:x8}, with which personal data in this database is sealed. It belongs to another database, "
                + "or is an older copy. Put the right file back, or name it in Privacy:KeyFile. Nothing was changed.");
        }
    }

    private static bool Same(Registered row, (long Id, string Kind, byte[] Secret) key) =>
        row.Id == key.Id && row.Kind == key.Kind && Probe(key.Secret).AsSpan().SequenceEqual(row.Probe);

    private static List<(long Id, string Kind, byte[] Secret)> All(PrivacyKeys keys) =>
        [.. keys.Seals.Select(key => ((long)key.Id, "seal", key.Secret)), (keys.Hash.Id, "hash", keys.Hash.Secret)];

    private static byte[] Probe(byte[] secret) => HMACSHA256.HashData(secret, "CommandCenter.privacy_key"u8)[..ProbeBytes];

    private sealed class Registered
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public byte[] Probe { get; init; } = [];
    }
}
