using System.Data.Common;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Verification;
using CommandCenter.Tests.Audit;
using Dapper;

namespace CommandCenter.Tests.Storage;

/// <summary>The record of who did what: complete, ordered, never edited, and whatever was done to it all the same is found.</summary>
public abstract partial class StorageContract
{
    private static readonly AuditEntry SignIn = new("zhang.san", "session.begin", "", AuditResult.Done, "10.0.0.7", null);

    [Fact]
    public async Task What_is_put_on_record_in_a_transaction_that_fails_leaves_no_trace_and_no_gap()
    {
        var log = new AuditLog(_store, new NoAuditKey(), TimeProvider.System);
        await log.AppendAsync(SignIn, Ended);

        await Should.ThrowAsync<InvalidOperationException>(_store.WriteAsync<int>(
            session =>
            {
                log.Append(session, SignIn with { Action = "account.created" });
                throw new InvalidOperationException("no");
            },
            Ended));
        await log.AppendAsync(SignIn with { Action = "session.end" }, Ended);

        (await RecordAsync()).Select(row => (row.Sequence, row.Action)).ShouldBe([(2, "session.end"), (1, "session.begin")]);
        (await VerifyAuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Writers_on_several_stores_make_one_chain()
    {
        var other = await _database.OpenStoreAsync();
        var logs = new[] { _store, other }.Select(store => new AuditLog(store, new OneKey("k1"), TimeProvider.System)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => logs[i % 2].AppendAsync(SignIn with { Object = $"{i}" }, Ended)));

        var rows = await RecordAsync();
        rows.Select(row => row.Sequence).ShouldBe(Enumerable.Range(1, 200).Reverse().Select(i => (long)i));
        rows.Select(row => row.Object).Distinct().Count().ShouldBe(200);
        (await logs[0].HeadAsync(Ended)).ShouldBe(new AuditHead(200, rows[0].Hash));
        (await VerifyAuditAsync(new OneKey("k1"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_text_comes_is_stored_whole_or_cut_and_stays_verifiable()
    {
        var log = new AuditLog(_store, new OneKey("k1"), TimeProvider.System);
        string[] texts = ["", " ", "a ", "张三\u3000", "a\0b\r\nc\td", "\ud83d", "\udc00x", new string('x', 299) + "😀", new string('中', 5000), "'; DROP TABLE audit_log; --", "e\u0301\u00e9", "İıßK"];
        foreach (var text in texts)
        {
            await log.AppendAsync(new AuditEntry(text, "a.b", text, AuditResult.Failed, text, text), Ended);
        }

        (await VerifyAuditAsync(new OneKey("k1"))).ShouldBeEmpty();
        var rows = await RecordAsync();
        rows.Count.ShouldBe(texts.Length);
        rows.ShouldAllBe(row => !row.Subject.Any(char.IsControl) && row.Object.Length <= 300 && row.Detail!.Length <= 2000);
        rows[^4].Subject.ShouldBe("张三\u3000");
    }

    [Theory]
    [InlineData("UPDATE audit_log SET subject = 'nobody' WHERE sequence = 2")]
    [InlineData("UPDATE audit_log SET times = times")]
    [InlineData("DELETE FROM audit_log WHERE sequence = 1")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("UPDATE audit_head SET sequence = 1")]
    [InlineData("INSERT INTO audit_checkpoint (through_sequence, from_sequence, hash, removed_at, key_id, seal) VALUES (3, 1, 'x', '2026-01-01', '', 'x'); DELETE FROM audit_log WHERE sequence <= 3")]
    public async Task The_record_refuses_every_edit(string statement)
    {
        await FillAuditAsync(new OneKey("k1"), 5);
        var before = await RecordAsync();

        await Should.ThrowAsync<DbException>(_database.ExecuteAsync(statement));

        (await RecordAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("UPDATE audit_log SET subject = 'nobody' WHERE sequence = 1", "AuditRowChanged 1")]
    [InlineData("UPDATE audit_log SET object = object + 'x', detail = NULL WHERE sequence = 9", "AuditRowChanged 9", "UPDATE audit_log SET object = object || 'x', detail = NULL WHERE sequence = 9")]
    [InlineData("UPDATE audit_log SET at = '2020-01-01T00:00:00.000' WHERE sequence = 20", "AuditRowChanged 20", "UPDATE audit_log SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 20")]
    [InlineData("DELETE FROM audit_log WHERE sequence = 1", "AuditRowsMissing 1")]
    [InlineData("DELETE FROM audit_log WHERE sequence BETWEEN 7 AND 9", "AuditRowsMissing 7")]
    [InlineData("DELETE FROM audit_log WHERE sequence = 20", "AuditRowsMissing 20")]
    [InlineData("DELETE FROM audit_log", "AuditRowsMissing 1")]
    [InlineData("DELETE FROM audit_head", "AuditHeadMissing 20")]
    [InlineData("DELETE FROM audit_log WHERE sequence = 20; UPDATE audit_head SET sequence = 19, hash = (SELECT hash FROM audit_log WHERE sequence = 19)", "AuditHeadChanged 19")]
    [InlineData("UPDATE audit_log SET sequence = 99 WHERE sequence = 20", "AuditRowsMissing 20")]
    [InlineData("INSERT INTO audit_checkpoint (through_sequence, from_sequence, hash, removed_at, key_id, seal) SELECT 3, 1, hash, at, key_id, hash FROM audit_log WHERE sequence = 3; DELETE FROM audit_log WHERE sequence <= 3", "AuditCheckpointWrong 1")]
    public async Task What_was_done_past_the_triggers_is_found_and_named(string statement, string found, string? onSqlite = null)
    {
        await FillAuditAsync(new OneKey("k1"), 20);
        (await VerifyAuditAsync(new OneKey("k1"))).ShouldBeEmpty();

        await TamperWithAuditAsync(_database.Options.Provider == StorageProvider.Sqlite ? onSqlite ?? statement : statement);

        (await VerifyAuditAsync(new OneKey("k1"))).Select(f => $"{f.Kind} {f.Arguments[0]}").ShouldContain(found);
    }

    [Fact]
    public async Task A_head_that_was_taken_away_is_told_for_ever_by_the_row_that_follows()
    {
        var log = await FillAuditAsync(new OneKey("k1"), 3);
        await TamperWithAuditAsync("DELETE FROM audit_head");

        await log.AppendAsync(SignIn, Ended);

        (await RecordAsync()).Select(row => row.Action).Take(2).ShouldBe(["session.begin", AuditActions.HeadLost]);
        (await VerifyAuditAsync(new OneKey("k1"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_over_its_time_goes_and_the_rest_still_verifies()
    {
        var clock = new ClockAt(DateTimeOffset.UtcNow.AddDays(-1200));
        var store = await _database.OpenStoreAsync(clock);
        var log = new AuditLog(store, new OneKey("k1"), clock);
        for (var i = 0; i < 30; i++)
        {
            await log.AppendAsync(SignIn with { Object = $"{i}" }, Ended);
            clock.Now += TimeSpan.FromDays(40);
        }

        clock.Now = DateTimeOffset.UtcNow;
        var lease = (await new LeaseStore(store).TryTakeAsync("audit-expiry", "a", TimeSpan.FromMinutes(5), Ended))!;
        var retention = new AuditRetention(store, log, new AuditOptions { KeepDays = AuditOptions.FewestDays });

        (await retention.RunAsync(lease, Ended)).ShouldBeGreaterThan(20);
        (await retention.RunAsync(lease, Ended)).ShouldBe(0);
        clock.Now += TimeSpan.FromHours(1);
        (await new AuditRetention(store, log, new AuditOptions { KeepDays = AuditOptions.FewestDays }).RunAsync(lease, Ended)).ShouldBe(0);

        var rows = await RecordAsync();
        rows[0].Action.ShouldBe(AuditActions.Expired);
        rows[0].Sequence.ShouldBe(31);
        rows.ShouldAllBe(row => row.At > DateTime.UtcNow.AddDays(-AuditOptions.FewestDays));
        (await VerifyAuditAsync(new OneKey("k1"))).ShouldBeEmpty();
        await TamperWithAuditAsync($"DELETE FROM audit_log WHERE sequence = {rows[^1].Sequence}");
        (await VerifyAuditAsync(new OneKey("k1"))).ShouldContain(f => f.Kind == FindingKind.AuditRowsMissing);
    }

    [Fact]
    public async Task Rows_over_their_time_that_were_changed_are_kept_as_evidence()
    {
        var clock = new ClockAt(DateTimeOffset.UtcNow.AddDays(-1200));
        var store = await _database.OpenStoreAsync(clock);
        var log = new AuditLog(store, new OneKey("k1"), clock);
        await log.AppendAsync(SignIn, Ended);
        await log.AppendAsync(SignIn, Ended);
        clock.Now = DateTimeOffset.UtcNow;
        await TamperWithAuditAsync("UPDATE audit_log SET subject = 'nobody' WHERE sequence = 1");
        var lease = (await new LeaseStore(store).TryTakeAsync("audit-expiry", "a", TimeSpan.FromMinutes(5), Ended))!;

        await Should.ThrowAsync<InvalidDataException>(new AuditRetention(store, log, new AuditOptions()).RunAsync(lease, Ended));

        (await RecordAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_may_come_and_rotate_but_not_go()
    {
        var plain = await FillAuditAsync(new NoAuditKey(), 3);
        (await VerifyAuditAsync(new OneKey("k1"))).Single().Kind.ShouldBe(FindingKind.AuditNotUnderKey);
        await FillAuditAsync(new OneKey("k1"), 3);
        await FillAuditAsync(new OneKey("k2", "k1"), 3);
        (await VerifyAuditAsync(new OneKey("k2", "k1"))).ShouldBeEmpty();
        (await VerifyAuditAsync(new OneKey("k2"))).Select(f => f.Kind).ShouldBe([FindingKind.AuditKeyMissing]);
        (await VerifyAuditAsync(new NoAuditKey())).ShouldBeEmpty();

        await plain.AppendAsync(SignIn, Ended);

        (await VerifyAuditAsync(new OneKey("k2", "k1"))).Select(f => f.Kind).ShouldBe([FindingKind.AuditRowWithoutKey, FindingKind.AuditNotUnderKey]);
    }

    [Fact]
    public async Task The_record_is_found_by_time_subject_action_object_and_result()
    {
        var log = new AuditLog(_store, new NoAuditKey(), TimeProvider.System);
        await log.AppendAsync(SignIn, Ended);
        await log.AppendAsync(new AuditEntry("li_si", "session.end", "50%", AuditResult.Failed, null, null), Ended);
        await log.AppendAsync(new AuditEntry("lixsi", "sessions", "500", AuditResult.Done, null, null), Ended);

        (await FoundAsync(All with { Action = "session." })).ShouldBe([2, 1]);
        (await FoundAsync(All with { Action = "session.end" })).ShouldBe([2]);
        (await FoundAsync(All with { Subject = "i_s" })).ShouldBe([2]);
        (await FoundAsync(All with { Object = "0%" })).ShouldBe([2]);
        (await FoundAsync(All with { Result = AuditResult.Failed })).ShouldBe([2]);
        (await FoundAsync(All with { From = DateTime.UtcNow.AddMinutes(-1), To = DateTime.UtcNow.AddMinutes(1), Before = 3 })).ShouldBe([2, 1]);
        (await FoundAsync(All with { From = DateTime.UtcNow.AddMinutes(1) })).ShouldBeEmpty();
        (await FoundAsync(All with { Limit = 1 })).ShouldBe([3]);
        (await new AuditQueries(_store).CountAsync(All with { Action = "session.", Before = 2 }, 1000, Ended)).ShouldBe(2);
        (await new AuditQueries(_store).CountAsync(All, 2, Ended)).ShouldBe(2);
        (await new AuditQueries(_store).LastAsync("session.end", "50%", Ended))!.Sequence.ShouldBe(2);

        async Task<IEnumerable<long>> FoundAsync(AuditFilter filter) => (await new AuditQueries(_store).ListAsync(filter, Ended)).Select(row => row.Sequence);
    }

    private static AuditFilter All => new(null, null, null, null, null, null, null, 1000);

    private Task<IReadOnlyList<AuditRecord>> RecordAsync() => new AuditQueries(_store).ListAsync(All, Ended);

    private async Task<AuditLog> FillAuditAsync(IAuditKey key, int rows)
    {
        var log = new AuditLog(_store, key, TimeProvider.System);
        for (var i = 0; i < rows; i++)
        {
            await log.AppendAsync(SignIn with { Object = $"{i}", Detail = "详" }, Ended);
        }

        return log;
    }

    private async Task<IReadOnlyList<Finding>> VerifyAuditAsync(IAuditKey? key = null) =>
        (await new DatabaseVerification(_store, key ?? new NoAuditKey()).RunAsync("audit", (_, _) => { }, Ended)).Findings;

    private async Task TamperWithAuditAsync(string statement)
    {
        await using var connection = await _database.ConnectAsync();
        string[] triggers = _database.Options.Provider == StorageProvider.Sqlite
            ? ["audit_log_no_update", "audit_log_no_delete", "audit_head_no_return"]
            : ["audit_log_no_edit", "audit_head_no_return"];
        foreach (var trigger in triggers)
        {
            await connection.ExecuteAsync($"DROP TRIGGER {trigger}");
        }

        await connection.ExecuteAsync(statement);
    }
}
