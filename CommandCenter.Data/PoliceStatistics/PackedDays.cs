using System.Buffers.Binary;
using System.Numerics;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>
/// The days of a month as bytes: four with a bit for each day that has a value, lowest byte first, then the values in order, each
/// folded so that small negatives are small (0, −1, 1, −2 …) and written seven bits a byte. A month of small counts takes 35 bytes.
/// </summary>
internal static class PackedDays
{
    private const int LongestValue = 10;

    public static byte[] Write(uint mask, long[] days)
    {
        Span<byte> bytes = stackalloc byte[4 + (31 * LongestValue)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, mask);
        var at = 4;
        for (var rest = mask; rest != 0; rest &= rest - 1)
        {
            var value = days[BitOperations.TrailingZeroCount(rest)];
            var folded = (ulong)((value << 1) ^ (value >> 63));
            for (; folded >= 0x80; folded >>= 7)
            {
                bytes[at++] = (byte)(folded | 0x80);
            }

            bytes[at++] = (byte)folded;
        }

        return bytes[..at].ToArray();
    }

    /// <exception cref="InvalidDataException">These are no days.</exception>
    public static (uint Mask, long[] Days) Read(byte[] bytes)
    {
        var days = new long[31];
        try
        {
            var mask = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var at = 4;
            for (var rest = mask; rest != 0; rest &= rest - 1)
            {
                var folded = 0UL;
                var shift = 0;
                byte next;
                do
                {
                    next = bytes[at++];
                    folded |= (ulong)(next & 0x7F) << shift;
                    shift += 7;
                }
                while (next >= 0x80);
                days[BitOperations.TrailingZeroCount(rest)] = (long)(folded >> 1) ^ -(long)(folded & 1);
            }

            return (mask, days);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("The packed days of a month are damaged.", e);
        }
    }
}
