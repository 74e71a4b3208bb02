using System.Runtime.InteropServices;
using System.Text;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Syncs a folder: a name that is not synced may be gone after a power cut although what it names is not. Windows writes it
/// with the file.
/// </summary>
internal static class FolderSync
{
    /// <exception cref="IOException">It could not be synced.</exception>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0 || Fsync(folder) != 0)
        {
            throw new IOException($"The folder {path} could not be synced (error {Marshal.GetLastPInvokeError()}).");
        }

        _ = Close(folder);
    }

#pragma warning disable SYSLIB1054 // Three calls with a string and numbers are not worth unsafe code in the project.
    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}
