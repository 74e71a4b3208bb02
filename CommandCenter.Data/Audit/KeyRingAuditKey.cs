using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Audit;

/// <summary>Seals with keys derived from those of the key file, which lies outside the database; rotates when they do.</summary>
/// <remarks>Without the file the log goes on unsealed rather than not at all, and <c>verify</c> names the rows.</remarks>
internal sealed class KeyRingAuditKey(KeyRing ring) : IAuditKey
{
    private readonly ConcurrentDictionary<string, byte[]> _derived = new(StringComparer.Ordinal);

    public string? Current => HasFile ? ring.Keys.Current.Id.ToString("x8", CultureInfo.InvariantCulture) : null;

    private bool HasFile => ring.Path.Length > 0 && File.Exists(ring.Path);

    public byte[]? Find(string id)
    {
        if (_derived.TryGetValue(id, out var known))
        {
            return known;
        }

        if (!HasFile || !uint.TryParse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) || ring.Find(number) is not { } key)
        {
            return null;
        }

        return _derived.GetOrAdd(id, HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret, outputLength: 32, salt: [], info: "commandcenter audit"u8.ToArray()));
    }
}
