using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CommandCenter.Web.Hosting;

/// <summary>A share: −0.327, shown as −32.70%.</summary>
public readonly record struct Share(decimal Value);

/// <summary>A heading.</summary>
public readonly record struct Heading(string Text);

/// <summary>A sheet of a workbook.</summary>
/// <param name="Rows">Cells are a <see cref="Heading"/>, text, a decimal or whole number, a <see cref="Share"/>, a <see cref="DateOnly"/>, or null for an empty one.</param>
/// <param name="Frozen">How many rows and columns stay in sight.</param>
public sealed record Sheet(string Name, IReadOnlyList<IReadOnlyList<object?>> Rows, (int Rows, int Columns) Frozen);

/// <summary>Writes workbooks (.xlsx) in which numbers are numbers, percentages percentages and days days. Nothing in them is a formula.</summary>
public static class WorkbookFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int MostLetters = 26;
    private const double Narrow = 9, Wide = 48;

    // Styles by their place in the style sheet.
    private const uint Plain = 0, Bold = 1, Percent = 2, Day = 3, Number = 4;

    public static byte[] Write(params IReadOnlyList<Sheet> sheets)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = file.AddWorkbookPart();
            workbook.Workbook = new Workbook();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var list = workbook.Workbook.AppendChild(new Sheets());
            foreach (var (i, sheet) in sheets.Index())
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(Views(sheet), Columns(sheet), new SheetData(sheet.Rows.Select(Row)));
                list.AppendChild(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)i + 1, Name = sheet.Name });
            }
        }

        return stream.ToArray();
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" }, new NumberingFormat { NumberFormatId = 165, FormatCode = "#,##0.####" },
            new NumberingFormat { NumberFormatId = 166, FormatCode = "+0.00%;-0.00%;0.00%" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 166, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));

    private static SheetViews Views(Sheet sheet)
    {
        var view = new SheetView { WorkbookViewId = 0 };
        if (sheet.Frozen is not (0, 0))
        {
            view.AppendChild(new Pane
            {
                VerticalSplit = sheet.Frozen.Rows, HorizontalSplit = sheet.Frozen.Columns, TopLeftCell = Place(sheet.Frozen.Rows, sheet.Frozen.Columns), State = PaneStateValues.Frozen,
                ActivePane = sheet.Frozen.Columns == 0 ? PaneValues.BottomLeft : sheet.Frozen.Rows == 0 ? PaneValues.TopRight : PaneValues.BottomRight,
            });
        }

        return new SheetViews(view);
    }

    // As wide as what stands in them; a Chinese character is as wide as two letters. Titles run over their neighbours.
    private static Columns Columns(Sheet sheet)
    {
        var columns = new Columns();
        for (var i = 0; i < Math.Max(1, sheet.Rows.Max(row => row.Count)); i++)
        {
            var letters = sheet.Rows.Where(row => row.Count > 2 && i < row.Count).Select(row => Letters(row[i])).DefaultIfEmpty(0).Max();
            columns.AppendChild(new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = Math.Clamp(letters + 2, Narrow, Wide), CustomWidth = true });
        }

        return columns;
    }

    private static int Letters(object? cell) => cell switch
    {
        string text => text.Sum(letter => letter > 0x2E80 ? 2 : 1),
        Heading heading => heading.Text.Sum(letter => letter > 0x2E80 ? 2 : 1),
        null => 0,
        _ => 10,
    };

    private static Row Row(IReadOnlyList<object?> cells, int row) =>
        new(cells.Select((cell, column) => Cell(cell, row, column)).OfType<Cell>()) { RowIndex = (uint)row + 1 };

    private static Cell? Cell(object? value, int row, int column)
    {
        var place = Place(row, column);
        return value switch
        {
            null => null,
            Heading heading => Text(heading.Text, place, Bold),
            string text => Text(text, place, Plain),
            Share share => new Cell(new CellValue(share.Value)) { CellReference = place, StyleIndex = Percent },
            DateOnly day => new Cell(new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate())) { CellReference = place, StyleIndex = Day },
            decimal number => new Cell(new CellValue(number)) { CellReference = place, StyleIndex = Number },
            int number => new Cell(new CellValue(number)) { CellReference = place, StyleIndex = Number },
            long number => new Cell(new CellValue((decimal)number)) { CellReference = place, StyleIndex = Number },
            _ => throw new ArgumentException($"A cell can't hold a {value.GetType().Name}.", nameof(value)),
        };
    }

    private static Cell Text(string text, string place, uint style) => new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }))
    {
        CellReference = place, DataType = CellValues.InlineString, StyleIndex = style,
    };

    // A1, Z1, AA1 …
    private static string Place(int row, int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / MostLetters)
        {
            letters = (char)('A' + ((rest - 1) % MostLetters)) + letters;
        }

        return FormattableString.Invariant($"{letters}{row + 1}");
    }
}
