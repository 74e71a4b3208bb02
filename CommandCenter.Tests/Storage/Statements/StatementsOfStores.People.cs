using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Walls;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

internal static partial class StatementsOfStores
{
    private static async Task AccountsAsync(Store store)
    {
        await new AccessVersion(store).ReadAsync(CancellationToken.None);
        var accounts = new AccountStore(store);
        await accounts.AddAsync(new NewAccount("zhang", "张", Role.DepartmentStaff, "990101", 1, "hash", MustChange: true), "test", CancellationToken.None);
        await accounts.FindAsync(1, CancellationToken.None);
        await accounts.FindAsync("zhang", CancellationToken.None);
        await accounts.CategoriesAsync(1, CancellationToken.None);
        var sessions = new SessionStore(store);
        await sessions.BeginAsync("id", 1, "127.0.0.1", "agent", secondFactor: true, CancellationToken.None);
        await sessions.FindAsync("id", CancellationToken.None);
        await sessions.ListAsync(1, CancellationToken.None);
        await sessions.ActiveAsync(new Dictionary<string, DateTime> { ["id"] = DateTime.UnixEpoch }, CancellationToken.None);
        await sessions.EndAsync("id", CancellationToken.None);
        await sessions.EndAllAsync(1, except: null, CancellationToken.None);
        await PeopleAsync(store, accounts);
        var keys = new ApiKeyStore(store);
        await keys.AddAsync("12345", KeyScopes.Intake, "990101", "12345", 100, TimeSpan.FromDays(1), "test", CancellationToken.None);
        await keys.FindByHashAsync("hash", CancellationToken.None);
        await keys.ListAsync(CancellationToken.None);
        await keys.UsedAsync(new Dictionary<long, DateTime> { [1] = DateTime.UnixEpoch }, CancellationToken.None);
        var walls = new WallStore(store);
        await walls.AddAsync("大厅", "990101", PairedWall.Visitor, "overview", "test", CancellationToken.None);
        await walls.FindByHashAsync("hash", CancellationToken.None);
        await walls.ListAsync(CancellationToken.None);
        await WallsAsync(store);
        await walls.SeenAsync(new Dictionary<long, DateTime> { [1] = DateTime.UnixEpoch }, CancellationToken.None);
        await SeenAsync(Sight.OfTheProgram);
        await SeenAsync(AccessPolicy.SightOf(Subject.OfAccount(1, "zhang", Role.DepartmentStaff, "990101", ["01", "0202"]), Permission.SeeIncidents)!);

        // With every condition that a sight can have.
        async Task SeenAsync(Sight sight)
        {
            await new IncidentQueries(store).FindAsync(sight, 1, CancellationToken.None);
            await new IncidentQueries(store).ListAsync(sight, new IncidentFilter(null, null, null, null, null, null, 50), CancellationToken.None);
            await new EventLog(store).HistoryAsync(sight, 1, CancellationToken.None);
            await new IncidentStore(store).MoveAsync(sight, 1, IncidentStatus.InProgress, "desk", note: null, CancellationToken.None);
        }
    }

    private static async Task WallsAsync(Store store)
    {
        var log = new AuditLog(store, new NoAuditKey(), TimeProvider.System);
        var terms = new WallTerms("大厅", "990101", PairedWall.Centre, WallScenes.All, TimeSpan.FromDays(30));
        var made = await new ApiKeyChanges(store, log).AddAsync(new ApiKeyTerms("a", KeyScopes.Read, null, null, null, null), "test", "127.0.0.1", CancellationToken.None);
        made.ShouldNotBeNull();
        var pairings = new WallPairings(store, log, TimeProvider.System);
        await pairings.AskAsync(secret: null, "127.0.0.1", "agent", CancellationToken.None);
        (await pairings.InviteAsync(terms, "test", address: null, CancellationToken.None)).ShouldNotBeNull();

        // What is only said when something is found.
        var code = WallCode.Make();
        var known = new RecordingSqlServer()
            .Answering("SELECT SYSUTCDATETIME()", ("", DateTime.UnixEpoch))
            .Answering("WHERE wall_id IS NULL", ("id", "a"), ("code", code), ("AskedAt", DateTime.UtcNow), ("ExpiresAt", DateTime.UtcNow.AddMinutes(9)))
            .Answering("FROM wall_request WHERE id", ("id", "a"), ("code", code), ("AskedAt", DateTime.UtcNow), ("ExpiresAt", DateTime.UtcNow.AddMinutes(9)), ("WallId", 1L))
            .Answering("SELECT name FROM wall", ("name", "大厅"))
            .Answering("SELECT name FROM api_key", ("name", "a"));
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        var theirs = new AuditLog(another, new NoAuditKey(), TimeProvider.System);
        var others = new WallPairings(another, theirs, TimeProvider.System);
        await others.ApproveAsync(code, terms, "test", address: null, CancellationToken.None);
        await others.AskAsync("ccr_" + new string('0', 64), address: null, agent: null, CancellationToken.None);
        await others.JoinAsync("ccp_" + new string('0', 64), address: null, CancellationToken.None);
        await others.RevokeAsync(1, "test", address: null, CancellationToken.None);
        await new ApiKeyChanges(another, theirs).RevokeAsync(1, "test", address: null, CancellationToken.None);
        foreach (var statement in known.Statements)
        {
            ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
        }
    }

