using System.Security.Cryptography;

namespace CommandCenter.Data.Privacy;

/// <summary>One key of AES-256, with a cipher for each thread: a cipher is not safe for two at once, and costs more to make than to use.</summary>
public sealed class SealKey : IDisposable
{
    public const int Bytes = 32;

    private readonly ThreadLocal<AesGcm> _cipher;

    public SealKey(uint id, byte[] secret)
    {
        Id = id;
        Secret = secret;
        _cipher = new ThreadLocal<AesGcm>(() => new AesGcm(secret, Sealer.TagBytes), trackAllValues: true);
    }

    /// <summary>Random; stands in what is sealed with it.</summary>
    public uint Id { get; }

    internal byte[] Secret { get; }

    internal AesGcm Cipher => _cipher.Value!;

    public void Dispose()
    {
        foreach (var cipher in _cipher.Values)
        {
            cipher.Dispose();
        }

        _cipher.Dispose();
    }
}

/// <summary>The key that people are found by.</summary>
public sealed record HashKey(uint Id, byte[] Secret)
{
    // The compiler's own would print the secret.
    public override string ToString() => $"HashKey {Id:x8}";
}
