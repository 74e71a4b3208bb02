using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// What a person is found by without being read: HMAC-SHA256 of a normalised name, phone or identity number, cut to 16 bytes.
/// Each kind hashes otherwise, so that a name tells nothing of a phone.
/// </summary>
public static class PersonHash
{
    public const int Bytes = 16;

    private const byte OfName = 1, OfPhone = 2, OfIdNumber = 3;
    private const int LongestOnStack = 512;

    // Chinese characters have one form only; what holds anything else is normalised.
    private static readonly SearchValues<char> Ideographs = SearchValues.Create([.. Enumerable.Range(0x4E00, 0x9FFF - 0x4E00 + 1).Select(c => (char)c)]);

    [ThreadStatic]
    private static HashKey? s_key;

    [ThreadStatic]
    private static IncrementalHash? s_hmac;

    /// <summary>Hashes a name, trimmed and of one form (NFKC). Null where nothing is left of it.</summary>
    public static byte[]? Name(HashKey key, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var normal = name.AsSpan().ContainsAnyExcept(Ideographs) ? NormalName(name) : name;
        return normal.Length == 0 ? null : Of(key, OfName, normal);
    }

    /// <summary>Hashes the digits of a phone, without the country's +86. Null where it has none.</summary>
    public static byte[]? Phone(HashKey key, string? phone)
    {
        if (phone is null)
        {
            return null;
        }

        Span<char> digits = stackalloc char[phone.Length];
        var count = 0;
        foreach (var c in phone)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
            else if (c is >= '０' and <= '９')
            {
                digits[count++] = (char)(c - '０' + '0');
            }
        }

        ReadOnlySpan<char> number = digits[..count];
        number = number.StartsWith("0086") ? number[4..] : number.Length == 13 && number.StartsWith("861") ? number[2..] : number;
        return number.IsEmpty ? null : Of(key, OfPhone, number);
    }

    /// <summary>Hashes an identity number in capitals. Null where it is empty.</summary>
    public static byte[]? IdNumber(HashKey key, string? number) =>
        number is null || number.AsSpan().Trim().IsEmpty ? null : Of(key, OfIdNumber, number.Trim().ToUpperInvariant());

    private static string NormalName(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKC).Trim();
        }
        catch (ArgumentException)
        {
            // A code point that stands for nothing has no form; it is itself.
            return name.Trim();
        }
    }

    private static byte[] Of(HashKey key, byte kind, ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text) + 1;
        var utf8 = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        utf8[0] = kind;
        Encoding.UTF8.GetBytes(text, utf8[1..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hmac = Hmac(key);
        hmac.AppendData(utf8);
        hmac.GetHashAndReset(hash);
        return hash[..Bytes].ToArray();
    }

    // Made once a thread: to hand the key over costs more than to hash a name.
    private static IncrementalHash Hmac(HashKey key)
    {
        if (!ReferenceEquals(s_key, key))
        {
            s_hmac?.Dispose();
            (s_hmac, s_key) = (IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Secret), key);
        }

        return s_hmac!;
    }
}
