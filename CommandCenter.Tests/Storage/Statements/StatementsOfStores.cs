using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Backup;
using CommandCenter.Data.Storage.Copy;
using CommandCenter.Data.Storage.Verification;
using CommandCenter.Data.Walls;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>Calls every method that speaks to the database once, and gathers what SQL Server would be given. A new store is added here.</summary>
internal static class StatementsOfStores
{
    private static readonly Lazy<Task<IReadOnlyList<RecordedStatement>>> Gathered = new(GatherAsync);

    public static Task<IReadOnlyList<RecordedStatement>> AllAsync() => Gathered.Value;

    private static async Task<IReadOnlyList<RecordedStatement>> GatherAsync()
    {
        var dialect = new RecordingSqlServer()
            .Answering("is_read_committed_snapshot_on", ("Committed", 0), ("Snapshot", 0), ("IsReadOnly", 0))
            .Answering("OBJECT_ID(N'schema_version', N'U') IS NULL THEN", ("", 1))
            .Answering("SELECT MAX(position)", ("", 7L))
            .Answering("SELECT COALESCE(MAX(id), 0) + 1", ("", 1L))
            .Answering("SELECT version FROM access_version", ("version", 1L))
            .Answering("last_sign_in_at AS LastSignInAt FROM account WHERE id = @id", ("id", 1L), ("name", "li"), ("role", (int)Role.Administrator), ("PasswordHash", "hash"), ("PasswordChangedAt", DateTime.UnixEpoch))
            .Answering("SELECT COALESCE(MAX(failures), 0)", ("", 5))
            .Answering("SELECT SYSUTCDATETIME()", ("", DateTime.UnixEpoch))
            .Answering("COUNT(*) AS Uploads", ("Last", 3L), ("Uploads", 1))
            .Answering("SELECT COALESCE(MAX(position), 0) FROM area_import", ("", 3L))
            .Answering("SELECT status FROM incident WHERE id = @id", ("status", (int)IncidentStatus.Accepted))
            .Answering("FROM incident i WHERE i.id <= @upTo", ("id", 5L), ("number", "20261122-00001"))
            .Answering("(SELECT MAX(received_at) FROM incident)", ("r", DateTime.UnixEpoch), ("c", DateTime.UnixEpoch), ("a", DateTime.UnixEpoch));
        using var store = new Store(dialect, TimeProvider.System, NullLogger<Store>.Instance);
        dialect.IsMissing = true;
        await TestDatabase.MigrateAsync(store);
        await store.RoomAsync(CancellationToken.None);
        await RefusedAsync(dialect);
        await EventsAsync(store);
        await IncidentsAsync(store);
        await GridsAsync(store);
        await ForcesAsync(store);
        await new BoardLoader(store).LoadAsync(CancellationToken.None);
        await NodesAsync(store);
        await AuditStatements.RunAsync(store);
        await AccountsAsync(store);
        await OperationsAsync(store);
        await PrivacyAsync(store);
        return [.. dialect.Statements];
    }

