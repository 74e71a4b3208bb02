using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private const string People = "tw-001", Court = "fy-001";

    private DisputeStore Disputes => new(_store);

    private DisputeQueries DisputeRegister => new(_store);

    private static DisputeDraft Draft(string title = "宅基地边界", string? externalId = null) =>
        new("judicial", externalId, "03", DisputeScale.Individual, DisputeOrigin.Application, title) { Area = "990101002001001" };

    private async Task<RegisteredDispute> RegisterAsync(DisputeDraft draft) => (await Disputes.RegisterAsync([draft], "test", Ended))[0];

    private async Task<DisputeMoveResult> MoveAsync(long id, DisputeMove move, Sight? sight = null) => await Disputes.MoveAsync(sight ?? Sight.OfTheProgram, id, move, "test", Ended);

    private async Task<MediationDirectory> WithBodiesAsync()
    {
        var mediation = new MediationStore(_store, Audit);
        await mediation.SaveAsync(new MediationKind("elders", "四长五老", "Elders"), ChangedBy.Program, Ended);
        await mediation.SaveAsync(new MediationBody { Code = People, Name = "城关镇人民调解委员会", Kind = "people", Area = "990101002" }, ChangedBy.Program, Ended);
        await mediation.SaveAsync(new MediationBody { Code = Court, Name = "诉前调解工作室", Kind = "judicial" }, ChangedBy.Program, Ended);
        await mediation.SaveAsync(new Mediator { Body = People, Name = "陈老", Kind = "elders" }, ChangedBy.Program, Ended);
        return await mediation.ReadAsync(Ended);
    }

    private async Task<long> MediatingAsync(DisputeDraft? draft = null)
    {
        var id = (await RegisterAsync(draft ?? Draft())).Id;
        foreach (var move in new[] { new DisputeMove(DisputeStage.Accepted), new DisputeMove(DisputeStage.Assigned, People), new DisputeMove(DisputeStage.Mediating) })
        {
            (await MoveAsync(id, move)).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
        }

        return id;
    }

    [Fact]
    public async Task A_dispute_goes_its_way_to_the_follow_up_and_its_history_tells_all_of_it()
    {
        await WithBodiesAsync();
        var id = await MediatingAsync();
        (await MoveAsync(id, new DisputeMove(DisputeStage.Agreed, Agreement: AgreementForm.Written) { Resolution = "各让一米", Mediator = 1 })).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
        (await MoveAsync(id, new DisputeMove(DisputeStage.Confirming))).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
        (await MoveAsync(id, new DisputeMove(DisputeStage.Closed) { Confirmed = true })).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
        (await MoveAsync(id, new DisputeMove(DisputeStage.FollowedUp, Note: "双方满意"))).ShouldBe(new DisputeMoveResult(DisputeMoveOutcome.Moved, DisputeStage.FollowedUp));

        var dispute = (await DisputeRegister.FindAsync(Sight.OfTheProgram, id, Ended))!.Dispute;
        (dispute.Stage, dispute.Outcome, dispute.Agreement, dispute.Confirmation, dispute.Resolution, dispute.ReviewOpinion).ShouldBe(
            (DisputeStage.FollowedUp, DisputeOutcome.Agreed, AgreementForm.Written, ConfirmationState.Confirmed, "各让一米", "双方满意"));
        (dispute.Body, dispute.Mediator, dispute.Method, dispute.Revision).ShouldBe((People, 1L, "people", 8));
        dispute.DueOn.ShouldBe(DisputeClock.DueOn(dispute.AcceptedAt!.Value, extended: false));
        dispute.ReviewedOn.ShouldNotBeNull();
        var history = await DisputeRegister.HistoryAsync(Sight.OfTheProgram, id, Ended);
        history[0].Event.ShouldBeOfType<DisputeRegistered>().Number.ShouldBe(dispute.Number);
        history.Skip(1).Select(e => ((DisputeMoved)e.Event).To).ShouldBe(
            [DisputeStage.Accepted, DisputeStage.Assigned, DisputeStage.Mediating, DisputeStage.Agreed, DisputeStage.Confirming, DisputeStage.Closed, DisputeStage.FollowedUp]);
        history.Select(e => e.Position).ShouldBe(history.Select((_, i) => id + i), "Nothing else came between.");
    }

    [Fact]
    public async Task What_the_rules_forbid_leaves_a_dispute_as_it_was_and_no_event()
    {
        await WithBodiesAsync();
        var id = (await RegisterAsync(Draft())).Id;
        var head = await _log.HeadAsync(Ended);

        (await MoveAsync(id, new DisputeMove(DisputeStage.Mediating))).ShouldBe(new DisputeMoveResult(DisputeMoveOutcome.NotAllowed, DisputeStage.Registered));
        (await MoveAsync(id, new DisputeMove(DisputeStage.Registered))).Outcome.ShouldBe(DisputeMoveOutcome.AlreadyThere);
        (await MoveAsync(id + 1000, new DisputeMove(DisputeStage.Accepted))).Outcome.ShouldBe(DisputeMoveOutcome.NotFound);
        (await Disputes.ExtendAsync(Sight.OfTheProgram, id, "农忙", "test", Ended)).ShouldBe(ExtensionOutcome.NotRunning);
        (await Disputes.HandOverAsync(Sight.OfTheProgram, id, Court, null, null, "test", Ended)).ShouldBe(DisputeChangeOutcome.NotAssigned);
        (await Disputes.RateAsync(Sight.OfTheProgram, id, DisputeRisk.Red, " ", "test", Ended)).ShouldBe(DisputeChangeOutcome.ReasonMissing);
        (await Disputes.LinkAsync(Sight.OfTheProgram, id, id, DisputeLinkKind.Related, "test", Ended)).ShouldBe(DisputeChangeOutcome.IsItself);

        (await _log.HeadAsync(Ended)).ShouldBe(head);
        (await MoveAsync(id, new DisputeMove(DisputeStage.Accepted))).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
        (await MoveAsync(id, new DisputeMove(DisputeStage.Assigned))).Outcome.ShouldBe(DisputeMoveOutcome.BodyMissing);
        (await MoveAsync(id, new DisputeMove(DisputeStage.Assigned, "xx"))).Outcome.ShouldBe(DisputeMoveOutcome.BodyUnknown);
        (await MoveAsync(id, new DisputeMove(DisputeStage.Assigned, Court) { Mediator = 1 })).Outcome.ShouldBe(DisputeMoveOutcome.MediatorUnknown);
    }

    [Fact]
    public async Task Risk_extension_hands_and_crime_are_changed_with_their_reason_and_recorded()
    {
        await WithBodiesAsync();
        var id = await MediatingAsync();

        (await Disputes.ExtendAsync(Sight.OfTheProgram, id, "需鉴定", "test", Ended)).ShouldBe(ExtensionOutcome.Extended);
        (await Disputes.ExtendAsync(Sight.OfTheProgram, id, "再延", "test", Ended)).ShouldBe(ExtensionOutcome.AlreadyExtended);
        (await Disputes.RateAsync(Sight.OfTheProgram, id, DisputeRisk.Orange, "扬言报复", "test", Ended)).ShouldBe(DisputeChangeOutcome.Changed);
        (await Disputes.RateAsync(Sight.OfTheProgram, id, DisputeRisk.Orange, "扬言报复", "test", Ended)).ShouldBe(DisputeChangeOutcome.AlreadySo);
        (await Disputes.HandOverAsync(Sight.OfTheProgram, id, Court, null, "当事人申请", "test", Ended)).ShouldBe(DisputeChangeOutcome.Changed);
        (await Disputes.TurnCriminalAsync(Sight.OfTheProgram, id, "殴打致伤", "test", Ended)).ShouldBe(DisputeChangeOutcome.Changed);

        var dispute = (await DisputeRegister.FindAsync(Sight.OfTheProgram, id, Ended))!.Dispute;
        (dispute.Extended, dispute.ExtensionReason, dispute.Risk, dispute.RiskReason, dispute.Body, dispute.CriminalReason).ShouldBe((true, "需鉴定", DisputeRisk.Orange, "扬言报复", Court, "殴打致伤"));
        dispute.DueOn.ShouldBe(DisputeClock.DueOn(dispute.AcceptedAt!.Value, extended: true));
        var events = (await DisputeRegister.HistoryAsync(Sight.OfTheProgram, id, Ended)).Skip(4).Select(e => e.Event).ToList();
        events.ShouldBe(
        [
            new DisputeExtended(dispute.DueOn!.Value, "需鉴定"), new DisputeRated(DisputeRisk.Blue, DisputeRisk.Orange, "扬言报复"), new DisputeHandedOver(Court, null, "当事人申请"),
            new DisputeTurnedCriminal("殴打致伤"),
        ]);
    }

    [Fact]
    public async Task Departments_mediate_together_and_see_what_they_have_in_common()
    {
        await _store.WriteAsync(session => session.Execute("INSERT INTO department (id, name, categories) VALUES (1, @name, '02')", ("@name", "司法局")), Ended);
        var (id, other) = ((await RegisterAsync(Draft())).Id, (await RegisterAsync(Draft("另一件"))).Id);
        var department = AccessPolicy.SightOf(Subject.OfAccount(1, "x", Role.DepartmentStaff, categories: ["02"], department: 1), Permission.SeeDisputes)!;
        (await DisputeRegister.ListAsync(department, new DisputeFilter(), Ended)).ShouldBeEmpty();

        (await Disputes.JoinAsync(Sight.OfTheProgram, id, [1, 2], null, "test", Ended)).ShouldBe(DisputeChangeOutcome.DepartmentUnknown);
        (await Disputes.JoinAsync(Sight.OfTheProgram, id, [1], 1, "test", Ended)).ShouldBe(DisputeChangeOutcome.Changed);
        (await Disputes.JoinAsync(Sight.OfTheProgram, id, [1], 1, "test", Ended)).ShouldBe(DisputeChangeOutcome.AlreadySo);

        (await DisputeRegister.ListAsync(department, new DisputeFilter(), Ended)).Select(d => d.Id).ShouldBe([id]);
        (await DisputeRegister.FindAsync(department, other, Ended)).ShouldBeNull();
        (await DisputeRegister.HistoryAsync(department, other, Ended)).ShouldBeEmpty();
        (await MoveAsync(other, new DisputeMove(DisputeStage.Accepted), department)).Outcome.ShouldBe(DisputeMoveOutcome.NotFound);
        (await DisputeRegister.FindAsync(department, id, Ended))!.Joint.ShouldBe([new JointDepartment(1, "司法局", true)]);
        using var counts = new DisputeCounts(_store, TimeProvider.System);
        (await counts.BacklogAsync(department, null, 1, Ended)).Open.ShouldBe(1);
        (await counts.BacklogAsync(Sight.OfTheProgram, null, 1, Ended)).Open.ShouldBe(2);
    }

    [Fact]
    public async Task Two_that_are_one_are_linked_and_neither_is_lost()
    {
        var (id, other) = ((await RegisterAsync(Draft())).Id, (await RegisterAsync(Draft("同一件", "b") with { Source = "110" })).Id);

        (await Disputes.LinkAsync(Sight.OfTheProgram, other, id, DisputeLinkKind.Duplicate, "test", Ended)).ShouldBe(DisputeChangeOutcome.Changed);
        (await Disputes.LinkAsync(Sight.OfTheProgram, id, other, DisputeLinkKind.Duplicate, "test", Ended)).ShouldBe(DisputeChangeOutcome.AlreadySo);
        (await Disputes.LinkAsync(Sight.OfTheProgram, id, other + 50, DisputeLinkKind.Duplicate, "test", Ended)).ShouldBe(DisputeChangeOutcome.OtherNotFound);

        (await DisputeRegister.FindAsync(Sight.OfTheProgram, id, Ended))!.Links.ShouldHaveSingleItem().Id.ShouldBe(other);
        (await DisputeRegister.FindAsync(Sight.OfTheProgram, other, Ended))!.Links.ShouldHaveSingleItem().Id.ShouldBe(id);
        (await DisputeRegister.HistoryAsync(Sight.OfTheProgram, id, Ended))[^1].Event.ShouldBe(new DisputeLinked(other, DisputeLinkKind.Duplicate));
        (await DisputeRegister.HistoryAsync(Sight.OfTheProgram, other, Ended))[^1].Event.ShouldBe(new DisputeLinked(id, DisputeLinkKind.Duplicate));
    }

    [Fact]
    public async Task An_incident_of_category_01_becomes_a_dispute_once_and_both_know_of_it()
    {
        var incident = (await TakeInAsync(Report("邻居争吵") with { Category = "0101", ReporterName = "张三", ReporterPhone = "13812348000", Address = "清溪弄 27 号", GridCode = "990101002001001", OutsideGrids = false })).Id;
        var fire = (await TakeInAsync(Report())).Id;
        var said = new FromIncident(null, DisputeScale.Individual, DisputeRisk.Yellow, "曾动手");

        (await Disputes.FromIncidentAsync(Sight.OfTheProgram, fire, said, "test", Ended)).Outcome.ShouldBe(FromIncidentOutcome.NotADispute);
        (await Disputes.FromIncidentAsync(Sight.OfTheProgram, 999, said, "test", Ended)).Outcome.ShouldBe(FromIncidentOutcome.NotFound);
        var (outcome, dispute) = await Disputes.FromIncidentAsync(Sight.OfTheProgram, incident, said, "test", Ended);
        var again = await Disputes.FromIncidentAsync(Sight.OfTheProgram, incident, said, "test", Ended);

        (outcome, again.Outcome, again.Dispute.Id).ShouldBe((FromIncidentOutcome.Created, FromIncidentOutcome.Existed, dispute.Id));
        var file = (await DisputeRegister.FindAsync(Sight.OfTheProgram, dispute.Id, Ended))!;
        (file.Dispute.Category, file.Dispute.Place, file.Dispute.IncidentId, file.Dispute.Risk, file.Dispute.Area).ShouldBe(("02", "清溪弄 27 号", incident, DisputeRisk.Yellow, "990101002001001"));
        file.Parties.ShouldBe([new DisputeParty(PartyRole.Applicant, "张三", "13812348000", null, null)]);
        (await _log.HistoryAsync(Sight.OfTheProgram, incident, Ended))[^1].Event.ShouldBe(new IncidentBecameDispute(dispute.Id, dispute.Number));
    }

    [Fact]
    public async Task The_same_external_id_registers_one_dispute_whenever_it_comes()
    {
        var registered = await Disputes.RegisterAsync([Draft("一", "x"), Draft("二"), Draft("三", "x")], "test", Ended);
        var again = await RegisterAsync(Draft("别的", "x"));

        registered.Select(r => r.Created).ShouldBe([true, true, false]);
        (again.Created, again.Id, registered[2].Id).ShouldBe((false, registered[0].Id, registered[0].Id));
        registered.Take(2).Select(r => r.Number[^6..]).ShouldBe(["-00001", "-00002"]);
    }

    [Fact]
    public async Task History_is_brought_in_with_its_own_instants_and_counts_from_them()
    {
        await WithBodiesAsync();
        var clock = new ClockAt(DateTimeOffset.Parse("2026-11-22T04:00:00Z", CultureInfo.InvariantCulture));
        var store = await _database.OpenStoreAsync(clock);
        DateTime At(int daysAgo) => clock.Now.UtcDateTime.AddDays(-daysAgo);
        await store.WriteAsync(
            session =>
            {
                var ids = DisputeStore.Register(session, [Draft("老"), Draft("旧")], "history", At(70)).Select(r => r.Id).ToList();
                foreach (var id in ids)
                {
                    DisputeStore.Move(session, Sight.OfTheProgram, id, new DisputeMove(DisputeStage.Accepted), "history", At(69));
                }

                foreach (var move in new[] { new DisputeMove(DisputeStage.Assigned, People), new(DisputeStage.Mediating), new(DisputeStage.Agreed, Agreement: AgreementForm.Oral), new(DisputeStage.Closed) })
                {
                    DisputeStore.Move(session, Sight.OfTheProgram, ids[1], move, "history", At(45)).Outcome.ShouldBe(DisputeMoveOutcome.Moved);
                }

                return true;
            },
            Ended);

        using var counts = new DisputeCounts(store, clock);
        var backlog = await counts.BacklogAsync(Sight.OfTheProgram, null, 60, Ended);
        var rates = await counts.RatesAsync(Sight.OfTheProgram, null, new DateOnly(2026, 9, 1), new DateOnly(2026, 11, 22), Ended);

        (backlog.Open, backlog.Overdue, backlog.ByAge[AgeBand.Over60Days], backlog.ByTown[0].OldestDays).ShouldBe((1, 1, 1, 70));
        (backlog.Flow[^1].Backlog, backlog.Flow[^46].Outflow, backlog.Flow[^47].Backlog).ShouldBe((1, 1, 2));
        (rates.Accepted, rates.Resolved, rates.Agreed, rates.OnTime, rates.Overdue).ShouldBe((2, 1, 1, 1, 1));
        (rates.ResolutionRate, rates.SuccessRate, rates.OnTimeRate).ShouldBe((0.5m, 1m, 0.5m));
        (await new BoardLoader(store).LoadAsync(Ended)).LastEventAt.ShouldBe(At(45));
    }

    [Fact]
    public async Task The_board_is_the_same_with_and_without_disputes_between()
    {
        await WithBodiesAsync();
        var incident = (await TakeInAsync(Report("吵") with { Category = "01" })).Id;
        await MediatingAsync();
        await Disputes.FromIncidentAsync(Sight.OfTheProgram, incident, new FromIncident(null, default, DisputeRisk.Blue, null), "test", Ended);

        var loaded = await new BoardLoader(_store).LoadAsync(Ended);

        loaded.Same(LiveBoard.Apply(LiveBoard.Empty, await WholeLogAsync())).ShouldBeTrue();
        (loaded.OpenIn(""), loaded.StreamNewestFirst.Count(entry => entry.Kind == StreamEntryKind.DisputesChanged)).ShouldBe((1, 6));
    }
}
