using System.Net;
using System.Text;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage.Verification;
using CommandCenter.Tests.Incidents;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Disputes;

/// <summary>People in disputes: what the file holds, who sees them, and how they leave it.</summary>
public sealed class DisputePrivacyTests : IAsyncDisposable
{
    private const string Name = "欧阳婉如", Phone = "13857123456", Id = "11010519491231002X", Address = "云溪县城关镇清溪弄 27 号";

    private readonly SqliteDatabase _database = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private static DisputeDraft Draft => new("judicial", null, "03", DisputeScale.Individual, DisputeOrigin.Application, $"{Name}家的墙")
    {
        Summary = $"{Name}说", Place = Address, Parties = [new(PartyRole.Applicant, Name, Phone, Id, Address), new(PartyRole.Respondent, "王大力", "13900000000", null, null)],
    };

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Neither_the_file_nor_its_log_holds_a_partys_phone_identity_number_or_address()
    {
        var store = await _database.OpenStoreAsync();
        await new DisputeStore(store).RegisterAsync([Draft with { Title = "墙", Summary = null }], "test", Ended);
        await new DisputeStore(store).MoveAsync(Sight.OfTheProgram, 1, new DisputeMove(DisputeStage.Accepted, Note: $"已联系{Name}（{Phone}）"), "test", Ended);

        byte[] bytes = [.. new[] { _database.File, $"{_database.File}-wal" }.Where(File.Exists).SelectMany(ReadShared)];
        foreach (var text in new[] { Name, Phone, Id, Address, "王大力" })
        {
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)).ShouldBe(-1, text);
        }
    }

    [Fact]
    public async Task Keys_are_rotated_under_disputes_too_and_verify_finds_what_was_swapped()
    {
        var store = await _database.OpenStoreAsync();
        await new DisputeStore(store).RegisterAsync([.. Enumerable.Repeat(Draft, 250)], "test", Ended);

        var rotated = await new KeyRotation(store, TimeProvider.System).RunAsync(removeOld: true, (_, _) => { }, Ended);

        (rotated.Values, rotated.Left, rotated.OldKeys.Count).ShouldBe((250 * (1 + 4 + 2), 0, 0));
        (await new DisputeQueries(store).FindAsync(Sight.OfTheProgram, 7, Ended))!.Parties[0].ShouldBe(new DisputeParty(PartyRole.Applicant, Name, Phone, Id, Address));
        var verification = new DatabaseVerification(store, new NoAuditKey());
        (await verification.RunAsync("people", (_, _) => { }, Ended)).Findings.ShouldBeEmpty();

        await _database.ExecuteAsync("UPDATE dispute_party SET name_sealed = (SELECT name_sealed FROM dispute_party WHERE dispute_id = 2 ORDER BY id LIMIT 1) WHERE id = 64");

        var finding = (await verification.RunAsync("people", (_, _) => { }, Ended)).Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Arguments[2]).ShouldBe((FindingKind.SealBroken, "dispute_party.name_sealed"));
    }

    [Fact]
    public async Task A_person_is_exported_and_erased_from_closed_disputes_and_what_is_counted_stays()
    {
        var store = await _database.OpenStoreAsync();
        var disputes = new DisputeStore(store);
        await disputes.RegisterAsync([Draft, Draft], "test", Ended);
        await CloseAsync(store, 1);
        var audit = new AuditLog(store, new NoAuditKey(), TimeProvider.System);
        var person = new PersonFilter(null, Phone, null);

        var data = await new PersonExport(store, new(store), audit, TimeProvider.System).ReadAsync(person, "test", null, Ended);
        var erased = await new PersonErasure(store, audit, new PrivacyOptions(), TimeProvider.System).EraseAsync(person, "test", null, Ended);

        data.Disputes.Select(one => (one.Dispute.Dispute.Id, one.Dispute.Parties[0].Name, one.History.Count)).ShouldBe([(2, Name, 1), (1, Name, 6)]);
        (erased.Erased.Count, erased.Open.Count).ShouldBe((1, 1));
        var file = (await new DisputeQueries(store).FindAsync(Sight.OfTheProgram, 1, Ended))!;
        (file.Parties.Count, file.Dispute.Title, file.Dispute.Summary, file.Dispute.Place, file.Dispute.Resolution, file.Dispute.Category, file.Dispute.Outcome).ShouldBe(
            (0, "", null, null, null, "03", DisputeOutcome.Agreed));
        file.Dispute.ErasedAt.ShouldNotBeNull();
        (await new DisputeQueries(store).ListAsync(Sight.OfTheProgram, new DisputeFilter { Person = new("王大力", null, null) }, Ended)).ShouldHaveSingleItem().Id.ShouldBe(2);
    }

    [Fact]
    public async Task Verify_finds_a_dispute_that_is_not_what_its_events_say()
    {
        var store = await _database.OpenStoreAsync();
        await new DisputeStore(store).RegisterAsync([Draft, Draft, Draft], "test", Ended);
        await CloseAsync(store, 1);
        await new DisputeStore(store).LinkAsync(Sight.OfTheProgram, 1, 2, DisputeLinkKind.Related, "test", Ended);
        await new DisputeStore(store).RateAsync(Sight.OfTheProgram, 2, DisputeRisk.Red, "因", "test", Ended);
        var verification = new DatabaseVerification(store, new NoAuditKey());
        foreach (var check in DatabaseVerification.Names)
        {
            (await verification.RunAsync(check, (_, _) => { }, Ended)).Findings.ShouldBeEmpty(check);
        }

        await _database.ExecuteAsync("UPDATE dispute SET stage = 10 WHERE id = 1; UPDATE dispute SET risk = 1 WHERE id = 2; DELETE FROM dispute WHERE id = 3");

        var findings = (await verification.RunAsync("disputes", (_, _) => { }, Ended)).Findings;
        findings.Select(finding => (finding.Kind, finding.Arguments[^1])).ShouldBe(
            [(FindingKind.DisputeDiffers, "Closed"), (FindingKind.DisputeDiffers, "Red"), (FindingKind.EventWithoutDispute, (object)3L)]);
    }

    [Fact]
    public async Task What_was_closed_longer_ago_than_it_is_kept_is_erased()
    {
        var store = await _database.OpenStoreAsync();
        await new DisputeStore(store).RegisterAsync([Draft, Draft], "test", Ended);
        await CloseAsync(store, 1);
        await _database.ExecuteAsync("UPDATE dispute SET closed_at = '2020-01-01T00:00:00.000Z' WHERE id = 1");
        var audit = new AuditLog(store, new NoAuditKey(), TimeProvider.System);

        (await new PersonErasure(store, audit, new PrivacyOptions { DisputeRetentionDays = 0 }, TimeProvider.System).EraseOldAsync(_ => { }, Ended)).ShouldBe(0);
        (await new PersonErasure(store, audit, new PrivacyOptions(), TimeProvider.System).EraseOldAsync(_ => { }, Ended)).ShouldBe(1);

        (await _database.ScalarAsync<long>("SELECT COUNT(*) FROM dispute_party WHERE name_sealed IS NULL")).ShouldBe(2);
        new PrivacyOptions { DisputeRetentionDays = 5 }.Problems().ShouldHaveSingleItem().ShouldContain("Privacy:DisputeRetentionDays");
    }

    private static async Task CloseAsync(Data.Storage.Store store, long id)
    {
        await new MediationStore(store, new AuditLog(store, new NoAuditKey(), TimeProvider.System))
            .SaveAsync(new MediationBody { Code = "tw", Name = "调委会", Kind = "people" }, ChangedBy.Program, Ended);
        foreach (var stage in new[] { DisputeStage.Accepted, DisputeStage.Assigned, DisputeStage.Mediating, DisputeStage.Agreed, DisputeStage.Closed })
        {
            var move = new DisputeMove(stage, stage == DisputeStage.Assigned ? "tw" : null, AgreementForm.Oral) { Resolution = $"{Name}同意" };
            (await new DisputeStore(store).MoveAsync(Sight.OfTheProgram, id, move, "test", Ended)).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>Who sees people of disputes over HTTP, and that it is on record.</summary>
[Collection(nameof(RunningProgram))]
public sealed class DisputeViewingTests(RunningProgram program)
{
    [Fact]
    public async Task Who_may_see_people_sees_them_and_each_time_is_on_record()
    {
        var registered = (await program.Api.PostAsync(
            "/api/v1/disputes", """{"source":"judicial","category":"02","title":"噪声","parties":[{"role":"applicant","name":"李小明","phone":"13812345678"}]}""")).ShouldBe(HttpStatusCode.Created);
        var number = registered.Json.GetProperty("number").GetString();

        (await ReadAsync(Role.Viewer, registered.Id)).ShouldBe("李**");
        (await RecordsAsync(number)).ShouldBe(0);
        (await ReadAsync(Role.Dispatcher, registered.Id)).ShouldBe("李小明");
        (await RecordsAsync(number)).ShouldBe(1);
    }

    [Fact]
    public async Task A_person_is_found_in_disputes_by_those_who_may_see_people_and_by_nobody_else()
    {
        var id = (await program.Api.PostAsync(
            "/api/v1/disputes", """{"source":"judicial","category":"02","title":"噪声","parties":[{"role":"applicant","name":"诸葛寻","phone":"13900001111"}]}""")).ShouldBe(HttpStatusCode.Created).Id;

        (await SearchAsync(Role.Dispatcher)).ShouldBe((HttpStatusCode.OK, id));
        (await SearchAsync(Role.Viewer)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<(HttpStatusCode Status, long Id)> SearchAsync(Role role)
    {
        using var http = await TestAccess.SignedInAsync(program.Address, role);
        using var body = new StringContent("""{"name":"诸葛寻"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/v1/disputes/search", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldNotContain("诸葛");
        return (answer.StatusCode, answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetInt64() : 0);
    }

    private async Task<string?> ReadAsync(Role role, long id)
    {
        using var http = await TestAccess.SignedInAsync(program.Address, role);
        var text = await http.GetStringAsync(new Uri($"/api/v1/disputes/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.GetProperty("parties")[0].GetProperty("name").GetString();
    }

    private async Task<int> RecordsAsync(string? number)
    {
        using var auditor = await TestAccess.SignedInAsync(program.Address, Role.Auditor);
        var text = await auditor.GetStringAsync(new Uri("/api/v1/audit?action=person.viewed", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("object").GetString() == number);
    }
}
