using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// The file that holds the keys, one a line: <c>seal|hash ID DAY SECRET</c>, id in eight hexadecimal digits, secret of 32 bytes
/// in Base64. Only its owner may read it.
/// </summary>
internal static class KeyFile
{
    private const string Heading =
        "# CommandCenter: the keys of people's names, phones, identity numbers and addresses. Without this file they can't be read.\n"
        + "# Keep a copy of it apart from the backups of the database. The last line that begins with seal is the key in use.\n";

    // What others than the owner may do.
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the keys.</summary>
    /// <exception cref="StoreUnavailableException">It is missing, unreadable, open to others, or no key file; says what to do.</exception>
    public static PrivacyKeys Read(string path)
    {
        string[] lines;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw Refused($"The key file {path} may be read or written by others than its owner. Allow it to the owner only: chmod 600 {path}");
            }

            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused($"The key file {path} can't be read: {e.Message} Give the account that the program runs as the right to read it.", e);
        }

        return Parse(path, lines);
    }

    /// <summary>Makes a key file with new keys, or reads the one that somebody else made meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">It can't be made.</exception>
    public static PrivacyKeys Make(string path, DateTime now)
    {
        var text = Heading + NewLine("hash", now, out _) + NewLine("seal", now, out _);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Write(path, text, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node was first.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused($"The key file {path} can't be made: {e.Message} Give the program the right to write there, or name another file in Privacy:KeyFile.", e);
        }

        return Read(path);
    }

    /// <summary>Copies a key file to where there is none.</summary>
    public static void Copy(string from, string to)
    {
        _ = Read(from);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Write(to, File.ReadAllText(from), overwrite: false);
    }

    /// <summary>Adds a key to seal with.</summary>
    /// <returns>Its id.</returns>
    public static uint Add(string path, DateTime now)
    {
        _ = Read(path);
        var text = File.ReadAllText(path).TrimEnd('\n', '\r') + "\n" + NewLine("seal", now, out var id);
        Write(path, text, overwrite: true);
        return id;
    }

    /// <summary>Takes keys to seal with out of the file.</summary>
    public static void Remove(string path, IReadOnlyCollection<uint> ids)
    {
        var keys = Read(path);
        if (ids.Contains(keys.Current.Id))
        {
            throw new ArgumentException("The key in use can't be taken out.", nameof(ids));
        }

        var kept = File.ReadAllLines(path).Where(line => !ids.Any(id => line.StartsWith($"seal {id:x8} ", StringComparison.Ordinal)));
        Write(path, string.Join('\n', kept) + "\n", overwrite: true);
    }

    /// <summary>What to say when it is not there.</summary>
    public static StoreUnavailableException Missing(string path, Exception? inner = null) => Refused(
        $"The key file {path} is missing, and without it names, phones, identity numbers and addresses in this database can't be read. Put the file back "
        + "(it is not in the backups of the database), or name where it is in Privacy:KeyFile. Nothing was changed.", inner);

    public static StoreUnavailableException Refused(string why, Exception? inner = null) => new(StoreFault.Misconfigured, why, inner);

    private static PrivacyKeys Parse(string path, string[] lines)
    {
        var seals = new List<SealKey>();
        HashKey? hash = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i].StartsWith('#'))
            {
                continue;
            }

            var secret = new byte[SealKey.Bytes];
            if (lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var kind and ("seal" or "hash"), var hex, _, var base64]
                || !uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
                || !Convert.TryFromBase64String(base64, secret, out var length) || length != secret.Length)
            {
                throw Refused($"The key file {path} can't be understood in line {i + 1}. Put back the copy of it that was kept. Nothing was changed.");
            }

            if (kind == "hash")
            {
                hash ??= new HashKey(id, secret);
            }
            else
            {
                seals.Add(new SealKey(id, secret));
            }
        }

        return hash is null || seals.Count == 0
            ? throw Refused($"The key file {path} holds no key of each kind (seal and hash). Put back the copy of it that was kept. Nothing was changed.")
            : new PrivacyKeys(seals, hash);
    }

    private static string NewLine(string kind, DateTime now, out uint id)
    {
        id = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
        return string.Create(CultureInfo.InvariantCulture, $"{kind} {id:x8} {now:yyyy-MM-dd} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(SealKey.Bytes))}\n");
    }

    // Whole or not at all, and on disk before anything is sealed with it.
    private static void Write(string path, string text, bool overwrite)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(part, options))
            {
                file.Write(Encoding.ASCII.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite);
            FolderSync.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
