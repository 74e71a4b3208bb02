namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Why a file can't be read at all. Each has its text in StatisticMessages.resx.</summary>
public enum FileFault
{
    Empty,

    /// <summary>Larger than <see cref="TableFile.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>Unpacked it would be larger than anybody's statistics: a zip bomb, or as good as one.</summary>
    UnpacksTooLarge,

    /// <summary>Needs a password.</summary>
    Protected,

    /// <summary>Has macros: .xlsm, or a VBA project in any workbook.</summary>
    Macros,

    /// <summary>Neither .xlsx nor .xls nor text, or damaged.</summary>
    NotATable,

    /// <summary>Neither UTF-8 nor GB18030.</summary>
    NotText,

    /// <summary>More rows or columns than are read.</summary>
    TooManyCells,
}

/// <summary>A file that can't be read at all; its message is for people, in the language of the current culture.</summary>
public sealed class TableFileException(FileFault fault, Exception? inner = null) : Exception(StatisticMessages.Get($"File{fault}"), inner)
{
    public FileFault Fault { get; } = fault;
}
