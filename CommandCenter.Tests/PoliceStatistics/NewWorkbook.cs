using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>Writes workbooks as Excel does, and some that it never would.</summary>
internal static class NewWorkbook
{
    /// <param name="rows">Texts, numbers as doubles, and days as DateOnly.</param>
    public static byte[] Of(object[][] rows, bool withMacros = false)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, withMacros ? SpreadsheetDocumentType.MacroEnabledWorkbook : SpreadsheetDocumentType.Workbook))
        {
            var workbook = file.AddWorkbookPart();
            workbook.Workbook = new Workbook();
            var styles = workbook.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }));
            var sheet = workbook.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(rows.Select((row, i) => new Row(row.Select((cell, j) => Cell(cell, i, j))) { RowIndex = (uint)i + 1 })));
            workbook.Workbook.AppendChild(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "统计" }));
            if (withMacros)
            {
                using var project = new MemoryStream([1, 2, 3]);
                workbook.AddNewPart<VbaProjectPart>().FeedData(project);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A few hundred kilobytes that unpack to a gigabyte.</summary>
    public static byte[] Bomb()
    {
        using var stream = new MemoryStream();
        using (var package = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(package, "[Content_Types].xml", "<Types/>"u8);
            Write(package, "xl/workbook.xml", "<workbook/>"u8);
            using var entry = package.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 600; i++)
            {
                entry.Write(zeros);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The same, and its directory says that it is small.</summary>
    public static byte[] LyingBomb()
    {
        var bomb = Bomb();

        // The size that an entry unpacks to stands 24 bytes after the signature of its line in the directory.
        for (var at = bomb.AsSpan().LastIndexOf("PK\x01\x02"u8); at >= 0; at = bomb.AsSpan(0, at).LastIndexOf("PK\x01\x02"u8))
        {
            BitConverter.GetBytes(1000).CopyTo(bomb, at + 24);
        }

        return bomb;
    }

    private static Cell Cell(object value, int row, int column)
    {
        var place = $"{(char)('A' + column)}{row + 1}";
        return value switch
        {
            string text => new Cell(new InlineString(new Text(text))) { CellReference = place, DataType = CellValues.InlineString },
            DateOnly day => new Cell(new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate())) { CellReference = place, StyleIndex = 1 },
            _ => new Cell(new CellValue((double)value)) { CellReference = place },
        };
    }

    private static void Write(ZipArchive package, string name, ReadOnlySpan<byte> content)
    {
        using var entry = package.CreateEntry(name).Open();
        entry.Write(content);
    }
}
