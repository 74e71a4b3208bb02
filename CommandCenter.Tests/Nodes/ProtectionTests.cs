using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.Data.Nodes;
using CommandCenter.Tests.Storage;
using CommandCenter.Web.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Nodes;

public sealed class ProtectionTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Who_signed_in_at_one_node_is_known_to_the_other_and_a_form_of_one_is_taken_by_the_other()
    {
        await using var first = await NodeHost.StartAsync(_database);
        await using var second = await NodeHost.StartAsync(_database);
        using var browser = new Browser();

        await browser.GetAsync(first, "/sign-in");
        (await browser.GetAsync(second, "/who")).ShouldBe("值班调度员");
        var token = await browser.GetAsync(second, "/form");
        (await browser.PostFormAsync(first, token)).ShouldBe("true");
        (await browser.PostFormAsync(second, token)).ShouldBe("true");
        (await browser.PostFormAsync(first, "forged")).ShouldBe("false");

        await using var third = await NodeHost.StartAsync(_database);
        (await browser.GetAsync(third, "/who")).ShouldBe("值班调度员");
        (await browser.PostFormAsync(third, token)).ShouldBe("true");
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_on_an_empty_database_read_what_the_other_protected()
    {
        await _database.OpenStoreAsync();
        var nodes = await Task.WhenAll(NodeHost.StartAsync(_database), NodeHost.StartAsync(_database));
        await using var first = nodes[0];
        await using var second = nodes[1];

        Protector(second).Unprotect(Protector(first).Protect("甲")).ShouldBe("甲");
        Protector(first).Unprotect(Protector(second).Protect("乙")).ShouldBe("乙");
    }

    [Fact]
    public async Task Keys_lie_encrypted_where_a_certificate_is_given_and_only_its_owners_read_them()
    {
        var file = Path.Combine(Path.GetDirectoryName(_database.File)!, "keys.pfx");
        await File.WriteAllBytesAsync(file, NewCertificate("secret"), Ended);
        string[] settings = [$"--Keys:CertificateFile={file}", "--Keys:CertificatePassword=secret"];
        await using var first = await NodeHost.StartAsync(_database, settings);
        await using var second = await NodeHost.StartAsync(_database, settings);
        var text = Protector(first).Protect("密");

        Protector(second).Unprotect(text).ShouldBe("密");
        var stored = (await first.Services.GetRequiredService<ProtectionKeyStore>().ListAsync(Ended)).ShouldHaveSingleItem();
        stored.ShouldContain("EncryptedData");
        stored.ShouldNotContain("<masterKey");
        await using var stranger = await NodeHost.StartAsync(_database);
        Should.Throw<CryptographicException>(() => Protector(stranger).Unprotect(text));
    }

    [Fact]
    public void A_certificate_that_can_not_be_used_is_named_with_what_would_be_right()
    {
        new KeyOptions { CertificateFile = "/nowhere/keys.pfx" }.Problems().ShouldHaveSingleItem().ShouldContain("Keys:CertificatePassword");
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, NewCertificate("secret"));
        new KeyOptions { CertificateFile = file, CertificatePassword = "wrong" }.Problems().ShouldHaveSingleItem().ShouldContain(file);
        new KeyOptions { CertificateFile = file, CertificatePassword = "secret" }.Problems().ShouldBeEmpty();
        File.Delete(file);
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9, 127.0.0.7", "127.0.0.7 https")]
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.9, 127.0.0.7", "203.0.113.9 https")]
    [InlineData("10.0.0.5, 10.1.0.0/16", "203.0.113.9", "127.0.0.1 http")]
    [InlineData("", "203.0.113.9", "127.0.0.1 http")]
    public async Task Who_asks_and_how_is_what_known_proxies_say_and_nobody_else(string known, string forwarded, string seen)
    {
        await using var node = await NodeHost.StartAsync(_database, $"--Proxy:Known={known}");
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", string.Join(", ", forwarded.Split(',').Select(_ => "https")));

        (await client.GetStringAsync(new Uri("/from", UriKind.Relative), Ended)).Replace("::ffff:", "", StringComparison.Ordinal).ShouldBe(seen);
    }

    [Fact]
    public void Proxies_and_names_that_can_not_be_are_named_with_what_would_be_right()
    {
        new ProxyOptions { Known = "10.0.0.5, balancer, 10.0.0.0/99" }.Problems()
            .ShouldBe([.. new[] { "balancer", "10.0.0.0/99" }.Select(bad => $"Proxy:Known names '{bad}'; it must be an address such as 10.0.0.5 or a network such as 10.0.0.0/24.")]);
        new NodeOptions { Name = new string('n', 101) }.Problems().ShouldHaveSingleItem().ShouldContain("Node:Name");
    }

    private static IDataProtector Protector(NodeHost node) => node.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static byte[] NewCertificate(string password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=CommandCenter keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return certificate.Export(X509ContentType.Pfx, password);
    }

    /// <summary>Keeps its cookies whatever node answers, as behind one address.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly HttpClient _http;

        public Browser() => _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });

        public Task<string> GetAsync(NodeHost node, string path) => _http.GetStringAsync(new Uri(node.Address, path), Ended);

        public async Task<string> PostFormAsync(NodeHost node, string token)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
            using var answer = await _http.PostAsync(new Uri(node.Address, "/form"), form, Ended);
            return await answer.Content.ReadAsStringAsync(Ended);
        }

        public void Dispose() => _http.Dispose();
    }
}
