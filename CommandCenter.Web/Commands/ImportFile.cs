using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Commands;

/// <summary>A file that is brought in.</summary>
internal static class ImportFile
{
    /// <exception cref="OperationRefusedException">There is no such file, or it is a folder.</exception>
    public static FileStream Open(string file) => File.Exists(file)
        ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : throw new OperationRefusedException(Directory.Exists(file) ? RefusalReason.IsFolder : RefusalReason.NoFile, Path.GetFullPath(file));
}

/// <summary>Tells how much of a file has been read.</summary>
internal sealed class CountedStream(FileStream file, Action<long, long> progress) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Told(file.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Told(await file.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Told(int read)
    {
        progress(file.Position, file.Length);
        return read;
    }
}
