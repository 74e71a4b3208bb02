using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage.Verification;
using CommandCenter.Tests.Benchmarks.Grids;
using CommandCenter.Tests.Incidents;
using CommandCenter.Tests.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CommandCenter.Tests.Commands;

/// <summary>What was changed by hand is found and named, each thing by itself.</summary>
public class VerifyVerbTests
{
    private const string Unguarded = "DROP TRIGGER IF EXISTS event_log_no_update; DROP TRIGGER IF EXISTS event_log_no_delete;";

    [Fact]
    public async Task A_sound_database_is_found_sound_and_left_as_it_is()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(200);
        var before = await File.ReadAllBytesAsync(world.Database, TestContext.Current.CancellationToken);

        var verified = (await world.RunAsync("verify")).ShouldEndWith(0);

        verified.Output.ShouldContain("Nothing is wrong.");
        verified.Output.ShouldContain("incidents: good (200 rows)");
        verified.Output.ShouldNotContain("structure: good (0 rows)");
        (await File.ReadAllBytesAsync(world.Database, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Theory]
    [InlineData("UPDATE incident SET status = 80 WHERE id = 1", "incident 1 (", "status is Closed, its events say Reported")]
    [InlineData("UPDATE incident SET finish_by = '2031-01-01T00:00:00.000Z' WHERE id = 1", "incident 1 (", "finish_by is 2031-01-01T00:00:00.000Z, its events say")]
    [InlineData("UPDATE incident SET lon = 106 WHERE id = 2", "incident 2 (", "lon is 106, its events say 105.1")]
    [InlineData("UPDATE incident SET grid_code = '990101001001001' WHERE id = 3", "incident 3 (", "grid_code is 990101001001001, its events say NULL")]
    [InlineData("UPDATE incident SET number = '20200101-00001' WHERE id = 1", "20200101-00001", "does not fit the day")]
    [InlineData("UPDATE incident_day SET last_sequence = 1", "does not fit the day and the last sequence 1 given out")]
    [InlineData("UPDATE incident SET reminded_at = '2031-01-01T00:00:00.000Z' WHERE id = 1", "reminded_at is 2031-01-01T00:00:00.000Z, its events say NULL")]
    [InlineData("UPDATE incident SET next_reminder_at = '2031-01-01T00:00:00.000Z' WHERE id = 1", "next_reminder_at is 2031-01-01T00:00:00.000Z, its events say 20")]
    [InlineData("UPDATE incident SET next_reminder_at = received_at WHERE id = 4", "incident 4 (", "its events say NULL")]
    [InlineData("UPDATE incident SET next_reminder_at = NULL WHERE id = 1", "incident 1 (", "next_reminder_at is NULL, its events say 20")]
    [InlineData("DELETE FROM incident WHERE id = 2", "speaks of incident 2, which is not stored")]
    [InlineData(Unguarded + "DELETE FROM event_log WHERE position BETWEEN 4 AND 5", "positions 4 to 5 are missing from the event log", "incident 4 (")]
    [InlineData(Unguarded + "UPDATE event_log SET payload = '[1]' WHERE position = 3", "the event at position 3 can't be read")]
    [InlineData(Unguarded + "UPDATE event_log SET payload = '{}' WHERE position = 3", "the event at position 3 can't be read", "without number")]
    [InlineData(Unguarded + "UPDATE event_log SET recorded_at = 'garbage' WHERE position = 3", "the event at position 3 can't be read", "garbage")]
    [InlineData(Unguarded + "UPDATE event_log SET kind = 'no.such' WHERE position = 3", "the event at position 3 can't be read", "no.such")]
    [InlineData("UPDATE incident SET status = 20 WHERE id = 1", "board, incident 1 (")]
    [InlineData("UPDATE incident SET title = NULL WHERE id = 0; PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 3 WHERE name = 'incident_number'", "the database's own check")]
    public async Task What_was_changed_by_hand_is_named(string change, params string[] told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(40);
        await world.TamperAsync(change);

        var verified = (await world.RunAsync("verify")).ShouldEndWith(2);

        told.Where(text => !verified.Output.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty(verified.Output);
        verified.Output.ShouldContain("findings in all");
    }

    [Theory]
    [InlineData("DROP TRIGGER event_log_no_delete", "the trigger event_log_no_delete of event_log is missing")]
    [InlineData(
        "DROP TRIGGER event_archive_no_update; CREATE TRIGGER event_archive_no_update BEFORE UPDATE ON event_archive BEGIN SELECT 1; END",
        "the trigger event_archive_no_update of event_archive is not what the schema's scripts make: CREATE TRIGGER event_archive_no_update BEFORE UPDATE ON event_archive BEGIN SELECT 1; END")]
    [InlineData("DROP INDEX incident_number", "the index incident_number of incident is missing")]
    [InlineData("DROP INDEX incident_external; CREATE INDEX incident_external ON incident (source, external_id)", "the index incident_external of incident is not what", "CREATE INDEX incident_external")]
    [InlineData("ALTER TABLE unit ADD COLUMN colour TEXT", "the table unit of unit is not what", "colour TEXT")]
    [InlineData("DROP TABLE unit", "the table unit of unit is missing", "the index unit_area of unit is missing", "not looked through to the end, because something is missing", "live board: good")]
    public async Task What_the_scripts_made_and_is_gone_or_changed_is_named(string change, params string[] told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(4);
        await world.TamperAsync(change);

        var verified = (await world.RunAsync("verify")).ShouldEndWith(2);

        told.Where(text => !verified.Output.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty(verified.Output);
    }

    [Fact]
    public async Task An_index_of_the_administrators_own_is_no_finding()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(4);
        await world.TamperAsync("CREATE INDEX our_own ON incident (address); CREATE TABLE our_notes (a TEXT); ANALYZE");

        (await world.RunAsync("verify")).ShouldEndWith(0);
    }

    [Fact]
    public async Task An_open_incident_that_had_its_last_word_needs_no_further_reminder()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(4);
        using (var store = world.OpenStore())
        {
            // Long after every clock ran out.
            await store.WriteAsync(
                session =>
                {
                    session.Execute("UPDATE incident SET next_reminder_at = NULL WHERE id = 1");
                    IncidentReminders.Begin(session, session.Now.AddYears(1));
                    return true;
                },
                TestContext.Current.CancellationToken);
        }

        (await world.CountAsync("SELECT COUNT(*) FROM incident WHERE id = 1 AND next_reminder_at IS NULL AND reminded_at IS NOT NULL")).ShouldBe(1);
        (await world.RunAsync("verify")).ShouldEndWith(0);
    }

    [Theory]
    [InlineData("UPDATE area SET valid_from = '2020-01-01' WHERE code = (SELECT MIN(code) FROM area WHERE level = 4)", "is not in force on 2020-01-01")]
    [InlineData("INSERT INTO area SELECT 90000 + id, code, name, level, parent_code, valid_from, valid_to, import_position, population, households, type, min_lon, min_lat, max_lon, max_lat, shape FROM area WHERE level = 4 LIMIT 1", "has two versions in force", "and the spatial index do not agree")]
    [InlineData("UPDATE area SET shape = x'0103' WHERE id = 5", "area 5 (", "its shape is wrong")]
    [InlineData("UPDATE area SET max_lon = max_lon + 1 WHERE id = 5", "area 5 (", "its shape is wrong")]
    [InlineData("UPDATE area SET level = 2 WHERE id = 9", "area 9: its code")]
    [InlineData("UPDATE area_import SET taken = 3", "taken is 3, its event says")]
    [InlineData("DELETE FROM area_import", "speaks of an upload of areas that is not stored", "refers to a row of area_import that is not there")]
    public async Task Areas_that_were_changed_by_hand_are_named(string change, params string[] told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(3);
        await File.WriteAllBytesAsync(world.In("areas.geojson"), GeoJsonFile.Of(new Tiling(30).Areas()), TestContext.Current.CancellationToken);
        await using (var server = await ServerProcess.StartAsync(world.Folder))
        {
            using var api = new Api(server.Address);
            using var file = new ByteArrayContent(await File.ReadAllBytesAsync(world.In("areas.geojson"), TestContext.Current.CancellationToken));
            file.Headers.ContentType = new("application/geo+json");
            (await api.SendAsync(HttpMethod.Put, "/api/v1/areas", file)).ShouldBe(System.Net.HttpStatusCode.OK);
        }

        (await world.RunAsync("verify")).ShouldEndWith(0);
        await world.TamperAsync(change);

        var verified = (await world.RunAsync("verify")).ShouldEndWith(2);
        told.Where(text => !verified.Output.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty(verified.Output);
    }

    [Fact]
    public async Task Reminders_that_were_written_down_are_no_finding()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(40);
        using (var store = world.OpenStore())
        {
            var reminder = new IncidentReminded(ReminderKind.Remind, IncidentClockKind.Accept, DateTime.UnixEpoch, IncidentStatus.Reported);
            await store.WriteAsync(session => IncidentReminders.Write(session, 1, reminder, IncidentReminders.Actor, session.Now), TestContext.Current.CancellationToken);
            await store.WriteAsync(session => IncidentReminders.Write(session, 1, reminder, IncidentReminders.Actor, session.Now.AddSeconds(1)), TestContext.Current.CancellationToken);
        }

        (await world.RunAsync("verify")).ShouldEndWith(0);
        await world.TamperAsync("UPDATE incident SET reminded_at = NULL WHERE id = 1");
        (await world.RunAsync("verify")).ShouldEndWith(2).Output.ShouldContain("reminded_at is NULL, its events say 20");
    }

    [Theory]
    [InlineData("UPDATE unit SET changed_position = 1 WHERE code = 'A'", "unit A: no list of units was taken in at position 1", "changed 0, its event says 1")]
    [InlineData("UPDATE unit SET retired_at = NULL WHERE code = 'B'", "retired 0, its event says 1", "taken 3, its event says 2")]
    [InlineData("UPDATE unit SET retired_at = '2020-01-01T00:00:00.000Z' WHERE code = 'B'", "unit B: retired_at is 2020-01-01T00:00:00.000Z")]
    [InlineData("UPDATE unit SET area_code = '880101' WHERE code = 'C'", "unit C: area_code is 880101, its event says 990101")]
    [InlineData("DELETE FROM unit WHERE code = 'C'", "taken 1, its event says 2")]
    public async Task Units_that_were_changed_by_hand_are_named(string change, params string[] told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(3);
        await world.UnitsAsync("B", "C");
        await world.UnitsAsync("A", "C");
        (await world.RunAsync("verify")).ShouldEndWith(0).Output.ShouldContain("units: good (3 rows)");
        await world.TamperAsync(change);

        var verified = (await world.RunAsync("verify")).ShouldEndWith(2);
        told.Where(text => !verified.Output.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty(verified.Output);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("UPDATE incident SET closed_at = '2026-01-01T00:00:00.000Z' WHERE id = 1000", "incident 1000 (", "closed_at is 2026-01-01T00:00:00.000Z, its events say")]
    [InlineData("UPDATE incident SET status = 20 WHERE id = 1", "incident 1 (", "status is Accepted, its events say Reported", "board, incident 1 (")]
    [InlineData("UPDATE incident SET grid_code = '990101001001001' WHERE id = 2701", "grid_code is 990101001001001", "board, incident 2701 (")]
    [InlineData(Unguarded + "DELETE FROM event_log WHERE position = 1", "incident 1 (", "has no event that reported it")]
    [InlineData(Unguarded + "DELETE FROM event_log WHERE position = 2401", "positions 2401 to 2401 are missing", "the board can't be made")]
    [InlineData("INSERT INTO event_archive VALUES (2450, 2402, 49, 'x', 'x', '2026-01-01T00:00:00.000Z')", "the archive of positions 2402 to 2450 does not follow the one before it, which ends with 2400")]
    public async Task Of_a_log_whose_beginning_is_archived_the_rest_is_compared(string change, params string[]? told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(1_000);
        await world.FillAsync(5_200, "later-");
        await world.ArchiveAsync(2_000);
        await world.ArchiveAsync(2_400, after: 2_000);
        if (change.Length > 0)
        {
            await world.TamperAsync(change);
        }

        var verified = (await world.RunAsync("verify")).ShouldEndWith(told is null ? 0 : 2);

        verified.Output.ShouldContain("are archived in ");
        verified.Output.ShouldContain("250 closed incidents have events in the archive");
        (told ?? []).Where(text => !verified.Output.Contains(text, StringComparison.Ordinal)).ShouldBeEmpty(verified.Output);
    }

    [Fact]
    public async Task A_program_that_takes_reports_meanwhile_is_no_finding()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(2_000);
        await using var server = await ServerProcess.StartAsync(world.Folder);
        using var api = new Api(server.Address);
        using var enough = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            for (var id = 1; !enough.IsCancellationRequested; id++)
            {
                (await api.ReportAsync("""{"source":"load","category":"0401","title":"占用消防通道"}""")).ShouldBe(System.Net.HttpStatusCode.Created);
                await api.PostAsync($"/api/v1/incidents/{id}/status", """{"status":"accepted"}""");
            }
        },
        TestContext.Current.CancellationToken);

