namespace CommandCenter.Data.Audit;

/// <summary>
/// The keys that rows are sealed with (HMAC-SHA-256). They lie outside the database, so that who can write there can't seal. Each
/// row names its key, so rows of before a rotation, or of before there was a key at all, stay verifiable.
/// </summary>
public interface IAuditKey
{
    /// <summary>What new rows are sealed with; null without keys: then a plain SHA-256 chain, which whoever rewrites all of it can forge.</summary>
    string? Current { get; }

    /// <returns>Null when there is no such key here.</returns>
    byte[]? Find(string id);
}

/// <summary>There are no keys.</summary>
public sealed class NoAuditKey : IAuditKey
{
    public string? Current => null;

    public byte[]? Find(string id) => null;
}
