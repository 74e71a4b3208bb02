using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Accounts;

/// <summary>A QR code (ISO/IEC 18004) of up to 213 bytes: byte mode, error correction M, versions 1 to 10.</summary>
public sealed class QrCode
{
    // Of error correction M, by version from 1: correction bytes a block, and blocks.
    private static readonly int[] CorrectionBytes = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
    private static readonly int[] Blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
    private static readonly int[][] Alignment = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    private readonly bool[,] _dark;
    private readonly bool[,] _isFunction;

    private QrCode(int version)
    {
        (Version, Size) = (version, 17 + (4 * version));
        (_dark, _isFunction) = (new bool[Size, Size], new bool[Size, Size]);
    }

    public int Version { get; }

    /// <summary>Modules a side, without the quiet zone.</summary>
    public int Size { get; }

    public bool this[int x, int y] => _dark[y, x];

    /// <exception cref="ArgumentException">The text is longer than 213 bytes.</exception>
    public static QrCode Of(string text)
    {
        var data = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, 10).FirstOrDefault(v => data.Length + (v < 10 ? 2 : 3) <= DataBytes(v));
        if (version == 0)
        {
            throw new ArgumentException("The text does not fit.", nameof(text));
        }

        var code = new QrCode(version);
        code.DrawFunctions();
        code.DrawData(Interleaved(version, Padded(version, data)));
        return code;
    }

    /// <summary>One SVG path of all dark modules, in modules.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (_dark[y, x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x},{y}h1v1h-1z");
                }
            }
        }

        return path.ToString();
    }

    private static int RawBytes(int version)
    {
        var bits = (((16 * version) + 128) * version) + 64;
        if (version >= 2)
        {
            var align = (version / 7) + 2;
            bits -= (((25 * align) - 10) * align) - 55;
            bits -= version >= 7 ? 36 : 0;
        }

        return bits / 8;
    }

    private static int DataBytes(int version) => RawBytes(version) - (CorrectionBytes[version - 1] * Blocks[version - 1]);

    private static byte[] Padded(int version, byte[] data)
    {
        var bits = new List<bool>();
        Add(4, 4);
        Add(data.Length, version < 10 ? 8 : 16);
        Array.ForEach(data, b => Add(b, 8));
        var room = DataBytes(version) * 8;
        Add(0, Math.Min(4, room - bits.Count));
        Add(0, (8 - (bits.Count % 8)) % 8);
        for (var pad = 0xEC; bits.Count < room; pad ^= 0xEC ^ 0x11)
        {
            Add(pad, 8);
        }

        return [.. bits.Chunk(8).Select(eight => (byte)eight.Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0)))];

        void Add(int value, int length)
        {
            for (var i = length - 1; i >= 0; i--)
            {
                bits.Add(((value >> i) & 1) != 0);
            }
        }
    }

    private static List<byte> Interleaved(int version, byte[] data)
    {
        var (blocks, correction, raw) = (Blocks[version - 1], CorrectionBytes[version - 1], RawBytes(version));
        var shortOnes = blocks - (raw % blocks);
        var shortLength = (raw / blocks) - correction;
        var divisor = QrCorrection.Divisor(correction);
        var (parts, checks) = (new List<byte[]>(), new List<byte[]>());
        for (int i = 0, at = 0; i < blocks; i++)
        {
            var part = data.AsSpan(at, shortLength + (i < shortOnes ? 0 : 1)).ToArray();
            at += part.Length;
            parts.Add(part);
            checks.Add(QrCorrection.Remainder(part, divisor));
        }

        var all = new List<byte>(raw);
        for (var i = 0; i <= shortLength; i++)
        {
            all.AddRange(parts.Where(part => i < part.Length).Select(part => part[i]));
        }

        for (var i = 0; i < correction; i++)
        {
            all.AddRange(checks.Select(check => check[i]));
        }

        return all;
    }

    private void DrawFunctions()
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(Size - 4, 3);
        DrawFinder(3, Size - 4);
        var centres = Alignment[Version - 1];
        for (var i = 0; i < centres.Length; i++)
        {
            for (var j = 0; j < centres.Length; j++)
            {
                if (!((i == 0 && j == 0) || (i == 0 && j == centres.Length - 1) || (i == centres.Length - 1 && j == 0)))
                {
                    DrawSquares(centres[i], centres[j], 2, distance => distance != 1);
                }
            }
        }

        DrawFormat();
        DrawVersion();
    }

    // Mask 0. Any mask can be read; which one is best matters for print on rough ground, not on a screen.
    private void DrawFormat()
    {
        const int data = 0 << 3; // error correction M is 00, mask 000
        var rest = data;
        for (var i = 0; i < 10; i++)
        {
            rest = (rest << 1) ^ ((rest >> 9) * 0x537);
        }

        var bits = ((data << 10) | rest) ^ 0x5412;
        for (var i = 0; i <= 5; i++)
        {
            Set(8, i, Bit(bits, i));
        }

        Set(8, 7, Bit(bits, 6));
        Set(8, 8, Bit(bits, 7));
        Set(7, 8, Bit(bits, 8));
        for (var i = 9; i < 15; i++)
        {
            Set(14 - i, 8, Bit(bits, i));
        }

        for (var i = 0; i < 8; i++)
        {
            Set(Size - 1 - i, 8, Bit(bits, i));
        }

        for (var i = 8; i < 15; i++)
        {
            Set(8, Size - 15 + i, Bit(bits, i));
        }

        Set(8, Size - 8, true);
    }

    private void DrawVersion()
    {
        if (Version < 7)
        {
            return;
        }

        var rest = Version;
        for (var i = 0; i < 12; i++)
        {
            rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
        }

        var bits = (Version << 12) | rest;
        for (var i = 0; i < 18; i++)
        {
            var (a, b) = (Size - 11 + (i % 3), i / 3);
            Set(a, b, Bit(bits, i));
            Set(b, a, Bit(bits, i));
        }
    }

    private void DrawFinder(int x, int y) => DrawSquares(x, y, 4, distance => distance is not (2 or 4));

    private void DrawSquares(int x, int y, int reach, Func<int, bool> isDark)
    {
        for (var dy = -reach; dy <= reach; dy++)
        {
            for (var dx = -reach; dx <= reach; dx++)
            {
                if (x + dx >= 0 && x + dx < Size && y + dy >= 0 && y + dy < Size)
                {
                    Set(x + dx, y + dy, isDark(Math.Max(Math.Abs(dx), Math.Abs(dy))));
                }
            }
        }
    }

    private void DrawData(List<byte> bytes)
    {
        var i = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            right = right == 6 ? 5 : right;
            for (var step = 0; step < Size; step++)
            {
                for (var j = 0; j < 2; j++)
                {
                    var x = right - j;
                    var y = ((right + 1) & 2) == 0 ? Size - 1 - step : step;
                    if (!_isFunction[y, x])
                    {
                        var bit = i < bytes.Count * 8 && Bit(bytes[i / 8], 7 - (i % 8));
                        _dark[y, x] = bit ^ ((x + y) % 2 == 0);
                        i++;
                    }
                }
            }
        }
    }

    private void Set(int x, int y, bool dark) => (_dark[y, x], _isFunction[y, x]) = (dark, true);

    private static bool Bit(int value, int index) => ((value >> index) & 1) != 0;
}
