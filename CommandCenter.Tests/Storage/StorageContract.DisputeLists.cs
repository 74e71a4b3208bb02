using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private static readonly Sight MaskedDisputes = AccessPolicy.SightOf(Subject.OfAccount(1, "x", Role.Viewer), Permission.SeeDisputes)!;

    [Fact]
    public async Task A_listing_of_disputes_is_narrowed_by_each_filter_and_goes_page_by_page()
    {
        await WithBodiesAsync();
        var old = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var first = await MediatingAsync(Draft("一") with { Risk = DisputeRisk.Red, Area = "990101002001001", RegisteredAt = old });
        var second = (await RegisterAsync(Draft("二") with { Category = "17", Area = "990101003001001", Origin = DisputeOrigin.Police })).Id;
        var third = (await RegisterAsync(Draft("三") with { Area = null })).Id;
        await Disputes.TurnCriminalAsync(Sight.OfTheProgram, third, "伤人", "test", Ended);
        async Task<IEnumerable<long>> Ids(DisputeFilter filter) => (await DisputeRegister.ListAsync(Sight.OfTheProgram, filter, Ended)).Select(d => d.Id);
        var none = new DisputeFilter();

        (await Ids(none)).ShouldBe([third, second, first]);
        (await Ids(none with { Stages = [DisputeStage.Mediating] })).ShouldBe([first]);
        (await Ids(none with { Risks = [DisputeRisk.Red, DisputeRisk.Orange] })).ShouldBe([first]);
        (await Ids(none with { Category = "17" })).ShouldBe([second]);
        (await Ids(none with { Area = "990101" })).ShouldBe([second, first]);
        (await Ids(none with { Area = "990101002" })).ShouldBe([first]);
        (await Ids(none with { Body = People })).ShouldBe([first]);
        (await Ids(none with { Body = "" })).ShouldBe([third, second]);
        (await Ids(none with { Origin = DisputeOrigin.Police })).ShouldBe([second]);
        (await Ids(none with { Open = false })).ShouldBeEmpty();
        (await Ids(none with { Open = true, Criminal = true })).ShouldBe([third]);
        (await Ids(none with { DueBy = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40) })).ShouldBe([first]);
        (await Ids(none with { DueBy = DateOnly.FromDateTime(DateTime.UtcNow) })).ShouldBeEmpty();
        (await Ids(none with { DueFrom = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(20) })).ShouldBe([first]);
        (await Ids(none with { DueFrom = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40) })).ShouldBeEmpty();
        (await Ids(none with { To = old.AddDays(1) })).ShouldBe([first]);
        (await Ids(none with { From = old.AddDays(1) })).ShouldBe([third, second]);
        (await Ids(none with { After = third, Limit = 1 })).ShouldBe([second]);
    }

    [Fact]
    public async Task Who_is_in_dispute_is_found_by_name_and_phone_and_shown_masked_to_those_who_may_not_see_people()
    {
        var id = (await RegisterAsync(Draft("欧阳婉如与邻居争水") with
        {
            Summary = "欧阳女士（13857123456）称王大力断水",
            Place = "云溪县城关镇清溪弄 27 号",
            Parties = [new(PartyRole.Applicant, "欧阳婉如", "13857123456", "11010519491231002X", "云溪县城关镇清溪弄 27 号"), new(PartyRole.Respondent, "王大力", null, null, null)],
        })).Id;
        await MoveAsync(id, new DisputeMove(DisputeStage.Accepted, Note: "王大力已到场，电话 138 5712 3456"));

        var seen = (await DisputeRegister.FindAsync(Sight.OfTheProgram, id, Ended))!;
        var masked = (await DisputeRegister.FindAsync(MaskedDisputes, id, Ended))!;
        async Task<int> Found(PersonFilter person) => (await DisputeRegister.ListAsync(Sight.OfTheProgram, new DisputeFilter { Person = person }, Ended)).Count;

        (seen.Parties[0].IdNumber, seen.Parties[0].Address, seen.Dispute.Place).ShouldBe(("11010519491231002X", "云溪县城关镇清溪弄 27 号", "云溪县城关镇清溪弄 27 号"));
        masked.Parties.ShouldBe([new(PartyRole.Applicant, "欧**", "138****3456", "110***********002X", "云溪县城关镇**"), new(PartyRole.Respondent, "王**", null, null, null)]);
        (masked.Dispute.Title, masked.Dispute.Summary, masked.Dispute.Place).ShouldBe(("欧阳**与邻居争水", "欧阳**（138****3456）称王**断水", "云溪县城关镇**"));
        (await DisputeRegister.ListAsync(MaskedDisputes, new DisputeFilter(), Ended))[0].Title.ShouldBe("欧阳**与邻居争水");
        (await DisputeRegister.HistoryAsync(MaskedDisputes, id, Ended))[^1].Event.ToString()!.ShouldContain("王**已到场，电话 138 **** 3456");
        ((await Found(new("欧阳婉如", null, null))), await Found(new(null, "+86 13857123456", null)), await Found(new("王大力", "13857123456", null)), await Found(new("欧阳", null, null))).ShouldBe((1, 1, 0, 0));
    }

    [Fact]
    public async Task What_is_counted_follows_each_change_on_any_node_and_its_parts_sum_to_the_whole()
    {
        await WithBodiesAsync();
        using var counts = new DisputeCounts(await _database.OpenStoreAsync(), TimeProvider.System);
        string?[] areas = ["990101002001001", "990101003001001", "990101003001002", null];
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            await Disputes.RegisterAsync([.. Enumerable.Range(0, 5).Select(_ => Draft() with { Area = areas[random.Next(4)], Risk = (DisputeRisk)random.Next(1, 5) })], "test", Ended);
            foreach (var dispute in (await DisputeRegister.ListAsync(Sight.OfTheProgram, new DisputeFilter { Open = true, Limit = 500 }, Ended)).Where(_ => random.Next(2) == 0))
            {
                var next = DisputeLifecycle.Next(dispute.Stage);
                await MoveAsync(dispute.Id, new DisputeMove(next[random.Next(next.Count)], dispute.Stage == DisputeStage.Accepted ? People : null, AgreementForm.Oral, ReferralKind.Litigation, "因"));
            }

            var stored = await DisputeRegister.ListAsync(Sight.OfTheProgram, new DisputeFilter { Limit = 500 }, Ended);
            var backlog = await counts.BacklogAsync(Sight.OfTheProgram, null, 3, Ended);
            var open = stored.Count(dispute => dispute.ClosedAt is null);
            (backlog.Open, backlog.ByStage.Values.Sum(), backlog.ByAge.Values.Sum(), backlog.ByRisk.Values.Sum(), backlog.ByTown.Sum(t => t.Open), backlog.ByBody.Sum(b => b.Open))
                .ShouldBe((open, open, open, open, open, open));
            (backlog.Flow.Sum(day => day.Inflow), backlog.Flow.Sum(day => day.Outflow)).ShouldBe((stored.Count, stored.Count - open));
            backlog.ByStage.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key).ShouldBe(
                stored.Where(d => d.ClosedAt is null).GroupBy(d => d.Stage).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key, g.Count())));
            var town = AccessPolicy.SightOf(Subject.OfAccount(1, "x", Role.AreaStaff, "990101003"), Permission.SeeDisputes)!;
            (await counts.BacklogAsync(town, null, 3, Ended)).Open.ShouldBe((await DisputeRegister.ListAsync(town, new DisputeFilter { Open = true, Limit = 500 }, Ended)).Count);
        }
    }
}
