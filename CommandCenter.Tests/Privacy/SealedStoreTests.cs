using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Privacy;

/// <summary>People in the embedded store: what its file holds, and what a start does about keys.</summary>
public sealed class SealedStoreTests : IAsyncDisposable
{
    private static readonly Sight Masked = AccessPolicy.SightOf(Subject.OfKey(1, "reader", KeyScopes.Read), Permission.SeeIncidents)!;

    private const string Name = "欧阳婉如", Phone = "13857123456", Id = "11010519491231002X", Address = "云溪县城关镇清溪弄 27 号";

    private readonly SqliteDatabase _database = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private static IncidentReport Report(string title = "占用消防通道") => new(
        "110", null, "0401", Urgency.Normal, title, null, null, null, null, null, false, Address, null, Name, Phone, Id);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Neither_the_file_nor_its_log_holds_a_name_a_phone_an_identity_number_or_an_address()
    {
        var store = await _database.OpenStoreAsync();
        await new IncidentStore(store).TakeInAsync([.. Enumerable.Repeat(Report(), 200)], Ended);
        await new IncidentStore(store).MoveAsync(Sight.OfTheProgram, 1, IncidentStatus.Accepted, "desk", $"已电联{Name}，{Phone}", Ended);

        ShouldBeNowhere(Name, Phone, Id, Address, "清溪弄");
        var found = await new IncidentQueries(store).FindAsync(Sight.OfTheProgram, 1, Ended);
        (found!.ReporterName, found.ReporterPhone, found.ReporterIdNumber, found.Address).ShouldBe((Name, Phone, Id, Address));
    }