    // A server where the database may not be made is asked why.
    private static async Task RefusedAsync(RecordingSqlServer dialect)
    {
        var refusing = new RecordingSqlServer { IsMissing = true }.Refusing("CREATE DATABASE", 262);
        using var store = new Store(refusing, TimeProvider.System, NullLogger<Store>.Instance);
        await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store));
        foreach (var statement in refusing.Statements)
        {
            dialect.Statements.Enqueue(statement);
        }
    }

    private static async Task PrivacyAsync(Store store)
    {
        var before = new RecordingSqlServer()
            .Answering("SELECT value FROM privacy_mark", ("value", 7L))
            .Answering("FROM incident WHERE id <= @mark", ("id", 7L), ("title", "张三来电"), ("Name", "张三"));
        await PlainSealing.RunAsync(before, _ => { }, CancellationToken.None);
        Take(store, before);
        var sealedRow = new RecordingSqlServer()
            .Answering("FROM incident WHERE id > @after", ("id", 7L), ("Name", Sealer.Seal(new KeyRing(TestKeys.File).Keys.Current, SealedColumn.ReporterName, 7, "张三")!));
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

    private static async Task OperationsAsync(Store store)
    {
        await new Schema(store, TimeProvider.System, NullLogger<Schema>.Instance).PlanAsync(CancellationToken.None);
        await new DatabaseBackup(store, TimeProvider.System).PlanBackupAsync("d:\\x.bak", CancellationToken.None);
        await CopyAsync(store);
        foreach (var check in DatabaseVerification.Names)
        {
            await new DatabaseVerification(store, new NoAuditKey()).RunAsync(check, (_, _) => { }, CancellationToken.None);
        }

        await VerifyArchivedAsync(store);
    }

    // Where the beginning of the log is archived, the board is made of the rows.
    private static async Task VerifyArchivedAsync(Store store)
    {
        var server = new RecordingSqlServer().Answering("SELECT MAX(to_position)", ("", 1L));
        using var archived = new Store(server, TimeProvider.System, NullLogger<Store>.Instance);
        await BoardAtMark.ReadAsync(archived, new LiveBoard { Position = 9, LastEventAt = DateTime.UnixEpoch }, CancellationToken.None);
        foreach (var statement in server.Statements)
        {
            ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
        }
    }

    private static async Task CopyAsync(Store store)
    {
        using var target = new CopyTarget(store, TimeProvider.System);
        await target.UnfinishedAsync(CancellationToken.None);
        target.Begin("0123", 7, isStale: true);
        await target.FilledAsync();
        foreach (var table in StoreTables.All)
        {
            _ = table.Number is null ? 0 : await target.LastAsync(table);
            using var rows = await CopiedRows.OpenAsync(
                store.Dialect, target.Connection, null, table, table.Number is null ? null : 3, CancellationToken.None);
        }

        await LogGap.FindAsync(target.Connection, null, hasArchive: true, CancellationToken.None);
        await DatabaseCopy.CountAsync(target.Connection, null, StoreTables.All[0]);
        await DatabaseCopy.CountBelowAsync(target.Connection, null, 3);
        target.Finish();
    }

    private static async Task EventsAsync(Store store)
    {
        var log = new EventLog(store);
        await log.HeadAsync(CancellationToken.None);
        using var watch = log.Watch();
        await watch.VersionAsync(CancellationToken.None);
        await log.ReadAfterAsync(3, 100, CancellationToken.None);
        await log.HistoryAsync(Sight.OfTheProgram, 3, CancellationToken.None);
        await log.ArchivedThroughAsync(CancellationToken.None);
        await ArchiveAsync(store);
    }

    private static async Task ArchiveAsync(Store store)
    {
        var folder = Directory.CreateTempSubdirectory("archive-").FullName;
        try
        {
            var options = new EventArchiveOptions { ArchiveEventsAfterDays = EventArchiveOptions.FewestDays, ArchiveFolder = folder };
            var server = new RecordingSqlServer()
                .Answering("SELECT MAX(position)", ("", 9L))
                .Answering("SELECT MIN(position)", ("", 2L))
                .Answering("SELECT fence FROM lease", ("", 1L))
                .Answering(
                    "position <= @to", ("position", 1L), ("RecordedAt", DateTime.UnixEpoch), ("kind", "k"), ("SubjectId", 1L), ("actor", "a"), ("payload", "{}"))
                .Stopping("INSERT INTO event_archive", "SELECT MAX(to_position)", ("", 1L));
            using var archived = new Store(server, TimeProvider.System, NullLogger<Store>.Instance);
            await new EventArchiver(archived, options, TimeProvider.System, NullLogger<EventArchiver>.Instance) { Newest = 0 }
                .RunAsync(new Lease("work", "a", 1, TimeSpan.FromMinutes(1)), CancellationToken.None);
            foreach (var statement in server.Statements)
            {
                ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task IncidentsAsync(Store store)
    {
        var report = new IncidentReport(
            "110", "A-1", "0401", Urgency.Critical, "题", "述", 105.1, 30.2, "gcj02", "990101001001001", false, "址", DateTime.UnixEpoch, "张三", "138");
        var incidents = new IncidentStore(store);
        await incidents.TakeInAsync([report, report with { ExternalId = "A-2", Longitude = null, Latitude = null }], CancellationToken.None);
        await incidents.TakeInAsync([.. Enumerable.Range(0, 400).Select(i => report with { ExternalId = $"{i}" })], CancellationToken.None);
        await RemindersAsync(store);
        await incidents.MoveAsync(Sight.OfTheProgram, 1, IncidentStatus.InProgress, "desk", "好", CancellationToken.None);
        foreach (var (from, to) in new[] { (IncidentStatus.Reported, IncidentStatus.Accepted), (IncidentStatus.InProgress, IncidentStatus.Closed) })
        {
            var other = new RecordingSqlServer().Answering("SELECT status FROM incident WHERE id = @id", ("status", (int)from));
            using var another = new Store(other, TimeProvider.System, NullLogger<Store>.Instance);
            await new IncidentStore(another).MoveAsync(Sight.OfTheProgram, 1, to, "desk", "好", CancellationToken.None);
            Take(store, other);
        }

        var queries = new IncidentQueries(store);
        await queries.FindAsync(Sight.OfTheProgram, 1, CancellationToken.None);
        await queries.ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 50), CancellationToken.None);
        var near = new RecordingSqlServer().Answering("AS metres", ("id", 7L), ("lon", 105.1), ("lat", 30.2), ("metres", 1.0)).Answering(
            "WHERE id IN", ("id", 7L), ("urgency", 1), ("status", 1), ("ReceivedAt", DateTime.UnixEpoch));
        using (var another = new Store(near, TimeProvider.System, NullLogger<Store>.Instance))
        {
            var all = new IncidentFilter(null, null, null, null, null, null, 50);
            var found = await new IncidentQueries(another).NearAsync(Sight.OfTheProgram, 105.1, 30.2, 500, all, after: null, CancellationToken.None);
            found.ShouldHaveSingleItem().Incident.Id.ShouldBe(7);
            await new IncidentQueries(another).NearAsync(Sight.OfTheProgram, 
                105.1, 30.2, 500, all with { Status = [IncidentStatus.Reported], Category = "04", Area = "990101", From = DateTime.UnixEpoch, To = DateTime.UnixEpoch },
                new Near<long>(3, 2), CancellationToken.None);
            Take(store, near);
        }

        await queries.ListAsync(Sight.OfTheProgram, 
            new IncidentFilter([IncidentStatus.Reported, IncidentStatus.Closed], "04", "990101", DateTime.UnixEpoch, DateTime.UnixEpoch, 9, 50), CancellationToken.None);
    }

    private static async Task RemindersAsync(Store store)
    {
        var due = new RecordingSqlServer()
            .Answering("SELECT fence FROM lease", ("fence", 1L))
            .Answering(
                "next_reminder_at < @now", ("id", 7L), ("status", (int)IncidentStatus.Reported), ("ReceivedAt", DateTime.UnixEpoch), ("AcceptBy", DateTime.UnixEpoch.AddHours(2)),
                ("FinishBy", DateTime.UnixEpoch.AddDays(7)), ("NextReminderAt", DateTime.UnixEpoch));
        using var another = new Store(due, TimeProvider.System, NullLogger<Store>.Instance);
        (await new IncidentReminders(another).RunAsync(new Lease("reminders", "node", 1, TimeSpan.FromSeconds(10)), CancellationToken.None)).ShouldBe(1);
        Take(store, due);
        await store.WriteAsync(
            session =>
            {
                IncidentReminders.Begin(session, session.Now);
                return true;
            },
            CancellationToken.None);
    }

    private static async Task NodesAsync(Store store)
    {
        var leases = new LeaseStore(store);
        var lease = (await leases.TryTakeAsync("work", "node", TimeSpan.FromSeconds(1), CancellationToken.None))!;
        await leases.RenewAsync(lease, CancellationToken.None);
        await leases.ReleaseAsync(lease, CancellationToken.None);
        await leases.ListAsync(CancellationToken.None);
        var (nodes, node) = (new NodeStore(store), NodeIdentity.Of("node", "1"));
        await nodes.SeenAsync(node, "http://localhost:5080", 3, CancellationToken.None);
        await nodes.ListAsync(CancellationToken.None);
        await nodes.LeftAsync(node, CancellationToken.None);
        var keys = new ProtectionKeyStore(store);
        await keys.AddAsync("key", "<key/>", CancellationToken.None);
        await keys.ListAsync(CancellationToken.None);
        await Should.ThrowAsync<LeaseLostException>(store.WriteAsync<int>(
            session =>
            {
                LeaseStore.Require(session, lease);
                return 0;
            },
            CancellationToken.None));
    }

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

    private static async Task ForcesAsync(Store store)
    {
        var station = new Unit { Code = "a", Name = "东门联动工作站", Kind = UnitKind.JointStation, AreaCode = "990101", Lon = 105.1, Lat = 30.2, SourceCrs = "wgs84" };
        var units = new UnitStore(store);
        await units.ReplaceAsync("990101", [station], "api", CancellationToken.None);
        await units.ListAsync(new UnitFilter("990101", UnitKind.JointStation, 10), after: null, CancellationToken.None);
        var known = new RecordingSqlServer().Answering("AS metres", ("code", "a"), ("lon", 105.1), ("lat", 30.2), ("metres", 1.0))
            .Answering("FROM unit WHERE code IN", ("code", "a"))
            .Answering("FROM unit WHERE area_code", ("code", "b"));
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        (await new UnitStore(another).NearAsync(105.1, 30.2, within: null, new UnitFilter(null, null, 10), CancellationToken.None)).ShouldHaveSingleItem();
        var other = new RecordingSqlServer().Answering("FROM unit WHERE area_code", ("code", "b"));
        using var leaving = new Store(other, TimeProvider.System, NullLogger<Store>.Instance);
        (await new UnitStore(leaving).ReplaceAsync("990101", [station], "api", CancellationToken.None)).Retired.ShouldBe(1);
        Take(store, known);
        Take(store, other);
    }

    internal static void Take(Store store, RecordingSqlServer other)
    {
        foreach (var statement in other.Statements)
        {
            ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
        }
    }

    private static async Task GridsAsync(Store store)
    {
        var areas = new AreaStore(store);
        var day = new DateOnly(2026, 11, 22);
        await areas.VersionAsync(day, CancellationToken.None);
        await areas.ReadAsync(day, CancellationToken.None);
        await areas.UploadsAsync(10, CancellationToken.None);
        var square = new NetTopologySuite.Geometries.Polygon(new([new(105, 30), new(106, 30), new(106, 31), new(105, 30)]));
        await areas.SearchAsync(new AreaSearch(square, AreaRelation.Intersects, AreaLevel.Grid, day, After: null, 10), CancellationToken.None);
        await areas.SearchAsync(new AreaSearch(square, AreaRelation.Within, Level: null, day, "990101", 10), CancellationToken.None);
        await AreaReplacementWriter.ReadAsync(store, day, CancellationToken.None);
        var plan = AreaReplacement.Plan(new StoredAreas([], [], 3), [], day);
        plan.Ends.Add(7, day);
        plan.Copies.Add(new AreaSpan(7, "990101", "云溪县", day, AreaReplacement.Forever));
        var shape = new NetTopologySuite.IO.WKBWriter().Write(square);
        plan.Inserts.Add((new AreaCandidate(0) { Code = "990101", Name = "云溪县", Level = AreaLevel.County, Wkb = shape }, day, AreaReplacement.Forever));
        plan.Sets.Add(new AreaSet("990101", day));
        await store.WriteAsync(
            session => AreaReplacementWriter.Write(session, plan, new AreaImportRequest(CoordinateSystem.Wgs84), day, 0, plannedAfter: 3), CancellationToken.None);
    }
}
