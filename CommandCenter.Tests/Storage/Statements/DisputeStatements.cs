using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>Calls every method of the register of disputes once.</summary>
internal static class DisputeStatements
{
    private static readonly (string, object)[] AnIncident =
        [("id", 7L), ("number", "20261122-00001"), ("source", "110"), ("category", "0101"), ("title", "题"), ("urgency", 1), ("status", 10), ("ReceivedAt", DateTime.UnixEpoch)];

    public static async Task RunAsync(Store store)
    {
        var draft = new DisputeDraft("110", "A-1", "03", DisputeScale.Group, DisputeOrigin.Police, "题")
        {
            OccurredOn = new DateOnly(2026, 1, 1), Area = "990101001001001", Lon = 105.1, Lat = 30.2, SourceCrs = "wgs84", Place = "址", Summary = "述", Units = "厂", People = 3, Risk = DisputeRisk.Red,
            RiskReason = "因", Parties = [new(PartyRole.Applicant, "张三", "138", "X", "址")], IncidentId = 3,
        };
        await new DisputeStore(store).RegisterAsync([draft, draft with { ExternalId = null }], "test", CancellationToken.None);
        foreach (var from in Enum.GetValues<DisputeStage>())
        {
            foreach (var to in DisputeLifecycle.Next(from))
            {
                var known = Standing(from).Answering("FROM mediation_body WHERE code", ("kind", "people")).Answering("FROM mediator WHERE id", ("id", 1L));
                await OnAsync(store, known, disputes => disputes.MoveAsync(
                    Sight.OfTheProgram, 7, new DisputeMove(to, "tw-001", AgreementForm.Oral, ReferralKind.Petition, "因") { Mediator = 1, Resolution = "果", Confirmed = true }, "test", CancellationToken.None));
            }
        }

        await ChangesAsync(store);
        await QueriesAsync(store);
        await MediationAsync(store);
    }

    private static RecordingSqlServer Standing(DisputeStage stage) => new RecordingSqlServer().Answering(
        "AS CriminalAt\nFROM dispute", ("id", 7L), ("stage", (int)stage), ("AcceptedAt", DateTime.UtcNow), ("extended", false), ("outcome", 1), ("OutcomeAt", DateTime.UtcNow), ("risk", 1), ("Body", "fy"));

    private static async Task ChangesAsync(Store store)
    {
        RecordingSqlServer Known() => Standing(DisputeStage.Mediating)
            .Answering("FROM mediation_body WHERE code", ("kind", "people")).Answering("FROM mediator WHERE id", ("id", 1L)).Answering("SELECT COUNT(*) FROM department", ("", 1));
        await OnAsync(store, Known(), disputes => disputes.ExtendAsync(Sight.OfTheProgram, 7, "因", "test", CancellationToken.None));
        await OnAsync(store, Known(), disputes => disputes.RateAsync(Sight.OfTheProgram, 7, DisputeRisk.Red, "因", "test", CancellationToken.None));
        await OnAsync(store, Known(), disputes => disputes.TurnCriminalAsync(Sight.OfTheProgram, 7, "因", "test", CancellationToken.None));
        await OnAsync(store, Known(), disputes => disputes.HandOverAsync(Sight.OfTheProgram, 7, "tw-001", 1, "因", "test", CancellationToken.None));
        await OnAsync(store, Known(), disputes => disputes.JoinAsync(Sight.OfTheProgram, 7, [1], 1, "test", CancellationToken.None));
        await OnAsync(store, Known(), disputes => disputes.LinkAsync(Sight.OfTheProgram, 7, 8, DisputeLinkKind.Related, "test", CancellationToken.None));
        await OnAsync(store, Known().Answering("SELECT kind FROM dispute_link", ("kind", 1)), disputes => disputes.LinkAsync(Sight.OfTheProgram, 7, 8, DisputeLinkKind.Related, "test", CancellationToken.None));
        await OnAsync(store, new RecordingSqlServer().Answering("FROM incident i WHERE", AnIncident), disputes => disputes.FromIncidentAsync(
            Sight.OfTheProgram, 7, new FromIncident(null, DisputeScale.Individual, DisputeRisk.Blue, null), "test", CancellationToken.None));
    }

