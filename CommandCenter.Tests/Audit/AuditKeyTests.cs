using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Privacy;
using CommandCenter.Tests.Commands;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Audit;

/// <summary>The record is sealed with keys of the key file, which lies outside the database, and its end stands in the journal.</summary>
public sealed class AuditKeyTests
{
    private const string Gates = "DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete; DROP TRIGGER audit_head_no_return;";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_key_of_the_record_follows_the_key_file_and_is_none_of_its_keys()
    {
        var folder = Directory.CreateTempSubdirectory("commandcenter-keys-").FullName;
        var path = Path.Combine(folder, "keys");
        try
        {
            new KeyRingAuditKey(new KeyRing(path)).Current.ShouldBeNull("there is no file yet");
            new KeyRingAuditKey(new KeyRing("")).Current.ShouldBeNull();
            KeyFile.Make(path, DateTime.UnixEpoch);
            var (ring, first) = (new KeyRing(path), KeyFile.Read(path).Current);
            var keys = new KeyRingAuditKey(ring);

            var id = keys.Current.ShouldNotBeNull();
            id.ShouldBe(first.Id.ToString("x8", CultureInfo.InvariantCulture));
            var derived = keys.Find(id)!;
            derived.ShouldBe(new KeyRingAuditKey(new KeyRing(path)).Find(id), "another node finds the same");
            derived.ShouldNotBe(first.Secret, "who seals personal data with the one must not seal the record with it");
            derived.ShouldBe(HKDF.DeriveKey(HashAlgorithmName.SHA256, first.Secret, 32, [], "commandcenter audit"u8.ToArray()), "rows of years ago must verify");
            keys.Find("00000000").ShouldBeNull();
            keys.Find("nonsense").ShouldBeNull();

            var second = KeyFile.Add(path, DateTime.UnixEpoch).ToString("x8", CultureInfo.InvariantCulture);
            ring.Reload();
            keys.Current.ShouldBe(second);
            keys.Find(second).ShouldNotBe(derived);
            new KeyRingAuditKey(new KeyRing(path)).Find(id).ShouldBe(derived, "what was sealed before stays verifiable");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Rows_of_before_and_after_a_rotation_verify_and_what_is_forged_without_the_file_is_named()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(1);
        await AddKeyAsync(world, "a");
        (await world.RunAsync("privacy", "rotate")).ShouldEndWith(0);
        await AddKeyAsync(world, "b");
        var rows = Rows(world);
        rows[^1].KeyId.ShouldBe(KeyFile.Read($"{world.Database}.keys").Current.Id.ToString("x8", CultureInfo.InvariantCulture));
        rows.Select(row => row.KeyId).Distinct().Count().ShouldBe(2);
        (await world.RunAsync("verify")).ShouldEndWith(0);
        File.Copy(world.Database, world.In("kept.db"));

        // By somebody who reaches the database, and computes everything anew as well as can be done without the file.
        await ForgeAsync(world, rows, row => row with { Subject = "nobody", KeyId = "" });
        (await world.RunAsync("verify")).ShouldEndWith(2).Output.ShouldContain($"{rows[^1].Sequence}");

        // The same, claiming the key.
        File.Copy(world.In("kept.db"), world.Database, overwrite: true);
        await ForgeAsync(world, rows, row => row with { Subject = "nobody" });
        (await world.RunAsync("verify")).ShouldEndWith(2).Output.ShouldContain($"{rows[^1].Sequence}");

        File.Copy(world.In("kept.db"), world.Database, overwrite: true);
        (await world.RunAsync("verify")).ShouldEndWith(0);
    }

    [Fact]
    public async Task The_journal_says_at_the_start_and_at_the_end_where_the_record_ends()
    {
        await using var server = await ServerProcess.StartAsync();
        await UntilToldAsync(server, $"The audit log ends with row 0, hash {AuditSeal.Genesis}");
        using (var stranger = new HttpClient { BaseAddress = server.Address })
        {
            await stranger.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), Stop);
        }

        (await VerbProcess.RunAsync(server.Folder, "apikey", "add", "--name", "later", "--scopes", "read")).ShouldEndWith(0);
        server.Terminate();
        (await server.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop)).ShouldBe(0);

        var ended = Accounts.AccountsOf.One<(long, string)>(server, "SELECT sequence, hash FROM audit_head");
        ended.Item1.ShouldBeGreaterThan(0);
        ended.ShouldBe(Accounts.AccountsOf.One<(long, string)>(server, "SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1"));
        server.Output.ShouldContain($"The audit log ends with row {ended.Item1}, hash {ended.Item2}");
    }

    private static async Task UntilToldAsync(ServerProcess server, string line)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!server.Output.Contains(line, StringComparison.Ordinal))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"{line}\n{server.Output}");
            await Task.Delay(50, Stop);
        }
    }

    private static async Task AddKeyAsync(VerbWorld world, string name) => (await world.RunAsync("apikey", "add", "--name", name, "--scopes", "read")).ShouldEndWith(0);

    private static List<AuditRow> Rows(VerbWorld world)
    {
        using var connection = new SqliteConnection($"Data Source={world.Database};Pooling=false");
        return connection.Query<AuditRow>(
            """
            SELECT sequence, at, subject, action, object, result, address, detail, times, key_id AS KeyId, previous_hash AS PreviousHash, hash FROM audit_log ORDER BY sequence
            """).AsList();
    }

    // Only the last row, so that what follows hangs together; its hash and the head's seal as plain checksums.
    private static async Task ForgeAsync(VerbWorld world, List<AuditRow> rows, Func<AuditRow, AuditRow> forge)
    {
        var forged = forge(rows[^1]);
        var hash = AuditSeal.OfRow(forged with { KeyId = "" }, new NoAuditKey())!;
        var seal = AuditSeal.OfHead(forged.Sequence, hash, "", new NoAuditKey())!;
        await world.TamperAsync(
            $"""
            {Gates}
            UPDATE audit_log SET subject = '{forged.Subject}', key_id = '{forged.KeyId}', hash = '{hash}' WHERE sequence = {forged.Sequence};
            UPDATE audit_head SET hash = '{hash}', key_id = '{forged.KeyId}', seal = '{seal}';
            """);
    }
}