    private static async Task PeopleAsync(Store store, AccountStore accounts)
    {
        var audit = new AuditLog(store, new NoAuditKey(), TimeProvider.System);
        var (changes, by) = (new AccountChanges(store, audit), ChangedBy.Program);
        var account = new NewAccount("li", "李", Role.DepartmentStaff, "990101", 1, "hash", MustChange: true);
        var li = new Account { Id = 1, Name = "li", PasswordHash = "hash" };
        await accounts.ListAsync(CancellationToken.None);
        await accounts.AnyAsync(CancellationToken.None);
        await accounts.RecoveryLeftAsync(1, CancellationToken.None);
        await changes.AddAsync(account, by, CancellationToken.None);
        await changes.AddFirstAsync(account, by, CancellationToken.None);
        await changes.ChangeAsync(1, "李", Role.Administrator, area: null, departmentId: null, by, CancellationToken.None);
        await changes.DisableAsync(1, disabled: true, by, CancellationToken.None);
        await changes.DisableAsync(1, disabled: false, by, CancellationToken.None);
        await changes.UnlockAsync(1, by, CancellationToken.None);
        await changes.SetPasswordAsync(li, "other", _ => false, "session", by, CancellationToken.None);
        await changes.ResetPasswordAsync(1, "other", by, CancellationToken.None);
        await changes.SetSecondFactorAsync(1, "secret", 1, ["code"], "session", by, CancellationToken.None);
        await changes.GiveRecoveryAsync(li, ["code"], by, CancellationToken.None);
        await changes.UseStepAsync(1, 2, CancellationToken.None);
        await changes.UseRecoveryAsync(li, "hash", by, CancellationToken.None);
        await changes.FailedAsync(1, "li", by, CancellationToken.None);
        await changes.RemoveSecondFactorAsync(1, session: null, by, CancellationToken.None);
        var departments = new DepartmentStore(store, audit);
        await departments.ListAsync(retired: true, CancellationToken.None);
        await departments.SaveAsync(id: null, "应急局", ["03", "0401"], by, CancellationToken.None);
        await departments.SaveAsync(1, "应急局", ["03"], by, CancellationToken.None);
        await departments.RetireAsync(1, by, CancellationToken.None);
    }

    private static async Task PrivacyAsync(Store store)
    {
        var before = new RecordingSqlServer()
            .Answering("SELECT value FROM privacy_mark", ("value", 7L))
            .Answering("FROM incident WHERE id <= @mark", ("id", 7L), ("title", "张三来电"), ("Name", "张三"));
        await PlainSealing.RunAsync(before, _ => { }, CancellationToken.None);
        Take(store, before);
        var key = new KeyRing(TestKeys.File).Keys.Current;
        var sealedRow = SealedTable.All.Aggregate(new RecordingSqlServer(), (server, table) => server.Answering(
            $"FROM {table.Name} WHERE id > @after", [("id", 7L), .. table.Columns.Select(column => (column.Name, (object)Sealer.Seal(key, column, 7, "张三")!))]));
        using (var another = new Store(sealedRow, TimeProvider.System, NullLogger<Store>.Instance))
        {
            await new KeyRotation(another, TimeProvider.System).RunAsync(removeOld: false, (_, _) => { }, CancellationToken.None);
            Take(store, sealedRow);
        }

        var old = new RecordingSqlServer().Answering("AND erased_at IS NULL", ("id", 7L));
        using (var another = new Store(old, TimeProvider.System, NullLogger<Store>.Instance))
        {
            var erasure = new PersonErasure(another, new Data.Audit.AuditLog(another, new Data.Audit.NoAuditKey(), TimeProvider.System), new PrivacyOptions(), TimeProvider.System);
            var pieces = 0;
            await Should.ThrowAsync<OperationCanceledException>(erasure.EraseOldAsync(_ => OperationCanceledException(ref pieces), CancellationToken.None));
            Take(store, old);
        }

        await store.WriteAsync(
            session =>
            {
                KeyRegister.Forget(session, 1);
                return true;
            },
            CancellationToken.None);
        await new IncidentQueries(store).ListAsync(
            Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 50) { Person = new PersonFilter("张三", "138", "X") }, CancellationToken.None);
    }

    // The recorder answers for ever: the second piece is one too many.
    private static void OperationCanceledException(ref int pieces)
    {
        if (++pieces > 1)
        {
            throw new OperationCanceledException();
        }
    }
}