        try
        {
            (await world.RunAsync("verify")).ShouldEndWith(0);
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }
    }

    [Fact]
    public async Task Without_a_database_or_with_an_older_one_it_says_what_to_run_first()
    {
        await using var world = new VerbWorld();

        (await world.RunAsync("verify")).ShouldEndWith(1).Error.ShouldContain("Run migrate first");
        await world.FillAsync(1);
        await world.TamperAsync("DELETE FROM schema_version WHERE number = (SELECT MAX(number) FROM schema_version)");
        (await world.RunAsync("verify")).ShouldEndWith(1).Error.ShouldContain("has 1 schema scripts to run. Run migrate first");
    }
}

/// <summary>What a server tells of its tables, indexes and triggers is compared; what it does not tell is not called good.</summary>
[Collection("SQL Server")]
public class VerifySqlServerTests
{
    [Fact]
    public void All_that_the_scripts_make_is_known()
    {
        var parsed = TSql.Scripts.SelectMany(script => script.Batches).Select(TSql.Parse).ToList();

        ServerObjects.MadeBy(TSql.Scripts).Select(made => $"{made.Kind} {made.Table}.{made.Name}").Order(StringComparer.Ordinal).ShouldBe(
            [
                .. parsed.SelectMany(TSql.Find<CreateIndexStatement>).Select(index => $"index {index.OnName.BaseIdentifier.Value}.{index.Name.Value}")
                    .Concat(parsed.SelectMany(TSql.Find<CreateSpatialIndexStatement>).Select(index => $"index {index.Object.BaseIdentifier.Value}.{index.Name.Value}"))
                    .Concat(parsed.SelectMany(TSql.Find<CreateTableStatement>).Select(table => $"table {table.SchemaObjectName.BaseIdentifier.Value}.{table.SchemaObjectName.BaseIdentifier.Value}"))
                    .Concat(parsed.SelectMany(TSql.Find<CreateTriggerStatement>).Select(trigger => $"trigger {trigger.TriggerObject.Name.BaseIdentifier.Value}.{trigger.Name.BaseIdentifier.Value}"))
                    .Distinct().Order(StringComparer.Ordinal),
            ]);
    }

