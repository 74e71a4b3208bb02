using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Data.Privacy;

/// <summary>What came of opening a sealed value.</summary>
public enum SealState
{
    Opened,

    /// <summary>The key file lacks the key that it names.</summary>
    KeyMissing,

    /// <summary>It was changed, or belongs to another row or column.</summary>
    Broken,
}

/// <summary>
/// Seals texts with AES-256-GCM. A sealed value is a byte of format (1), the key's id (4), a random nonce (12), the tag (16) and
/// the cipher text, as long as the UTF-8 of the text. Table, column and row go into the tag: a value that is moved opens no more.
/// </summary>
public static class Sealer
{
    internal const int TagBytes = 16;

    /// <summary>How much longer a sealed value is than the UTF-8 of its text.</summary>
    public const int Overhead = 1 + 4 + NonceBytes + TagBytes;

    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int NoncesAtOnce = 256;
    private const int LongestOnStack = 1024;

    [ThreadStatic]
    private static byte[]? s_nonces;

    [ThreadStatic]
    private static int s_noncesLeft;

    /// <param name="row">Id of the row that it stands in.</param>
    /// <returns>Null for null.</returns>
    public static byte[]? Seal(SealKey key, SealedColumn column, long row, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        var utf8 = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, utf8);
        var all = new byte[Overhead + length];
        all[0] = Format;
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(1), key.Id);
        var nonce = all.AsSpan(5, NonceBytes);
        NextNonce(nonce);
        Span<byte> purpose = stackalloc byte[column.Purpose.Length + sizeof(long)];
        WritePurpose(purpose, column, row);
        key.Cipher.Encrypt(nonce, utf8, all.AsSpan(Overhead), all.AsSpan(5 + NonceBytes, TagBytes), purpose);
        return all;
    }

    /// <summary>Opens a sealed value.</summary>
    /// <param name="row">Id of the row that it stands in.</param>
    /// <param name="text">Null unless it opened.</param>
    public static SealState Open(KeyRing ring, SealedColumn column, long row, ReadOnlySpan<byte> value, out string? text)
    {
        text = null;
        if (value.Length < Overhead || value[0] != Format)
        {
            return SealState.Broken;
        }

        if (ring.Find(KeyId(value)) is not { } key)
        {
            return SealState.KeyMissing;
        }

        var length = value.Length - Overhead;
        var utf8 = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        Span<byte> purpose = stackalloc byte[column.Purpose.Length + sizeof(long)];
        WritePurpose(purpose, column, row);
        try
        {
            key.Cipher.Decrypt(value.Slice(5, NonceBytes), value[Overhead..], value.Slice(5 + NonceBytes, TagBytes), utf8, purpose);
        }
        catch (AuthenticationTagMismatchException)
        {
            return SealState.Broken;
        }

        text = Encoding.UTF8.GetString(utf8);
        return SealState.Opened;
    }

    /// <summary>The text of a sealed value; null for null and for what does not open, which <c>verify</c> names.</summary>
    public static string? OpenOrNull(KeyRing ring, SealedColumn column, long row, byte[]? value)
    {
        if (value is null)
        {
            return null;
        }

        Open(ring, column, row, value, out var text);
        return text;
    }

    /// <summary>The id of the key that a value was sealed with.</summary>
    /// <param name="value">At least five bytes.</param>
    public static uint KeyId(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt32LittleEndian(value[1..]);

    private static void WritePurpose(Span<byte> purpose, SealedColumn column, long row)
    {
        column.Purpose.CopyTo(purpose);
        BinaryPrimitives.WriteInt64LittleEndian(purpose[column.Purpose.Length..], row);
    }

    // The operating system's generator, asked once for many: a call costs as much as a seal.
    private static void NextNonce(Span<byte> nonce)
    {
        var nonces = s_nonces ??= new byte[NonceBytes * NoncesAtOnce];
        if (s_noncesLeft == 0)
        {
            RandomNumberGenerator.Fill(nonces);
            s_noncesLeft = NoncesAtOnce;
        }

        nonces.AsSpan(--s_noncesLeft * NonceBytes, NonceBytes).CopyTo(nonce);
    }
}
