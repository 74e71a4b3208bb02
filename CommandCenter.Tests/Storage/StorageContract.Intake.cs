using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task The_same_external_id_inside_one_call_makes_one_incident()
    {
        var taken = await _incidents.TakeInAsync([Report("一", "x"), Report("二"), Report("三", "x"), Report("四", "y")], Ended);

        taken.Select(t => t.Created).ShouldBe([true, true, false, true]);
        (taken[2] with { Created = true }).ShouldBe(taken[0]);
        (await WholeLogAsync()).Select(e => e.Title).ShouldBe(["一", "二", "四"]);
    }

    [Fact]
    public async Task The_same_external_id_again_is_answered_with_the_first_as_it_stands_now()
    {
        var first = await TakeInAsync(Report("一", "x"));
        await _incidents.MoveAsync(Sight.OfTheProgram, first.Id, IncidentStatus.Accepted, "desk", note: null, Ended);

        var again = await TakeInAsync(Report("别的内容", "x"));

        again.ShouldBe(first with { Created = false, Status = IncidentStatus.Accepted });
        (await WholeLogAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task External_ids_are_told_apart_by_source_and_by_every_character()
    {
        string[] ids = ["a", "A", "ａ", "á", "a\u0301", "ab", "编号", "１", "1"];

        var taken = await _incidents.TakeInAsync(
            [.. ids.Select(id => Report(externalId: id)), .. ids.Select(id => Report(externalId: id) with { Source = "110" })], Ended);
        var again = await _incidents.TakeInAsync([.. ids.Select(id => Report(externalId: id))], Ended);

        taken.ShouldAllBe(t => t.Created);
        again.Select(t => (t.Created, t.Id)).ShouldBe(taken.Take(ids.Length).Select(t => (false, t.Id)));
    }

    [Fact]
    public async Task Concurrent_calls_on_two_nodes_with_the_same_external_ids_make_each_incident_once()
    {
        IncidentStore[] nodes = [_incidents, new IncidentStore(await _database.OpenStoreAsync())];
        string[] ids = ["a", "b", "c", "d", "e"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(caller =>
            nodes[caller % 2].TakeInAsync([.. ids.Skip(caller % 5).Concat(ids.Take(caller % 5)).Select(id => Report(id, id))], Ended)));

        var byId = answers.SelectMany((answer, caller) => answer.Select((taken, i) => (External: ids[(i + caller) % 5], taken))).ToLookup(t => t.External, t => t.taken);
        byId.Count.ShouldBe(5);
        byId.ShouldAllBe(same => same.Count(t => t.Created) == 1 && same.Select(t => t.Id).Distinct().Count() == 1);
        (await WholeLogAsync()).Select(e => e.Title).Order().ShouldBe(ids);
    }

    [Fact]
    public async Task A_long_batch_with_external_ids_is_answered_in_order()
    {
        var batch = Enumerable.Range(0, 1_200).Select(i => Report($"第{i}条", i % 3 == 0 ? null : $"id-{i}")).ToList();

        var taken = await _incidents.TakeInAsync(batch, Ended);
        var again = await _incidents.TakeInAsync(batch, Ended);

        taken.Select(t => t.Id).ShouldBe(Enumerable.Range(1, 1_200).Select(i => (long)i));
        again.Index().ShouldAllBe(t => t.Index % 3 == 0 ? t.Item.Created : !t.Item.Created && t.Item.Id == taken[t.Index].Id);
        (await _log.HeadAsync(Ended)).ShouldBe(1_600);
    }

    [Fact]
    public async Task Numbers_begin_anew_each_county_day()
    {
        var clock = new ClockAt(DateTimeOffset.Parse("2026-11-22T15:59:59.999Z", CultureInfo.InvariantCulture));
        var incidents = new IncidentStore(await _database.OpenStoreAsync(clock));

        var evening = await incidents.TakeInAsync([Report(), Report()], Ended);
        clock.Now = clock.Now.AddMilliseconds(1);
        var morning = await incidents.TakeInAsync([Report()], Ended);
        clock.Now = clock.Now.AddMilliseconds(-1);
        var late = await incidents.TakeInAsync([Report()], Ended);

        evening.Concat(morning).Concat(late).Select(t => t.Number)
            .ShouldBe(["20261122-00001", "20261122-00002", "20261123-00001", "20261122-00003"]);
    }

    [Fact]
    public async Task Numbers_given_out_at_once_on_two_nodes_are_each_given_once()
    {
        var clock = new ClockAt(DateTimeOffset.Parse("2026-11-22T04:00:00Z", CultureInfo.InvariantCulture));
        IncidentStore[] nodes = [new(await _database.OpenStoreAsync(clock)), new(await _database.OpenStoreAsync(clock))];

        var taken = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => nodes[i % 2].TakeInAsync([Report(), Report()], Ended)));

        taken.SelectMany(t => t).Select(t => t.Number).Order()
            .ShouldBe(Enumerable.Range(1, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"20261122-{i:00000}")));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Text_comes_back_exactly_as_it_was_sent(string text)
    {
        var report = Report(text, $"id {text} id") with { Description = text, Address = text, ReporterName = $"甲{text}", ReporterPhone = "138 1234-8000" };

        var taken = await TakeInAsync(report);
        await _incidents.MoveAsync(Sight.OfTheProgram, taken.Id, IncidentStatus.Accepted, text, text, Ended);

        var found = (await _queries.FindAsync(Sight.OfTheProgram, taken.Id, Ended)).ShouldNotBeNull();
        (found.Title, found.Description, found.Address, found.ReporterName, found.ReporterPhone, found.ExternalId)
            .ShouldBe((text, text, text, $"甲{text}", "138 1234-8000", $"id {text} id"));
        var history = await _log.HistoryAsync(Sight.OfTheProgram, taken.Id, Ended);
        (history[0].Title, history[1].Actor, ((Data.Events.IncidentMoved)history[1].Event).Note).ShouldBe((text, text, text));
        (await TakeInAsync(report)).Created.ShouldBeFalse();
    }

    public static TheoryData<string> HostileTexts => new(
        "占用消防通道，请尽快处理",
        "𠮷野家门口 🚒👨‍👩‍👧‍👦🇨🇳",
        "‏مرحبا‎ שלום \u202Eabc\u202C",
        "e\u0301 é Å Å ﬁ",
        "'; DROP TABLE incident; --",
        "<script>alert('1')</script>&amp;\"",
        "  两头有空格  ",
        "第一行\n第二行\r\n\t第三行",
        "100% [a-z]_ \\ {0} @id $1 `",
        "\uFFFD\u200B\uFEFF\uE000\u2028");

    [Fact]
    public async Task Texts_at_their_limits_fit()
    {
        string Long(int length) => string.Concat(Enumerable.Repeat("𠮷", length / 2));
        var report = Report(Long(IncidentLimits.Title), new string('i', IncidentLimits.ExternalId)) with
        {
            Source = new string('s', IncidentLimits.Source),
            Description = Long(IncidentLimits.Description),
            Address = Long(IncidentLimits.Address),
            ReporterName = Long(IncidentLimits.ReporterName),
            ReporterPhone = new string('1', IncidentLimits.ReporterPhone),
            GridCode = "990101001001001",
        };

        var taken = await TakeInAsync(report);
        await _incidents.MoveAsync(Sight.OfTheProgram, taken.Id, IncidentStatus.Accepted, Long(IncidentLimits.Actor), Long(IncidentLimits.Note), Ended);

        var found = (await _queries.FindAsync(Sight.OfTheProgram, taken.Id, Ended)).ShouldNotBeNull();
        (found.Title, found.Description, found.Address, found.ReporterName, found.ReporterPhone, found.ExternalId, found.Source)
            .ShouldBe((report.Title, report.Description, report.Address, report.ReporterName, report.ReporterPhone, report.ExternalId, report.Source));
        (await _log.HistoryAsync(Sight.OfTheProgram, taken.Id, Ended))[1].Actor.ShouldBe(Long(IncidentLimits.Actor));
    }

    [Fact]
    public async Task A_text_longer_than_its_column_is_refused_and_never_cut_off()
    {
        await Should.ThrowAsync<ArgumentException>(TakeInAsync(Report(new string('长', IncidentLimits.Title + 1))));

        (await WholeLogAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-11-22T08:15:30.001Z")]
    [InlineData("2026-11-22T08:15:30.999Z")]
    [InlineData("2026-11-22T08:15:30.000Z")]
    [InlineData("2000-01-01T00:00:00.000Z")]
    [InlineData("2028-02-29T23:59:59.997Z")]
    [InlineData("9999-11-30T23:59:59.999Z")]
    public async Task Instants_come_back_to_the_millisecond(string text)
    {
        var instant = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var clock = new ClockAt(instant.AddTicks(9_999));
        var incidents = new IncidentStore(await _database.OpenStoreAsync(clock));

        var taken = (await incidents.TakeInAsync([Report() with { OccurredAt = instant.UtcDateTime }], Ended))[0];
        await incidents.MoveAsync(Sight.OfTheProgram, taken.Id, IncidentStatus.Accepted, "desk", note: null, Ended);
        await incidents.MoveAsync(Sight.OfTheProgram, taken.Id, IncidentStatus.InProgress, "desk", note: null, Ended);
        await incidents.MoveAsync(Sight.OfTheProgram, taken.Id, IncidentStatus.Closed, "desk", note: null, Ended);

        var found = (await _queries.FindAsync(Sight.OfTheProgram, taken.Id, Ended)).ShouldNotBeNull();
        DateTime?[] instants = [taken.ReceivedAt, found.OccurredAt, found.ReceivedAt, found.AcceptedAt, found.StartedAt, found.ClosedAt, found.AcceptBy.AddHours(-2), found.FinishBy.AddDays(-7)];
        instants.ShouldAllBe(at => at == instant.UtcDateTime && at.Value.Kind == DateTimeKind.Utc);
        (await _log.HistoryAsync(Sight.OfTheProgram, taken.Id, Ended)).ShouldAllBe(e => e.RecordedAt == instant.UtcDateTime);
        (await _queries.ListAsync(Sight.OfTheProgram, Everything with { From = instant.UtcDateTime, To = instant.UtcDateTime.AddMilliseconds(1) }, Ended)).ShouldHaveSingleItem();
        (await _queries.ListAsync(Sight.OfTheProgram, Everything with { From = instant.UtcDateTime.AddMilliseconds(1) }, Ended)).ShouldBeEmpty();
        (await _queries.ListAsync(Sight.OfTheProgram, Everything with { To = instant.UtcDateTime }, Ended)).ShouldBeEmpty();
    }
}
