using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Tests.Hosting;

/// <summary>The program under a supervisor that speaks sd_notify, as systemd does.</summary>
public class ServiceTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_supervisor_is_told_when_it_is_ready_and_when_it_stops_and_the_log_is_for_the_journal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux.");
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(folder, "notify");
        supervisor.Bind(new UnixDomainSocketEndPoint(path));
        await using var server = ServerProcess.Launch(folder, null, new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path });

        (await ReceiveAsync(supervisor)).ShouldBe("READY=1");

        // Said once it listens: the first request after it is answered.
        (await server.Http.GetAsync(new Uri("/healthz/live", UriKind.Relative), Ended)).IsSuccessStatusCode.ShouldBeTrue();
        server.Output.ShouldContain("<6>{");
        server.Terminate();
        (await ReceiveAsync(supervisor)).ShouldBe("STOPPING=1");
        (await server.WaitForExitAsync(Ended)).ShouldBe(0);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1024];
        var length = await socket.ReceiveAsync(buffer, Ended).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ended);
        return Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }
}
