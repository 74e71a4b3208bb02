using System.Security.Cryptography;

namespace CommandCenter.Data.Privacy;

/// <summary>The keys of a key file, as they stood when it was read.</summary>
public sealed class PrivacyKeys
{
    private readonly Dictionary<uint, SealKey> _byId;

    /// <param name="seals">In the order of the file; at least one, the last of them is the one to seal with.</param>
    public PrivacyKeys(IReadOnlyList<SealKey> seals, HashKey hash)
    {
        Seals = seals;
        Hash = hash;
        Current = seals[^1];
        _byId = seals.ToDictionary(key => key.Id);
    }

    public IReadOnlyList<SealKey> Seals { get; }

    /// <summary>What is sealed from now on is sealed with this.</summary>
    public SealKey Current { get; }

    public HashKey Hash { get; }

    /// <summary>Whether another file holds all of these keys.</summary>
    public bool AreIn(PrivacyKeys other) =>
        Same(Hash.Secret, other.Hash.Secret) && Seals.All(key => other.Find(key.Id) is { } there && Same(key.Secret, there.Secret));

    private static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);

    public SealKey? Find(uint id) => Current.Id == id ? Current : _byId.GetValueOrDefault(id);
}
