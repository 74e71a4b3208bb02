using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Data.Storage;

/// <summary>What SQLite knows of the file under a connection, past what its ADO.NET layer tells.</summary>
internal static class SqliteFile
{
    // SQLITE_FCNTL_HAS_MOVED (sqlite.org/c3ref/c_fcntl_begin_atomic_write.html)
    private const int HasMovedQuestion = 20;
    private static readonly byte[] Main = [.. "main\0"u8];

    /// <summary>
    /// Whether the file no longer stands under the name it was opened by. A system that lets open files be moved or deleted lets
    /// them be written too: into what nobody will find again.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var moved = 0;
        return Control(connection.Handle!.DangerousGetHandle(), Main, HasMovedQuestion, ref moved) == 0 && moved != 0;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Control(nint database, byte[] name, int question, ref int answer);
}
