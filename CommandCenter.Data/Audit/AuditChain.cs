using System.Globalization;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Audit;

/// <summary>
/// The end of the chain within one transaction, which holds the lock under which positions are given out: nobody else appends
/// meanwhile, and a transaction that is rolled back leaves no gap.
/// </summary>
internal sealed class AuditChain
{
    private readonly WriteSession _session;
    private readonly IAuditKey _key;
    private long _sequence;
    private string _hash = AuditSeal.Genesis;
    private bool _isNew;

    public AuditChain(WriteSession session, IAuditKey key)
    {
        (_session, _key) = (session, key);
        session.BeforeCommit(WriteHead);
        if (session.Scalar("SELECT sequence FROM audit_head WHERE id = 1") is { } sequence)
        {
            _sequence = Convert.ToInt64(sequence, CultureInfo.InvariantCulture);
            _hash = (string)session.Scalar("SELECT hash FROM audit_head WHERE id = 1")!;
            return;
        }

        _isNew = true;
        if (session.Scalar("SELECT MAX(sequence) FROM audit_log") is { } last)
        {
            // Somebody took the head away. The log goes on all the same, and says so for ever.
            _sequence = Convert.ToInt64(last, CultureInfo.InvariantCulture);
            _hash = (string)session.Scalar("SELECT hash FROM audit_log WHERE sequence = @sequence", ("@sequence", _sequence))!;
            Append(new AuditEntry(AuditLog.Program, AuditActions.HeadLost, Text(_sequence), AuditResult.Failed, null, null), times: 1);
        }
    }

    /// <returns>The row's sequence.</returns>
    public long Append(AuditEntry entry, int times)
    {
        var row = new AuditRow(
            ++_sequence,
            InstantAsText(_session.Now),
            AuditRow.Fitting(entry.Subject, "subject")!,
            AuditRow.Fitting(entry.Action, "action")!,
            AuditRow.Fitting(entry.Object, "object")!,
            (int)entry.Result,
            AuditRow.Fitting(entry.Address, "address"),
            AuditRow.Fitting(entry.Detail, "detail"),
            times,
            _key.Current ?? "",
            _hash,
            Hash: "");
        _hash = Sealed(AuditSeal.OfRow(row, _key));
        _session.Insert(
            AuditRow.Table,
            [
                row.Sequence, _session.Dialect.Instant(InstantText.Parse(row.At)), row.Subject, row.Action, row.Object, (int)row.Result, row.Address, row.Detail,
                times, row.KeyId, row.PreviousHash, _hash,
            ]);
        return row.Sequence;
    }

    /// <summary>Takes the first rows out and leaves a checkpoint in their place.</summary>
    /// <param name="from">The first row there is.</param>
    public void Remove(long from, long through, string hash)
    {
        var checkpoint = new AuditCheckpoint(from, through, hash, InstantAsText(_session.Now), _key.Current ?? "", Seal: "");
        _session.Execute(
            """
            INSERT INTO audit_checkpoint (through_sequence, from_sequence, hash, removed_at, key_id, seal)
            VALUES (@through, @from, @hash, @at, @key, @seal)
            """,
            ("@through", through), ("@from", from), ("@hash", hash), ("@at", _session.Dialect.Instant(InstantText.Parse(checkpoint.RemovedAt))),
            ("@key", checkpoint.KeyId), ("@seal", Sealed(AuditSeal.OfCheckpoint(checkpoint, _key))));
        _session.Execute("DELETE FROM audit_log WHERE sequence <= @through", ("@through", through));
        Append(new AuditEntry(AuditLog.Program, AuditActions.Expired, $"{Text(from)}–{Text(through)}", AuditResult.Done, null, hash), times: 1);
    }

    public static string InstantAsText(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void WriteHead()
    {
        var keyId = _key.Current ?? "";
        var seal = Sealed(AuditSeal.OfHead(_sequence, _hash, keyId, _key));
        _session.Execute(
            _isNew
                ? "INSERT INTO audit_head (id, sequence, hash, key_id, seal) VALUES (1, @sequence, @hash, @key, @seal)"
                : "UPDATE audit_head SET sequence = @sequence, hash = @hash, key_id = @key, seal = @seal WHERE id = 1",
            ("@sequence", _sequence), ("@hash", _hash), ("@key", keyId), ("@seal", seal));
        _isNew = false;
    }

    private string Sealed(string? seal) => seal ?? throw new InvalidOperationException($"The audit key {_key.Current} names itself and is not there.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
