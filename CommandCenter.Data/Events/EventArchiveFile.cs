using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Events;

/// <summary>
/// One file of archived events: gzipped NDJSON, a line an event, in the order of positions and without gaps. Written beside its
/// place, synced, read back, and only then put under its name, which holds its positions and the beginning of its hash.
/// </summary>
internal sealed class EventArchiveFile : IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder;
    private readonly string _part;
    private readonly FileStream _file;
    private readonly GZipStream _zip;
    private readonly IncrementalHash _lines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _line = new();

    public EventArchiveFile(string folder, long from)
    {
        (_folder, From, To) = (folder, from, from - 1);
        _part = Path.Combine(folder, $"events-{Text(from)}.{Guid.NewGuid():N}.part");
        _file = new FileStream(_part, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        _zip = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true);
    }

    public long From { get; }

    public long To { get; private set; }

    public int Events => (int)(To - From + 1);

    /// <exception cref="InvalidDataException">It does not follow the one before: the log has a gap.</exception>
    public void Add(EventRow e)
    {
        if (e.Position != To + 1)
        {
            throw new InvalidDataException($"The event log has a gap: position {e.Position} follows {To}. Nothing is archived across it; run verify.");
        }

        _line.SetLength(0);
        using (var writer = new Utf8JsonWriter(_line, Json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("position", e.Position);
            writer.WriteString("recordedAt", e.RecordedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("kind", e.Kind);
            writer.WriteNumber("subjectId", e.SubjectId);
            writer.WriteString("actor", e.Actor);
            writer.WritePropertyName("payload");
            writer.WriteRawValue(e.Payload);
            writer.WriteEndObject();
        }

        _line.WriteByte((byte)'\n');
        var line = _line.GetBuffer().AsSpan(0, (int)_line.Length);
        _lines.AppendData(line);
        _zip.Write(line);
        To = e.Position;
    }

    /// <summary>Syncs it, reads it back and gives it its name.</summary>
    /// <returns>The name, and the hash of the file in lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">It can't be kept, or reads otherwise than it was written.</exception>
    public (string Name, string Sha256) Keep()
    {
        _zip.Dispose();
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        var (sha256, lines) = ReadBack();
        if (!lines.AsSpan().SequenceEqual(_lines.GetHashAndReset()))
        {
            throw new IOException($"The archive {_part} reads otherwise than it was written; nothing was taken out of the log.");
        }

        var name = $"events-{Text(From)}-{Text(To)}-{sha256[..8]}.ndjson.gz";
        File.Move(_part, Path.Combine(_folder, name), overwrite: true);
        FolderSync.Sync(_folder);
        return (name, sha256);
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
        _lines.Dispose();
        _line.Dispose();
        File.Delete(_part);
    }

    private static string Text(long position) => position.ToString("D12", CultureInfo.InvariantCulture);

    private (string Sha256, byte[] Lines) ReadBack()
    {
        using var file = new FileStream(_part, FileMode.Open, FileAccess.Read, FileShare.Read);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        file.Position = 0;
        using var zip = new GZipStream(file, CompressionMode.Decompress);
        return (sha256, SHA256.HashData(zip));
    }
}
