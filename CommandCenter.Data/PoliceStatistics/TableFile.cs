using System.IO.Compression;
using System.Text;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>
/// A table out of a file that somebody sends: .xlsx, .xls, or CSV in UTF-8 or GB18030. What it is told by its bytes, not by its
/// name. Strangers' files are looked through before they are opened: macros, passwords and bombs are refused by name.
/// </summary>
public static class TableFile
{
    /// <summary>Largest file.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Most columns of a row.</summary>
    public const int MostColumns = 2_000;

    /// <summary>Most rows.</summary>
    public const int MostRows = 3_000_000;

    // A workbook of statistics unpacks to ten times its size, one of a million rows to some hundred megabytes.
    private const long MostUnpacked = 512L * 1024 * 1024;
    private const int MostEntries = 2_000;

    static TableFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The rows of the first sheet, cells as text: numbers with a point, days as <c>yyyy-MM-dd</c>. Rows are read as they are asked for.</summary>
    /// <exception cref="TableFileException">At the latest when the rows are read.</exception>
    public static IEnumerable<string[]> Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length == 0)
        {
            throw new TableFileException(FileFault.Empty);
        }

        if (content.Length > MostBytes)
        {
            throw new TableFileException(FileFault.TooLarge);
        }

        if (content.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            CheckPackage(content);
            return ExcelTable.Read(content);
        }

        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            CheckCompound(content);
            return ExcelTable.Read(content);
        }

        return CsvTable.Read(content);
    }

    private static void CheckPackage(byte[] content)
    {
        try
        {
            using var package = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            if (package.Entries.Count > MostEntries || package.Entries.Sum(entry => entry.Length) > MostUnpacked)
            {
                throw new TableFileException(FileFault.UnpacksTooLarge);
            }

            if (package.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) || Types(package).Contains("macroEnabled", StringComparison.OrdinalIgnoreCase))
            {
                throw new TableFileException(FileFault.Macros);
            }

            if (package.GetEntry("xl/workbook.xml") is null && package.GetEntry("xl/workbook.bin") is null)
            {
                throw new TableFileException(FileFault.NotATable);
            }

            Unpack(package);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new TableFileException(FileFault.NotATable, e);
        }
    }

    private static string Types(ZipArchive package)
    {
        if (package.GetEntry("[Content_Types].xml") is not { Length: < 1024 * 1024 } entry)
        {
            return "";
        }

        using var types = new StreamReader(entry.Open());
        return types.ReadToEnd();
    }

    // What a package says of its sizes may be a lie: they are counted.
    private static void Unpack(ZipArchive package)
    {
        var rest = MostUnpacked;
        var buffer = new byte[256 * 1024];
        foreach (var entry in package.Entries)
        {
            using var stream = entry.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if ((rest -= read) < 0)
                {
                    throw new TableFileException(FileFault.UnpacksTooLarge);
                }
            }
        }
    }

    // Names in a compound file are UTF-16: that of an encrypted workbook, and that of a macro project.
    private static void CheckCompound(byte[] content)
    {
        if (content.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0)
        {
            throw new TableFileException(FileFault.Protected);
        }

        if (content.AsSpan().IndexOf(Encoding.Unicode.GetBytes("_VBA_PROJECT")) >= 0)
        {
            throw new TableFileException(FileFault.Macros);
        }
    }
}
