namespace CommandCenter.Data.Storage;

/// <summary>Why an operator's request was refused. Each has a text in both languages.</summary>
public enum RefusalReason
{
    /// <summary>The file is there already. Argument: the file.</summary>
    FileExists,

    /// <summary>The folder of the file is not there. Argument: the folder.</summary>
    NoFolder,

    /// <summary>The file is not there. Argument: the file.</summary>
    NoFile,

    /// <summary>The file is the database itself. Argument: the file.</summary>
    SameFile,

    /// <summary>Too little room on the disk. Arguments: folder, MiB needed, MiB free.</summary>
    NoRoom,

    /// <summary>The file is no SQLite database, or a damaged one. Arguments: the file, what is wrong.</summary>
    Damaged,

    /// <summary>The file is a database of another program. Argument: the file.</summary>
    NotOurs,

    /// <summary>The backup is of a newer program, or of an edited schema. Arguments: the file, what differs.</summary>
    OtherSchema,

    /// <summary>Another process has the database open. Argument: the database.</summary>
    InUse,

    /// <summary>The database to copy to holds something else. Arguments: the database, the table.</summary>
    NotEmpty,

    /// <summary>The half-finished copy in the database is of another source. Arguments: the database, what it says.</summary>
    OtherCopy,

    /// <summary>Source and target are the same. Argument: the database.</summary>
    SameDatabase,

    /// <summary>The database is not there. Argument: the database.</summary>
    NoDatabase,

    /// <summary>The database has not this program's schema. Argument: the database.</summary>
    NotMigrated,

    /// <summary>A key file that is there already lacks keys of the source. Arguments: that file, the source's.</summary>
    OtherKeys,

    /// <summary>After copying, a row differs. Arguments: table, key.</summary>
    CopyDiffers,

    /// <summary>Events are missing from the log. Arguments: file or database, how many, the first position.</summary>
    LogGap,

    /// <summary>A folder stands where a file was to be. Argument: the folder.</summary>
    IsFolder,
}

/// <summary>An operator asked for something that would do harm or can't be done. Nothing was changed.</summary>
public sealed class OperationRefusedException(RefusalReason reason, params object[] arguments)
    : Exception($"{reason}: {string.Join(", ", arguments)}")
{
    public RefusalReason Reason { get; } = reason;

    /// <summary>As <see cref="Reason"/> names them.</summary>
    public IReadOnlyList<object> Arguments { get; } = arguments;
}
