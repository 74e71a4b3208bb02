using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Tests.Storage.SqlServer;

/// <summary>A line to a real server that a test can cut and mend: what goes in here comes out there.</summary>
internal sealed class CuttableLine(string host, int port) : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private TcpListener? _listener;

    public int Port { get; private set; }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public void Cut()
    {
        _listener?.Stop();
        foreach (var end in _ends.Keys)
        {
            // Null once it has been closed from the other side.
            end.Client?.Close(0);
            end.Dispose();
        }

        _ends.Clear();
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            _ends[near] = _ends[far] = true;
            try
            {
                await far.ConnectAsync(host, port);
                var (one, other) = (near.GetStream(), far.GetStream());
                await Task.WhenAny(one.CopyToAsync(other), other.CopyToAsync(one));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // Cut, or one end left.
            }
        }
    }
}
