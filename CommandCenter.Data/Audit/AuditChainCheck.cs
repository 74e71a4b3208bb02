using CommandCenter.Data.Storage.Verification;

namespace CommandCenter.Data.Audit;

/// <summary>Follows the chain row by row and says where it is broken. Knows nothing of databases.</summary>
/// <param name="through">The last row that was taken out when its time was over; 0 for none.</param>
/// <param name="hash">Its hash.</param>
internal sealed class AuditChainCheck(IAuditKey key, long through, string hash, Action<FindingKind, object[]> found)
{
    private readonly HashSet<string> _missingKeys = new(StringComparer.Ordinal);
    private bool _underKey;

    /// <summary>The last row that was seen.</summary>
    public long Through { get; private set; } = through;

    public string Hash { get; private set; } = hash;

    /// <summary>Keys that rows name and that are not here, although others are.</summary>
    public IReadOnlyCollection<string> MissingKeys => _missingKeys;

    /// <summary>Rows whose seal could not be looked at because no key is here.</summary>
    public long NotLookedAt { get; private set; }

    public void Next(AuditRow row)
    {
        if (row.Sequence > Through + 1)
        {
            found(FindingKind.AuditRowsMissing, [Through + 1, row.Sequence - 1]);
        }
        else if (row.PreviousHash != Hash)
        {
            found(FindingKind.AuditChainBroken, [row.Sequence]);
        }

        // Once under a key, a row without is one that somebody wrote who has no key.
        if (_underKey && row.KeyId.Length == 0)
        {
            found(FindingKind.AuditRowWithoutKey, [row.Sequence]);
        }

        _underKey |= row.KeyId.Length > 0;
        switch (AuditSeal.OfRow(row, key))
        {
            case null when key.Current is null:
                NotLookedAt++;
                break;
            case null when _missingKeys.Add(row.KeyId):
                found(FindingKind.AuditKeyMissing, [row.Sequence, row.KeyId]);
                break;
            case { } seal when seal != row.Hash:
                found(FindingKind.AuditRowChanged, [row.Sequence, row.At]);
                break;
        }

        (Through, Hash) = (row.Sequence, row.Hash);
    }
}
