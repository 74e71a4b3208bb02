using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CommandCenter.Tests.Nodes;

/// <summary>
/// A real nginx on a port of its own, with the configuration that README shows, in front of the nodes of a test. Where there is
/// none (<c>NGINX_PATH</c>, else <c>/usr/sbin/nginx</c>) the test is skipped and says so.
/// </summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    public static async Task<Nginx> StartAsync(params Uri[] nodes)
    {
        var program = new[] { Environment.GetEnvironmentVariable("NGINX_PATH"), "/usr/sbin/nginx" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "No nginx: install it (Debian: apt-get install nginx-light), or set NGINX_PATH.");
        var folder = Directory.CreateTempSubdirectory("nginx-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), Configuration(folder, port, nodes));
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in new[] { "-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", Path.Combine(folder, "nginx.conf") })
        {
            start.ArgumentList.Add(argument);
        }

        var nginx = new Nginx(Process.Start(start)!, folder, new Uri($"http://127.0.0.1:{port}"));
        await nginx.AnswersAsync();
        return nginx;
    }

    /// <summary>A value of the cookie with which a browser is led to a node.</summary>
    public async Task<string> CookieForAsync(Uri node)
    {
        for (var i = 0; i < 100; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, $"/healthz/live?asked-with={i}"));
            request.Headers.Add("Cookie", $"cc_node=browser{i}");
            using var client = new HttpClient();
            using var answer = await client.SendAsync(request);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse("a browser that has its cookie keeps it");
            if (await ServedByAsync($"/healthz/live?asked-with={i}") == node.Authority)
            {
                return $"browser{i}";
            }
        }

        throw new InvalidOperationException($"No cookie of a hundred leads to {node}.");
    }

    /// <summary>The first node that a request was given to.</summary>
    private async Task<string> ServedByAsync(string request)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(10))
        {
            var line = (await File.ReadAllLinesAsync(Path.Combine(_folder, "access.log"))).LastOrDefault(l => l.StartsWith(request + ' ', StringComparison.Ordinal));
            if (line is not null)
            {
                return line.Split(' ')[1].TrimEnd(',');
            }

            await Task.Delay(10);
        }

        throw new TimeoutException($"nginx did not log {request}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(string folder, int port, Uri[] nodes)
    {
        var shown = OfReadme();
        shown = Server().Replace(shown, "");
        shown = shown.Replace("hash $cc_node consistent;", "hash $cc_node consistent;" + string.Concat(nodes.Select(node => $"\n  server {node.Authority} max_fails=1 fail_timeout=5s;")), StringComparison.Ordinal);
        shown = Listen().Replace(shown, $"listen 127.0.0.1:{port};");
        return $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            events { worker_connections 512; }
            http {
            log_format test '$request_uri $upstream_addr';
            access_log {{folder}}/access.log test;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            {{shown}}
            }
            """;
    }

    /// <summary>What stands in README, so that it is what was tested.</summary>
    private static string OfReadme([CallerFilePath] string here = "")
    {
        var readme = File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../README.md")));
        var shown = Shown().Match(readme);
        shown.Success.ShouldBeTrue("README shows the configuration of nginx");
        return shown.Groups["conf"].Value;
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"nginx ended: {await _process.StandardError.ReadToEndAsync()}");
            }

            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/healthz/live"));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (patience.Elapsed < TimeSpan.FromSeconds(10))
            {
                // Not listening yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```nginx\n(?<conf>.*?)\n```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"^\s*server \S+ max_fails.*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Server();

    [GeneratedRegex(@"listen 80;", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Listen();
}
