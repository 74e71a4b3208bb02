using System.Buffers.Binary;
using System.Text;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>Writes an .xls of one sheet (BIFF8 in a compound file), as small as it can be.</summary>
internal static class OldWorkbook
{
    private const int Sector = 512;
    private const uint EndOfChain = 0xFFFFFFFE, Free = 0xFFFFFFFF, FatSector = 0xFFFFFFFD;

    /// <param name="rows">Texts, and numbers as doubles.</param>
    public static byte[] Of(object[][] rows, bool isProtected = false, string? otherStream = null)
    {
        var globals = new List<byte>();
        Record(globals, 0x0809, [0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        if (isProtected)
        {
            // RC4 with a salt and a verifier that belong to a password nobody has.
            Record(globals, 0x002F, [1, 0, 1, 0, 1, 0, .. Enumerable.Range(1, 48).Select(i => (byte)(i * 37))]);
        }

        byte[] name = [4, 0, .. "Data"u8];
        var at = globals.Count + 4 + 6 + name.Length + 4;
        Record(globals, 0x0085, [.. BitConverter.GetBytes(at), 0, 0, .. name]);
        Record(globals, 0x000A, []);
        Record(globals, 0x0809, [0x00, 0x06, 0x10, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Record(globals, 0x0200, [0, 0, 0, 0, .. BitConverter.GetBytes(rows.Length), 0, 0, .. BitConverter.GetBytes((ushort)rows.Max(row => row.Length)), 0, 0]);
        foreach (var (i, row) in rows.Index())
        {
            foreach (var (j, cell) in row.Index())
            {
                byte[] place = [.. BitConverter.GetBytes((ushort)i), .. BitConverter.GetBytes((ushort)j), 0, 0];
                if (cell is double number)
                {
                    Record(globals, 0x0203, [.. place, .. BitConverter.GetBytes(number)]);
                }
                else
                {
                    var text = (string)cell;
                    Record(globals, 0x0204, [.. place, .. BitConverter.GetBytes((ushort)text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);
                }
            }
        }

        Record(globals, 0x000A, []);
        return Compound([.. globals], otherStream);
    }

    private static void Record(List<byte> to, ushort kind, byte[] data)
    {
        to.AddRange(BitConverter.GetBytes(kind));
        to.AddRange(BitConverter.GetBytes((ushort)data.Length));
        to.AddRange(data);
    }

    // Header, one sector of the table of sectors, one of the directory, then the stream: at least 4,096 bytes, else it would be a small one.
    private static byte[] Compound(byte[] stream, string? otherStream)
    {
        var sectors = Math.Max(8, (stream.Length + Sector - 1) / Sector);
        var file = new byte[Sector * (3 + sectors)];
        byte[] header = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        header.CopyTo(file, 0);
        void Short(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
        void Int(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        Short(24, 0x3E);
        Short(26, 3);
        Short(28, 0xFFFE);
        Short(30, 9);
        Short(32, 6);
        Int(44, 1);
        Int(48, 1);
        Int(56, 4096);
        Int(60, EndOfChain);
        Int(68, EndOfChain);
        for (var i = 0; i < 109; i++)
        {
            Int(76 + (i * 4), i == 0 ? 0 : Free);
        }

        for (var i = 0; i < Sector / 4; i++)
        {
            Int(Sector + (i * 4), i == 0 ? FatSector : i == 1 || i == sectors + 1 ? EndOfChain : i <= sectors ? (uint)i + 1 : Free);
        }

        Entry(0, "Root Entry", 5, EndOfChain, 0, child: 1);
        Entry(1, "Workbook", 2, 2, (uint)(sectors * Sector), otherStream is null ? Free : 2);
        if (otherStream is not null)
        {
            Entry(2, otherStream, 2, EndOfChain, 0, Free);
        }

        stream.CopyTo(file, Sector * 3);
        return file;

        void Entry(int index, string name, byte kind, uint first, uint size, uint child)
        {
            var at = (Sector * 2) + (index * 128);
            Encoding.Unicode.GetBytes(name).CopyTo(file, at);
            Short(at + 64, (ushort)((name.Length + 1) * 2));
            (file[at + 66], file[at + 67]) = (kind, 1);
            Int(at + 68, Free);
            Int(at + 72, index == 1 ? child : Free);
            Int(at + 76, index == 0 ? child : Free);
            Int(at + 116, first);
            Int(at + 120, size);
        }
    }
}
