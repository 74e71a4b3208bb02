using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Tests.Storage.SqlServer;

/// <summary>
/// As much of SQL Server as its client needs to tell one fault from another: it speaks the protocol (MS-TDS) over real
/// connections, refuses logins, begins and commits, answers with numbers and errors, breaks off, goes away and comes back.
/// </summary>
internal sealed class TdsStandIn : IAsyncDisposable
{
    private const byte Prelogin = 0x12, Login = 0x10, Response = 0x04, Batch = 0x01, Rpc = 0x03, Transaction = 0x0E, Attention = 0x06;
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
    private TcpListener? _listener;

    public TdsStandIn() => Start();

    public int Port { get; private set; }

    /// <summary>Without encryption, as a server without a certificate is reached.</summary>
    public string ConnectionString => $"Server=127.0.0.1,{Port};Database=Centre;User ID=centre;Password=x;Encrypt=false";

    /// <summary>Answers a login to a database; null lets it in.</summary>
    public Func<string, TdsReply?> OnLogin { get; set; } = _ => null;

    /// <summary>Answers BEGIN, COMMIT, ROLLBACK and the text of statements; null is "done".</summary>
    public Func<string, TdsReply?> OnRequest { get; set; } = _ => null;

    public ConcurrentQueue<string> Requests { get; } = new();

    public int Logins;

    public static TdsReply Error(int number, string text = "text", byte severity = 14) => new([.. TdsTokens.Error(number, severity, text), .. TdsTokens.Done(failed: true)]);

    public static TdsReply BreakOff { get; } = new(null);

    public static TdsReply Number(long? value) => new([.. TdsTokens.BigInt(value), .. TdsTokens.Done(rows: 1)]);

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>Nobody listens any more, and every connection is gone.</summary>
    public void Stop()
    {
        _listener?.Stop();
        BreakConnections();
    }

    public void BreakConnections()
    {
        foreach (var client in _clients.Keys)
        {
            // Null once it has been closed from the other side.
            client.Client?.Close(0);
            client.Dispose();
        }

        _clients.Clear();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        _clients[client] = true;
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is var (type, body) && Answer(type, body).Bytes is { } answer)
                {
                    await WriteAsync(stream, answer);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client left, or was broken off.
        }
        finally
        {
            _clients.TryRemove(client, out _);
        }
    }

    private TdsReply Answer(byte type, byte[] body)
    {
        switch (type)
        {
            case Prelogin:
                return new TdsReply(TdsTokens.PreloginWithoutEncryption);
            case Login:
                Interlocked.Increment(ref Logins);
                var database = Encoding.Unicode.GetString(body, BitConverter.ToUInt16(body, 68), BitConverter.ToUInt16(body, 70) * 2);
                return OnLogin(database) ?? new TdsReply([.. TdsTokens.LoginAcknowledged(database), .. TdsTokens.Done()]);
            case Transaction:
                var begin = BitConverter.ToUInt16(body, 22);
                var word = begin switch { 5 => "BEGIN", 7 => "COMMIT", _ => "ROLLBACK" };
                Requests.Enqueue(word);
                return OnRequest(word) ?? new TdsReply([.. TdsTokens.TransactionChange(begin), .. TdsTokens.Done()]);
            case Batch or Rpc:
                var text = Encoding.Unicode.GetString(body, 22, (body.Length - 22) / 2 * 2);
                Requests.Enqueue(text);
                return OnRequest(text) ?? new TdsReply([.. TdsTokens.ReturnStatus(0), .. TdsTokens.Done()]);
            default:
                return new TdsReply(TdsTokens.Done(attention: type == Attention));
        }
    }

    private static async Task<(byte Type, byte[] Body)?> ReadAsync(NetworkStream stream)
    {
        var body = new MemoryStream();
        var header = new byte[8];
        do
        {
            if (await stream.ReadAtLeastAsync(header, 8, throwOnEndOfStream: false) < 8)
            {
                return null;
            }

            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - 8];
            await stream.ReadExactlyAsync(part);
            body.Write(part);
        }
        while ((header[1] & 1) == 0);
        return (header[0], body.ToArray());
    }

    private static async Task WriteAsync(NetworkStream stream, byte[] body)
    {
        var packet = new byte[8 + body.Length];
        packet[0] = Response;
        packet[1] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        body.CopyTo(packet, 8);
        await stream.WriteAsync(packet);
    }
}

/// <summary>What is sent back; null breaks the connection off instead.</summary>
internal sealed record TdsReply(byte[]? Bytes);
