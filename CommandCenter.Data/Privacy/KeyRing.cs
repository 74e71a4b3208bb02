using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Privacy;

/// <summary>
/// The keys of a database, read from their file on first use and again when the file was changed, so that a node that runs
/// learns of a key that <c>privacy rotate</c> added.
/// </summary>
/// <param name="path">The key file; empty where none was named.</param>
public sealed class KeyRing(string path)
{
    // How long a node that runs may seal with the old key after a new one was added.
    internal const int MillisecondsBetweenLooks = 2_000;

    private readonly Lock _gate = new();
    private volatile PrivacyKeys? _keys;
    private DateTime _writtenAt;
    private long _lookAgainAt;

    /// <summary>Full path, or empty.</summary>
    public string Path { get; } = path.Length == 0 ? "" : System.IO.Path.GetFullPath(path);

    /// <summary>The keys as they stand in the file now, or stood in it at most two seconds ago.</summary>
    /// <exception cref="StoreUnavailableException">The file is missing, unreadable, open to others, or no key file.</exception>
    public PrivacyKeys Keys
    {
        get
        {
            var keys = _keys;
            return keys is not null && Environment.TickCount64 < Volatile.Read(ref _lookAgainAt) ? keys : Look(force: false);
        }
    }

    /// <summary>Finds a key, also one that was added to the file a moment ago.</summary>
    public SealKey? Find(uint id) => Keys.Find(id) ?? Look(force: true).Find(id);

    /// <summary>Reads the file now.</summary>
    /// <exception cref="StoreUnavailableException">The file is missing, unreadable, open to others, or no key file.</exception>
    public PrivacyKeys Reload() => Look(force: true);

    /// <summary>Reads the file, or makes it with new keys where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The file can't be read or made, or none was named.</exception>
    internal PrivacyKeys ReadOrMake(DateTime now)
    {
        if (Path.Length == 0)
        {
            throw NotNamed();
        }

        return File.Exists(Path) ? Look(force: true) : Take(KeyFile.Make(Path, now));
    }

    private PrivacyKeys Look(bool force)
    {
        lock (_gate)
        {
            if (Path.Length == 0)
            {
                throw NotNamed();
            }

            var writtenAt = File.GetLastWriteTimeUtc(Path);
            if (_keys is { } keys && (writtenAt == _writtenAt || (!force && !File.Exists(Path))))
            {
                // A file that is gone for a moment takes nothing from a program that runs; the next start tells it.
                Volatile.Write(ref _lookAgainAt, Environment.TickCount64 + MillisecondsBetweenLooks);
                return keys;
            }

            return Take(KeyFile.Read(Path));
        }
    }

    // Ciphers of keys that were read before may be in use on another thread; the collector ends them.
    private PrivacyKeys Take(PrivacyKeys keys)
    {
        _writtenAt = File.GetLastWriteTimeUtc(Path);
        Volatile.Write(ref _lookAgainAt, Environment.TickCount64 + MillisecondsBetweenLooks);
        _keys = keys;
        return keys;
    }

    private static StoreUnavailableException NotNamed() => KeyFile.Refused(
        "Privacy:KeyFile is empty. With Storage:Provider=SqlServer it must name the file that holds the keys of personal data, the same for all nodes, "
        + "for example /etc/commandcenter/privacy.keys; the first start makes it.");
}
