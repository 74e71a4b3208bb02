using System.Globalization;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The first sheet of a workbook.</summary>
internal static class ExcelTable
{
    public static IEnumerable<string[]> Read(byte[] content)
    {
        using var reader = Safely(() => ExcelReaderFactory.CreateReader(new MemoryStream(content, writable: false), new ExcelReaderConfiguration { LeaveOpen = false }));
        for (var row = 0; Safely(reader.Read); row++)
        {
            yield return row < TableFile.MostRows && reader.FieldCount <= TableFile.MostColumns
                ? Safely(() => Cells(reader))
                : throw new TableFileException(FileFault.TooManyCells);
        }
    }

    private static string[] Cells(IExcelDataReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Text(reader.GetValue(i));
        }

        return cells;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),

        // Excel counts in doubles, and shows fifteen digits of them: 24.03, not 24.030000000000001.
        double number => Math.Abs(number) < 1e15 ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A reader of strangers' bytes fails in as many ways as they can be wrong.
    private static T Safely<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException e)
        {
            throw new TableFileException(FileFault.Protected, e);
        }
        catch (Exception e) when (e is ExcelReaderException or XmlException or InvalidDataException or EndOfStreamException or IOException or FormatException or ArgumentException
            or IndexOutOfRangeException or NullReferenceException or InvalidOperationException or OverflowException or InvalidCastException or NotSupportedException or KeyNotFoundException)
        {
            throw new TableFileException(FileFault.NotATable, e);
        }
    }
}
