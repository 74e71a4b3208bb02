namespace CommandCenter.Data.Storage;

/// <summary>The room that the store has left.</summary>
/// <param name="Where">The folder of the database file, or the volume on the server.</param>
/// <param name="UsedBytes">What the database takes: its file with the write-ahead log, or its files on the server.</param>
/// <param name="FreeBytes">Free on the disk; null when the store does not tell this account.</param>
/// <param name="TotalBytes">Size of the disk; null as above.</param>
public sealed record StoreRoom(string Where, long UsedBytes, long? FreeBytes, long? TotalBytes)
{
    /// <summary>The room on the disk that holds a file of this machine.</summary>
    internal static StoreRoom OfFile(string file)
    {
        var folder = Path.GetDirectoryName(file)!;

        // On Unix any path tells its file system; on Windows the drive must be named.
        var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
        var used = new[] { file, $"{file}-wal" }.Select(name => new FileInfo(name)).Where(info => info.Exists).Sum(info => info.Length);
        return new StoreRoom(folder, used, drive.AvailableFreeSpace, drive.TotalSize);
    }
}
