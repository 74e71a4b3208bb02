using System.Text;

namespace CommandCenter.Tests.Storage.SqlServer;

/// <summary>The tokens of MS-TDS that the stand-in answers with.</summary>
internal static class TdsTokens
{
    private static readonly byte[] Descriptor = [1, 2, 3, 4, 5, 6, 7, 8];

    // Options by token, offset and length, then their values: version, encryption "not supported", instance, thread, MARS off.
    public static byte[] PreloginWithoutEncryption { get; } =
    [
        0, 0, 26, 0, 6, 1, 0, 32, 0, 1, 2, 0, 33, 0, 1, 3, 0, 34, 0, 0, 4, 0, 34, 0, 1, 0xFF,
        15, 0, 16, 0, 0, 0, 2, 0, 0,
    ];

    public static byte[] LoginAcknowledged(string database) => Build(w =>
    {
        Token(w, 0xE3, t =>
        {
            t.Write((byte)1);
            Short(t, database);
            Short(t, "master");
        });
        Token(w, 0xE3, t => t.Write((byte[])[7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0]));
        Token(w, 0xAD, t =>
        {
            t.Write((byte)1);
            t.Write((byte[])[0x74, 0, 0, 4]);
            Short(t, "Stand-in");
            t.Write((byte[])[15, 0, 16, 0]);
        });
    });

    public static byte[] TransactionChange(int request) => Build(w => Token(w, 0xE3, t =>
    {
        t.Write((byte)(request switch { 5 => 8, 7 => 9, _ => 10 }));
        byte[] begun = [8, .. Descriptor];
        t.Write(request == 5 ? [.. begun, 0] : [0, .. begun]);
    }));

    public static byte[] Error(int number, byte severity, string text) => Build(w => Token(w, 0xAA, t =>
    {
        t.Write(number);
        t.Write((byte)1);
        t.Write(severity);
        t.Write((ushort)text.Length);
        t.Write(Encoding.Unicode.GetBytes(text));
        Short(t, "stand-in");
        Short(t, "");
        t.Write(1);
    }));

    public static byte[] ReturnStatus(int value) => Build(w =>
    {
        w.Write((byte)0x79);
        w.Write(value);
    });

    /// <summary>One row with one bigint.</summary>
    public static byte[] BigInt(long? value) => Build(w =>
    {
        w.Write((byte)0x81);
        w.Write((ushort)1);
        w.Write(0);
        w.Write((ushort)1);
        w.Write((byte[])[0x26, 8]);
        Short(w, "");
        w.Write((byte)0xD1);
        if (value is { } number)
        {
            w.Write((byte)8);
            w.Write(number);
        }
        else
        {
            w.Write((byte)0);
        }
    });

    public static byte[] Done(bool failed = false, bool attention = false, int rows = -1) => Build(w =>
    {
        w.Write((byte)0xFD);
        w.Write((ushort)((failed ? 2 : 0) | (attention ? 0x20 : 0) | (rows >= 0 ? 0x10 : 0)));
        w.Write((ushort)0);
        w.Write((long)Math.Max(0, rows));
    });

    private static void Token(BinaryWriter writer, byte token, Action<BinaryWriter> fill)
    {
        var content = Build(fill);
        writer.Write(token);
        writer.Write((ushort)content.Length);
        writer.Write(content);
    }

    private static void Short(BinaryWriter writer, string text)
    {
        writer.Write((byte)text.Length);
        writer.Write(Encoding.Unicode.GetBytes(text));
    }

    private static byte[] Build(Action<BinaryWriter> fill)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        fill(writer);
        return stream.ToArray();
    }
}