    [Fact]
    public async Task Dropped_and_disabled_things_of_a_server_are_named()
    {
        await using var server = new SqlServerDatabase();
        await server.CreateAsync();
        await server.OpenStoreAsync();
        await using var world = new VerbWorld();
        string[] settings = ["--Storage:Provider=SqlServer", $"--ConnectionStrings:CommandCenter={server.Options.ConnectionString}"];
        var sound = (await world.RunAsync(["verify", .. settings])).ShouldEndWith(0);
        sound.Output.ShouldNotContain("structure: good (0 rows)");

        // Only a server that checks its pages and shows its triggers lets us say that all is well.
        sound.Output.Contains("not looked at:", StringComparison.Ordinal).ShouldBe(sound.Output.Contains("Nothing wrong was found in what could be looked at", StringComparison.Ordinal));

        await server.ExecuteAsync("DROP INDEX incident_grid ON incident");
        await server.ExecuteAsync("DISABLE TRIGGER event_log_no_edit ON event_log");
        await server.ExecuteAsync("DROP TRIGGER event_archive_no_edit");
        var changed = (await world.RunAsync(["verify", .. settings])).ShouldEndWith(2);
        changed.Output.ShouldContain("the index incident_grid of incident is missing");
        changed.Output.ShouldContain("the trigger event_log_no_edit of event_log is not what the schema's scripts make: DISABLED");
        changed.Output.ShouldContain("the trigger event_archive_no_edit of event_archive is missing");

        await server.ExecuteAsync("CREATE TRIGGER event_archive_no_edit ON event_archive AFTER UPDATE AS BEGIN SET NOCOUNT ON; END");
        (await world.RunAsync(["verify", .. settings])).ShouldEndWith(2).Output.ShouldContain("the trigger event_archive_no_edit of event_archive is not what the schema's scripts make: CREATE TRIGGER");
    }
}