    [Fact]
    public async Task In_a_large_piece_with_reports_that_were_known_each_row_opens_to_its_own_person()
    {
        var store = await _database.OpenStoreAsync();
        var incidents = new IncidentStore(store);
        IncidentReport Of(int i) => Report() with { ExternalId = $"r{i}", ReporterName = $"王{i}", Address = $"幸福路 {i} 号" };
        await incidents.TakeInAsync([Of(300), Of(41), Of(500)], Ended);

        var taken = await incidents.TakeInAsync([.. Enumerable.Range(0, 1_000).Select(Of)], Ended);

        taken.Count(one => one.Created).ShouldBe(997);
        var listed = await new IncidentQueries(store).ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 2_000), Ended);
        listed.ToDictionary(incident => incident.ExternalId!, incident => (incident.ReporterName, incident.Address))
            .ShouldBe(Enumerable.Range(0, 1_000).ToDictionary(i => $"r{i}", i => ((string?)$"王{i}", (string?)$"幸福路 {i} 号")), ignoreOrder: true);
    }

    [Fact]
    public async Task Who_may_not_see_people_sees_them_masked_in_every_text()
    {
        var store = await _database.OpenStoreAsync();
        await new IncidentStore(store).TakeInAsync([Report($"{Name}反映，电话 138 5712 3456") with { Description = $"欧阳女士（{Id}）" }], Ended);

        var found = (await new IncidentQueries(store).FindAsync(Masked, 1, Ended))!;

        (found.ReporterName, found.ReporterPhone, found.ReporterIdNumber, found.Address).ShouldBe(("欧**", "138****3456", "110***********002X", "云溪县城关镇**"));
        found.Title.ShouldBe("欧阳**反映，电话 138 **** 3456");
        found.Description.ShouldBe("欧阳**（110***********002X）");
        (await new Data.Live.BoardLoader(store).LoadAsync(Ended)).OpenById.Find(1)!.Title.ShouldBe(found.Title);
        (await new Data.Events.EventLog(store).ReadAfterAsync(0, 10, Ended))[0].Title.ShouldBe(found.Title);
    }

    [Fact]
    public async Task A_value_swapped_with_another_rows_shows_nobody()
    {
        var store = await _database.OpenStoreAsync();
        await new IncidentStore(store).TakeInAsync([Report(), Report() with { ReporterName = "李四" }], Ended);
        await _database.ExecuteAsync("UPDATE incident SET reporter_name_sealed = (SELECT reporter_name_sealed FROM incident WHERE id = 2) WHERE id = 1");

        (await new IncidentQueries(store).FindAsync(Sight.OfTheProgram, 1, Ended))!.ReporterName.ShouldBeNull();
        (await new IncidentQueries(store).FindAsync(Sight.OfTheProgram, 2, Ended))!.ReporterName.ShouldBe("李四");
    }

    [Fact]
    public async Task What_a_database_from_before_holds_as_plain_text_is_sealed_at_the_next_start_and_leaves_no_trace()
    {
        var first = await _database.OpenStoreAsync();
        await new IncidentStore(first).TakeInAsync([.. Enumerable.Range(0, 1_203).Select(_ => Report() with { Address = null, ReporterName = null, ReporterPhone = null, ReporterIdNumber = null })], Ended);
        await _database.ExecuteAsync(
            $"UPDATE incident SET title = '{Name}来电', address = '{Address}', reporter_name = '{Name}', reporter_phone = '{Phone}' WHERE id <> 600; UPDATE privacy_mark SET value = 1203");
        Encoding.UTF8.GetString(Bytes()).ShouldContain("清溪弄");

        var store = await _database.OpenStoreAsync();

        ShouldBeNowhere(Phone, "清溪弄");
        (await _database.ScalarAsync<long>("SELECT COUNT(*) FROM incident WHERE address IS NOT NULL OR reporter_name IS NOT NULL OR reporter_phone IS NOT NULL")).ShouldBe(0);
        (await _database.ScalarAsync<long>("SELECT value FROM privacy_mark WHERE name = 'plain'")).ShouldBe(0);
        var found = await new IncidentQueries(store).ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 2_000) { Person = new(Name, Phone, null) }, Ended);
        found.Count.ShouldBe(1_202);
        found.ShouldAllBe(incident => incident.ReporterName == Name && incident.Address == Address && incident.ReporterPhone == Phone);
        (await new IncidentQueries(store).FindAsync(Masked, 1, Ended))!.Title.ShouldBe("欧阳**来电");
    }

    [Fact]
    public async Task People_are_found_exactly_and_by_nothing_less()
    {
        var store = await _database.OpenStoreAsync();
        await new IncidentStore(store).TakeInAsync([Report(), Report() with { ReporterPhone = "13900000000" }, Report() with { ReporterName = "李四", ReporterIdNumber = null }], Ended);

        (await FindAsync(new(null, "+86 138 5712 3456", null))).ShouldBe([3, 1]);
        (await FindAsync(new(Name, null, null))).ShouldBe([2, 1]);
        (await FindAsync(new("李四", Phone, null))).ShouldBe([3]);
        (await FindAsync(new(null, null, Id.ToLowerInvariant()))).ShouldBe([2, 1]);
        (await FindAsync(new("欧阳", null, null))).ShouldBeEmpty();
        (await FindAsync(new(null, "--", null))).ShouldBeEmpty();

        async Task<IEnumerable<long>> FindAsync(PersonFilter person) =>
            (await new IncidentQueries(store).ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 50) { Person = person }, Ended)).Select(i => i.Id);
    }

    [Fact]
    public async Task A_start_without_the_key_file_or_with_another_databases_is_refused_and_changes_nothing()
    {
        await _database.OpenStoreAsync();
        var keys = $"{_database.File}.keys";
        File.Move(keys, $"{keys}.aside");
        await ShouldRefuseAsync("is missing", "Put the file back", "Nothing was changed.");
        File.Exists(keys).ShouldBeFalse("A new key would open nothing.");

        Data.Privacy.KeyFile.Make(keys, DateTime.UnixEpoch);
        await ShouldRefuseAsync("lacks the key", "Put the right file back");

        File.Move($"{keys}.aside", keys, overwrite: true);
        await _database.OpenStoreAsync();
    }

    private async Task ShouldRefuseAsync(params string[] words)
    {
        var refusal = await Should.ThrowAsync<StoreUnavailableException>(_database.OpenStoreAsync());
        refusal.Fault.ShouldBe(StoreFault.Misconfigured);
        words.ShouldAllBe(word => refusal.Message.Contains(word));
    }

    private void ShouldBeNowhere(params string[] texts)
    {
        var bytes = Bytes();
        foreach (var text in texts)
        {
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)).ShouldBe(-1, text);
        }
    }

    // The file and the log before it.
    private byte[] Bytes() => [.. new[] { _database.File, $"{_database.File}-wal" }.Where(File.Exists).SelectMany(ReadShared)];

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
