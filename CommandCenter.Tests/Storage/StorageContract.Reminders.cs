using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Nodes;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task Clocks_speak_once_each_and_only_while_what_they_say_is_true()
    {
        var lease = (await new LeaseStore(_store).TryTakeAsync("reminders", "node", TimeSpan.FromMinutes(5), Ended))!;
        var now = DateTime.UtcNow;

        // Urgent: accept within 30 minutes, finish within 24 hours.
        var soon = await TakenInAsync(now.AddMinutes(-25));
        var late = await TakenInAsync(now.AddHours(-20));
        var accepted = await TakenInAsync(now.AddHours(-25), IncidentStatus.Accepted);
        var closed = await TakenInAsync(now.AddHours(-25), IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed);
        var fresh = await TakenInAsync(now);

        await RunRemindersAsync(lease);

        (await RemindersOfAsync(soon)).ShouldBe([(ReminderKind.Remind, IncidentClockKind.Accept)]);
        (await RemindersOfAsync(late)).ShouldBe([(ReminderKind.Supervise, IncidentClockKind.Accept), (ReminderKind.Remind, IncidentClockKind.Finish)]);
        (await RemindersOfAsync(accepted)).ShouldBe([(ReminderKind.Supervise, IncidentClockKind.Finish)]);
        (await RemindersOfAsync(closed)).ShouldBeEmpty();
        (await RemindersOfAsync(fresh)).ShouldBeEmpty();

        var said = (await WholeLogAsync()).Count;
        await RunRemindersAsync(lease);
        (await WholeLogAsync()).Count.ShouldBe(said);
    }

    [Fact]
    public async Task Who_lost_the_lease_reminds_nobody()
    {
        var leases = new LeaseStore(_store);
        var lost = (await leases.TryTakeAsync("reminders", "one", TimeSpan.FromMinutes(5), Ended))!;
        await leases.ReleaseAsync(lost, Ended);
        var held = (await leases.TryTakeAsync("reminders", "other", TimeSpan.FromMinutes(5), Ended))!;
        var id = await TakenInAsync(DateTime.UtcNow.AddMinutes(-25));

        await Should.ThrowAsync<LeaseLostException>(new IncidentReminders(_store).RunAsync(lost, Ended));
        (await RemindersOfAsync(id)).ShouldBeEmpty();

        await RunRemindersAsync(held);
        (await RemindersOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task History_that_was_brought_in_is_watched_from_its_end_on()
    {
        var received = DateTime.UtcNow.AddHours(-20);
        var id = (await _store.WriteAsync(
            session =>
            {
                var taken = IncidentStore.TakeIn(session, [Report() with { Urgency = Urgency.Urgent }], received, withReminders: false)[0];
                IncidentReminders.Begin(session, received.AddHours(19));
                return taken;
            },
            Ended)).Id;

        var reminders = (await _log.HistoryAsync(Sight.OfTheProgram, id, Ended)).Where(e => e.Event is IncidentReminded).ToList();
        reminders.Select(e => Math.Round((e.RecordedAt - received).TotalMinutes)).ShouldBe([19 * 60, 19 * 60]);
    }

    private async Task<long> TakenInAsync(DateTime receivedAt, params IncidentStatus[] moves) =>
        (await _store.WriteAsync(
            session =>
            {
                var taken = IncidentStore.TakeIn(session, [Report() with { Urgency = Urgency.Urgent }], receivedAt)[0];
                foreach (var to in moves)
                {
                    IncidentStore.Move(session, taken.Id, to, "desk", note: null, receivedAt.AddMinutes(1));
                }

                return taken;
            },
            Ended)).Id;

    private async Task RunRemindersAsync(Lease lease)
    {
        var reminders = new IncidentReminders(_store);
        while (await reminders.RunAsync(lease, Ended) > 0)
        {
            // Until nothing is due.
        }
    }

    private async Task<List<(ReminderKind Kind, IncidentClockKind Clock)>> RemindersOfAsync(long id) =>
        [.. (await _log.HistoryAsync(Sight.OfTheProgram, id, Ended)).Select(e => e.Event).OfType<IncidentReminded>().Select(e => (e.Kind, e.Clock))];
}
