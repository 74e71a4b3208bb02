using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private static readonly IncidentFilter Everything = new(Status: null, Category: null, Area: null, From: null, To: null, After: null, Limit: 500);

    [Fact]
    public async Task An_incident_moves_on_step_by_step_and_its_history_tells_all_of_it()
    {
        var id = (await TakeInAsync(Report())).Id;

        foreach (var to in new[] { IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed })
        {
            (await _incidents.MoveAsync(Sight.OfTheProgram, id, to, "desk", $"到{to}", Ended)).ShouldBe(new MoveResult(MoveOutcome.Moved, to));
        }

        var history = await _log.HistoryAsync(Sight.OfTheProgram, id, Ended);
        history.Select(e => e.Position).ShouldBe([1, 2, 3, 4]);
        history[0].Event.ShouldBeOfType<IncidentReported>().Number.ShouldBe((await _queries.FindAsync(Sight.OfTheProgram, id, Ended))!.Number);
        history.Skip(1).Select(e => e.Event).ShouldBe(
        [
            new IncidentMoved(IncidentStatus.Reported, IncidentStatus.Accepted, "到Accepted"),
            new IncidentMoved(IncidentStatus.Accepted, IncidentStatus.InProgress, "到InProgress"),
            new IncidentMoved(IncidentStatus.InProgress, IncidentStatus.Closed, "到Closed"),
        ]);
    }

    [Fact]
    public async Task Moves_that_lead_nowhere_say_so_and_leave_no_trace()
    {
        var id = (await TakeInAsync(Report())).Id;

        (await _incidents.MoveAsync(Sight.OfTheProgram, id, IncidentStatus.Closed, "desk", "跳步", Ended)).ShouldBe(new MoveResult(MoveOutcome.NotAllowed, IncidentStatus.Reported));
        (await _incidents.MoveAsync(Sight.OfTheProgram, id, IncidentStatus.Reported, "desk", note: null, Ended)).ShouldBe(new MoveResult(MoveOutcome.AlreadyThere, IncidentStatus.Reported));
        (await _incidents.MoveAsync(Sight.OfTheProgram, id + 1, IncidentStatus.Accepted, "desk", note: null, Ended)).Outcome.ShouldBe(MoveOutcome.NotFound);

        (await WholeLogAsync()).ShouldHaveSingleItem();
        (await _queries.FindAsync(Sight.OfTheProgram, id, Ended))!.Status.ShouldBe(IncidentStatus.Reported);
    }

    [Fact]
    public async Task Of_many_who_accept_at_once_on_two_nodes_one_does()
    {
        IncidentStore[] nodes = [_incidents, new IncidentStore(await _database.OpenStoreAsync())];
        var id = (await TakeInAsync(Report())).Id;

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => nodes[i % 2].MoveAsync(Sight.OfTheProgram, id, IncidentStatus.Accepted, $"desk {i}", note: null, Ended)));

        results.Count(r => r.Outcome == MoveOutcome.Moved).ShouldBe(1);
        results.Count(r => r.Outcome == MoveOutcome.AlreadyThere).ShouldBe(9);
        (await _log.HistoryAsync(Sight.OfTheProgram, id, Ended)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_report_taken_in_and_moved_in_one_transaction_is_kept_as_a_whole()
    {
        await _store.WriteAsync(
            session =>
            {
                var taken = IncidentStore.TakeIn(session, [Report()], session.Now)[0];
                return IncidentStore.Move(session, taken.Id, IncidentStatus.Accepted, "desk", note: null, session.Now);
            },
            Ended);

        (await _queries.FindAsync(Sight.OfTheProgram, 1, Ended))!.Status.ShouldBe(IncidentStatus.Accepted);
    }

    [Fact]
    public async Task A_listing_goes_page_by_page_from_the_newest_while_reports_come_in()
    {
        await _incidents.TakeInAsync([.. Enumerable.Range(1, 7).Select(i => Report($"{i}"))], Ended);
        var ids = new List<long>();
        var page = await _queries.ListAsync(Sight.OfTheProgram, Everything with { Limit = 3 }, Ended);
        while (page.Count > 0)
        {
            ids.AddRange(page.Select(i => i.Id));
            await TakeInAsync(Report("新来的"));
            page = await _queries.ListAsync(Sight.OfTheProgram, Everything with { Limit = 3, After = ids[^1] }, Ended);
        }

        ids.ShouldBe([7, 6, 5, 4, 3, 2, 1]);
    }

    [Fact]
    public async Task A_listing_is_narrowed_by_status_category_area_and_time()
    {
        var clock = new ClockAt(DateTimeOffset.Parse("2026-11-22T04:00:00Z", CultureInfo.InvariantCulture));
        var incidents = new IncidentStore(await _database.OpenStoreAsync(clock));
        (string Category, string? Grid)[] reports =
            [("0401", "990101001001001"), ("0499", "990101001001002"), ("04", "990101002001001"), ("0301", "990102001001001"), ("1101", null), ("01", "990101010001001")];
        foreach (var (category, grid) in reports)
        {
            await incidents.TakeInAsync([Report() with { Category = category, GridCode = grid, OutsideGrids = grid is null }], Ended);
            clock.Now = clock.Now.AddMinutes(1);
        }

        await incidents.MoveAsync(Sight.OfTheProgram, 2, IncidentStatus.Accepted, "desk", note: null, Ended);
        await incidents.MoveAsync(Sight.OfTheProgram, 3, IncidentStatus.Accepted, "desk", note: null, Ended);
        await incidents.MoveAsync(Sight.OfTheProgram, 3, IncidentStatus.InProgress, "desk", note: null, Ended);
        async Task<IEnumerable<long>> Ids(IncidentFilter filter) => (await _queries.ListAsync(Sight.OfTheProgram, filter, Ended)).Select(i => i.Id);
        var start = new DateTime(2026, 11, 22, 4, 0, 0, DateTimeKind.Utc);

        (await Ids(Everything with { Category = "04" })).ShouldBe([3, 2, 1]);
        (await Ids(Everything with { Category = "0401" })).ShouldBe([1]);
        (await Ids(Everything with { Category = "01" })).ShouldBe([6]);
        (await Ids(Everything with { Area = "990101" })).ShouldBe([6, 3, 2, 1]);
        (await Ids(Everything with { Area = "990101001" })).ShouldBe([2, 1]);
        (await Ids(Everything with { Area = "990101001001002" })).ShouldBe([2]);
        (await Ids(Everything with { Status = [IncidentStatus.Accepted] })).ShouldBe([2]);
        (await Ids(Everything with { Status = [IncidentStatus.Accepted, IncidentStatus.InProgress] })).ShouldBe([3, 2]);
        (await Ids(Everything with { From = start.AddMinutes(4) })).ShouldBe([6, 5]);
        (await Ids(Everything with { To = start.AddMinutes(1) })).ShouldBe([1]);
        (await Ids(new IncidentFilter([IncidentStatus.Reported], "04", "990101", start, start.AddMinutes(1), After: 5, Limit: 1))).ShouldBe([1]);
    }

    [Fact]
    public async Task Everything_about_an_incident_comes_back()
    {
        var occurred = new DateTime(2026, 11, 21, 23, 59, 59, 5, DateTimeKind.Utc);
        var report = new IncidentReport(
            "110", "A-1", "0401", Urgency.Critical, "题", "述", 105.123456789012, 30.987654321098, "gcj02", "990101001001001", false, "址", occurred, "张三", "13812348000");

        var taken = await TakeInAsync(report);

        var found = (await _queries.FindAsync(Sight.OfTheProgram, taken.Id, Ended)).ShouldNotBeNull();
        new IncidentReport(
            found.Source, found.ExternalId, found.Category, found.Urgency, found.Title, found.Description, found.Lon, found.Lat, found.SourceCrs,
            found.GridCode, found.OutsideGrids, found.Address, found.OccurredAt, found.ReporterName, found.ReporterPhone).ShouldBe(report);
        (found.Id, found.Number, found.ReceivedAt, found.Status).ShouldBe((taken.Id, taken.Number, taken.ReceivedAt, IncidentStatus.Reported));
        (found.AcceptBy - found.ReceivedAt, found.FinishBy - found.ReceivedAt).ShouldBe((TimeSpan.FromMinutes(15), TimeSpan.FromHours(2)));
        (found.AcceptedAt, found.StartedAt, found.ClosedAt).ShouldBe((null, null, null));
        (await _queries.FindAsync(Sight.OfTheProgram, taken.Id + 1, Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task The_board_loaded_from_the_tables_is_the_one_folded_from_the_log()
    {
        await _incidents.TakeInAsync([Report("一"), Report("二") with { GridCode = "990101001001001", OutsideGrids = false }, Report("三") with { Longitude = null, Latitude = null, OutsideGrids = false }], Ended);
        foreach (var to in new[] { IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed })
        {
            await _incidents.MoveAsync(Sight.OfTheProgram, 2, to, "desk", "好", Ended);
        }

        var loaded = await new BoardLoader(_store).LoadAsync(Ended);

        loaded.Position.ShouldBe(6);
        loaded.Same(LiveBoard.Apply(LiveBoard.Empty, await WholeLogAsync())).ShouldBeTrue();
    }
}