    private static async Task QueriesAsync(Store store)
    {
        var known = new RecordingSqlServer().Answering(
            "ErasedAt FROM dispute", ("id", 7L), ("number", "D1"), ("source", "110"), ("RegisteredAt", DateTime.UnixEpoch), ("category", "01"), ("scale", 1), ("origin", 1), ("title", "题"), ("risk", 1), ("stage", 10),
            ("extended", false), ("revision", 1));
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        var queries = new DisputeQueries(another);
        Sight[] sights =
        [
            Sight.OfTheProgram, AccessPolicy.SightOf(Subject.OfAccount(1, "x", Role.DepartmentStaff, "990101", ["01"], department: 3), Permission.SeeDisputes)!,
            AccessPolicy.SightOf(Subject.OfKey(1, "x", KeyScopes.Read, source: "110"), Permission.SeeDisputes)!,
        ];
        foreach (var sight in sights)
        {
            await queries.FindAsync(sight, 7, CancellationToken.None);
            await queries.HistoryAsync(sight, 7, CancellationToken.None);
            await queries.ListAsync(sight, new DisputeFilter(), CancellationToken.None);
        }

        await queries.ListAsync(
            Sight.OfTheProgram,
            new DisputeFilter
            {
                Stages = [DisputeStage.Closed], Risks = [DisputeRisk.Red], Category = "01", Area = "990101", Body = "x", Origin = DisputeOrigin.Police, Open = true, DueBy = new DateOnly(2026, 1, 1), DueFrom = new DateOnly(2026, 1, 1),
                From = DateTime.UnixEpoch, To = DateTime.UnixEpoch, Criminal = true, Person = new PersonFilter("张三", "138", "X"), After = 9,
            },
            CancellationToken.None);
        using var counts = new DisputeCounts(another, TimeProvider.System);
        await counts.BacklogAsync(Sight.OfTheProgram, null, 30, CancellationToken.None);
        var log = new AuditLog(another, new NoAuditKey(), TimeProvider.System);
        await new PersonErasure(another, log, new PrivacyOptions(), TimeProvider.System).EraseAsync(new PersonFilter("张三", "138", "X"), "test", null, CancellationToken.None);
        await another.WriteAsync(
            session =>
            {
                foreach (var matter in PersonalMatter.All)
                {
                    matter.Erase(session, [7], at: null);
                }

                return true;
            },
            CancellationToken.None);
        StatementsOfStores.Take(store, known);
    }

    private static async Task MediationAsync(Store store)
    {
        var known = new RecordingSqlServer().Answering("SELECT code FROM mediation_body", ("code", "tw-001"));
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        var mediation = new MediationStore(another, new AuditLog(another, new NoAuditKey(), TimeProvider.System));
        await mediation.ReadAsync(CancellationToken.None);
        await mediation.SaveAsync(MediationKind.Defaults[0], ChangedBy.Program, CancellationToken.None);
        await mediation.SaveAsync(new MediationBody { Code = "tw-001", Name = "调委会", Kind = "people", Area = "990101", RetiredAt = DateTime.UnixEpoch }, ChangedBy.Program, CancellationToken.None);
        await mediation.SaveAsync(new Mediator { Body = "tw-001", Name = "陈" }, ChangedBy.Program, CancellationToken.None);
        StatementsOfStores.Take(store, known);
    }

    private static async Task OnAsync(Store store, RecordingSqlServer known, Func<DisputeStore, Task> call)
    {
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        await call(new DisputeStore(another));
        StatementsOfStores.Take(store, known);
    }
}
