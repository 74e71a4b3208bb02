using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Data.Accounts;

/// <summary>Time-based one-time passwords (RFC 6238): HMAC-SHA-1, 30 seconds, six digits, as every authenticator app speaks.</summary>
public static class Totp
{
    public const int Digits = 6;

    /// <summary>Clocks of telephones may be this many steps off.</summary>
    private const int Tolerance = 1;

    private const int SecretBytes = 20;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The number of the 30 seconds that an instant lies in.</summary>
    /// <param name="now">UTC.</param>
    public static long StepOf(DateTime now) => (long)Math.Floor((now - DateTime.UnixEpoch).TotalSeconds / 30);

    /// <summary>The code of a step.</summary>
    /// <param name="digits">Six; the RFC's own examples have eight.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[20];
#pragma warning disable CA5350 // The algorithm that the standard names and every app speaks; collisions of SHA-1 do not touch HMAC.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var binary = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[19] & 0xf)..]) & 0x7fffffff;
        return (binary % (int)Math.Pow(10, digits)).ToString($"D{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>Which step a code belongs to.</summary>
    /// <param name="code">As typed; spaces do not count.</param>
    /// <param name="after">The step of the last code that was taken: that one and earlier ones are not taken again.</param>
    /// <returns>Null when it fits none.</returns>
    public static long? Fits(ReadOnlySpan<byte> secret, string code, DateTime now, long? after)
    {
        ArgumentNullException.ThrowIfNull(code);
        var typed = Encoding.UTF8.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        var current = StepOf(now);
        long? found = null;
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            // All of them, so that time tells nothing.
            var fits = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), typed);
            found = fits && (after is null || step > after) && found is null ? step : found;
        }

        return found;
    }

    /// <summary>RFC 4648 base 32 without padding, for typing the secret in.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }
        }

        return bits > 0 ? text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    /// <summary>What the QR code says to an app.</summary>
    /// <param name="issuer">The name of the centre, as the app will list it.</param>
    public static string Address(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}";
}
