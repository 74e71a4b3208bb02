using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Tests.Security;

/// <summary>Bytes over a socket, for what no client would send.</summary>
internal static class RawRequest
{
    /// <returns>Everything that came back until the server closed the connection, or nothing more came.</returns>
    public static async Task<string> SendAsync(Uri address, byte[] bytes, TimeSpan? patience = null)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        using var enough = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(5));
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(bytes, enough.Token);
            await stream.CopyToAsync(answer, enough.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Left open, or cut off while we were still sending.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public static Task<string> SendAsync(Uri address, string text, TimeSpan? patience = null) => SendAsync(address, Encoding.Latin1.GetBytes(text), patience);

    /// <returns>0 when there is no answer.</returns>
    public static int Status(string answer) => answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), out var status) ? status : 0;
}
