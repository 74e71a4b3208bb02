using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Data.Audit;

/// <summary>
/// Gathers fields into one unambiguous text of bytes and seals it. Numbers are eight bytes, texts their length and their UTF-8,
/// null a length of −1: no two different rows are the same bytes, in whichever database they lie.
/// </summary>
internal sealed class AuditSeal
{
    /// <summary>What the first row follows.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    private AuditSeal(string purpose) => Add(purpose);

    /// <returns>64 hexadecimal digits; null when the key is not here.</returns>
    public static string? OfRow(AuditRow row, IAuditKey key) =>
        new AuditSeal("audit-row-1").Add(row.Sequence).Add(row.At).Add(row.Subject).Add(row.Action).Add(row.Object).Add(row.Result)
            .Add(row.Address).Add(row.Detail).Add(row.Times).Add(row.PreviousHash).Under(key, row.KeyId);

    public static string? OfHead(long sequence, string hash, string keyId, IAuditKey key) =>
        new AuditSeal("audit-head-1").Add(sequence).Add(hash).Under(key, keyId);

    public static string? OfCheckpoint(AuditCheckpoint checkpoint, IAuditKey key) =>
        new AuditSeal("audit-checkpoint-1").Add(checkpoint.From).Add(checkpoint.Through).Add(checkpoint.Hash).Add(checkpoint.RemovedAt).Under(key, checkpoint.KeyId);

    private AuditSeal Add(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    private AuditSeal Add(string? text)
    {
        Span<byte> length = stackalloc byte[4];
        var utf8 = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : utf8.Length);
        _bytes.Write(length);
        _bytes.Write(utf8);
        return this;
    }

    private string? Under(IAuditKey key, string keyId)
    {
        Add(keyId);
        var bytes = _bytes.WrittenSpan;
        if (keyId.Length == 0)
        {
            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        }

        return key.Find(keyId) is { } secret ? Convert.ToHexStringLower(HMACSHA256.HashData(secret, bytes)) : null;
    }
}
