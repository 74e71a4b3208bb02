using System.Globalization;

namespace CommandCenter.Web.Hosting;

/// <summary>Bytes for people: 1024 of each in the next, in the largest unit of which there is one.</summary>
internal static class ByteSize
{
    public static string Of(long bytes) => bytes switch
    {
        >= 1L << 40 => $"{Number(bytes / (double)(1L << 40), 1)} TB",
        >= 1L << 30 => $"{Number(bytes / (double)(1L << 30), 1)} GB",
        >= 1L << 20 => $"{Number(bytes / (double)(1L << 20), 0)} MB",
        _ => $"{Number(bytes / 1024.0, 0)} KB",
    };

    private static string Number(double value, int digits) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);
}
