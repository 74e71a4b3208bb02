using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Events;

/// <summary>
/// Moves old events out of the log into files. Each file holds an unbroken run of positions, the files together everything up to
/// a mark (<see cref="EventLog.ArchivedThroughAsync"/>), and the log goes on above it without gaps. Below the mark the log keeps
/// what belongs to incidents that are not closed, and what belongs to none; once they are closed a later run takes them out.
/// </summary>
/// <remarks>
/// The file is on disk under its name, synced and read back, before one transaction records it and takes the first rows out.
/// A run killed at any moment leaves the log whole, or the file recorded and rows below the mark that the next run takes out;
/// at worst a file that <c>event_archive</c> does not name, which the next run writes anew.
/// </remarks>
public sealed partial class EventArchiver(Store store, EventArchiveOptions options, TimeProvider time, ILogger<EventArchiver> logger)
{
    // What the board keeps for clients that come back must stay in the log, and tailers must never meet the mark.
    internal const int NewestKept = RecentEntries.Capacity;

    // A file of 20 to 30 MB; a county's month, a province's hour.
    private const int EventsPerFile = 200_000;
    private const int EventsPerRead = 5_000;

    // Rows that one transaction takes out: the intake waits for it some tens of milliseconds.
    private const int RowsPerTransaction = 2_000;

    private static readonly TimeSpan BetweenTellingNothing = TimeSpan.FromHours(24);

    private long? _toldNothing;

    /// <summary>How many events a file holds at most. Tests have smaller ones.</summary>
    internal int MostInFile { get; init; } = EventsPerFile;

    /// <summary>How many of the newest events stay, whatever their age.</summary>
    internal int Newest { get; init; } = NewestKept;

    /// <summary>Archives everything old enough; on one node at a time.</summary>
    /// <param name="lease">Nothing is recorded and nothing taken out of the log unless this is held.</param>
    /// <returns>How many events were archived.</returns>
    /// <exception cref="LeaseLostException">Another node does this now; what was archived so far stays so.</exception>
    /// <exception cref="StoreUnavailableException">The store can't serve; what was archived so far stays so.</exception>
    /// <exception cref="IOException">The file can't be written; nothing was taken out of the log for it.</exception>
    public async Task<long> RunAsync(Lease lease, CancellationToken cancellationToken)
    {
        if (!options.IsOn)
        {
            return 0;
        }

        var old = time.GetUtcNow().UtcDateTime.AddDays(-options.ArchiveEventsAfterDays);
        var before = store.Dialect.Instant(old);
        var archived = 0L;
        await TakeOutAsync(lease, await ThroughAsync(cancellationToken), cancellationToken);
        while (await ArchiveNextAsync(lease, before, cancellationToken) is var events and > 0)
        {
            archived += events;
        }

        await TellAsync(archived, old, cancellationToken);
        return archived;
    }

    // Whoever switched it on wants to see that it works, also in the months in which nothing is old enough; but not every hour.
    private async Task TellAsync(long archived, DateTime old, CancellationToken cancellationToken)
    {
        if (archived > 0)
        {
            _toldNothing = null;
        }
        else if (_toldNothing is not { } at || time.GetElapsedTime(at) >= BetweenTellingNothing)
        {
            _toldNothing = time.GetTimestamp();
            LogNothing(old, Newest, await ThroughAsync(cancellationToken));
        }
    }

    private Task<long> ThroughAsync(CancellationToken cancellationToken) => new EventLog(store).ArchivedThroughAsync(cancellationToken);

    private async Task<long> ArchiveNextAsync(Lease lease, object before, CancellationToken cancellationToken)
    {
        var through = await ThroughAsync(cancellationToken);
        var last = await LastOldAsync(through, before, cancellationToken);
        if (last <= through)
        {
            return 0;
        }

        DeleteParts(through + 1);
        using var file = new EventArchiveFile(options.ArchiveFolder, through + 1);
        while (file.To < last)
        {
            foreach (var e in await ReadAsync(file.To, Math.Min(last, file.To + EventsPerRead), cancellationToken))
            {
                file.Add(e);
            }
        }

        var (name, sha256) = file.Keep();
        var recorded = await store.WriteAsync(session => Record(session, lease, file, name, sha256), cancellationToken);
        if (!recorded)
        {
            LogOvertaken(name);
            return 0;
        }

        LogArchived(file.Events, file.From, file.To, name);
        await TakeOutAsync(lease, file.To, cancellationToken);
        return file.Events;
    }

    /// <summary>The last position of the next file: old enough, as everything before it, and not among the newest.</summary>
    private Task<long> LastOldAsync(long through, object before, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                var head = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(EventLogTable.HeadSql, cancellationToken: cancellationToken)) ?? 0;
                var most = Math.Min(head - Newest, through + MostInFile);
                var firstYoung = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                    "SELECT MIN(position) FROM event_log WHERE position > @through AND position <= @most AND recorded_at >= @before",
                    new { through, most, before },
                    cancellationToken: cancellationToken));
                return firstYoung - 1 ?? most;
            },
            cancellationToken);

    private Task<List<EventRow>> ReadAsync(long after, long to, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                var rows = (await connection.QueryAsync<EventRow>(new CommandDefinition(
                    """
                    SELECT position, recorded_at AS RecordedAt, kind, subject_id AS SubjectId, actor, payload
                    FROM event_log
                    WHERE position > @after AND position <= @to
                    ORDER BY position
                    """,
                    new { after, to },
                    cancellationToken: cancellationToken))).ToList();
                return rows.Count == to - after
                    ? rows
                    : throw new InvalidDataException($"The event log has a gap between positions {after} and {to}. Nothing is archived across it; run verify.");
            },
            cancellationToken);

    private static bool Record(WriteSession session, Lease lease, EventArchiveFile file, string name, string sha256)
    {
        LeaseStore.Require(session, lease);

        // Whoever lost the lease and took it again while it wrote its file was overtaken in between: it finds the mark moved and leaves everything as it is.
        if (Convert.ToInt64(session.Scalar(EventLogTable.ArchivedSql) ?? 0L, System.Globalization.CultureInfo.InvariantCulture) != file.From - 1)
        {
            return false;
        }

        session.Execute(
            """
            INSERT INTO event_archive (to_position, from_position, events, file_name, sha256, archived_at)
            VALUES (@to, @from, @events, @name, @sha256, @at)
            """,
            ("@to", file.To), ("@from", file.From), ("@events", file.Events), ("@name", name), ("@sha256", sha256), ("@at", session.Dialect.Instant(session.Now)));
        TakeOut(session, file.To, RowsPerTransaction);
        return true;
    }

    private async Task TakeOutAsync(Lease lease, long through, CancellationToken cancellationToken)
    {
        while (through > 0 && await store.WriteAsync(TakeOutUnderLease, cancellationToken) == RowsPerTransaction)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        int TakeOutUnderLease(WriteSession session)
        {
            LeaseStore.Require(session, lease);
            return TakeOut(session, through, RowsPerTransaction);
        }
    }

    private static int TakeOut(WriteSession session, long through, int rows)
    {
        var (top, limit) = session.Dialect.First("@rows");
        return session.Execute(
            $"""
            DELETE FROM event_log WHERE position IN (
              SELECT {top} e.position FROM event_log e INNER JOIN incident i ON i.id = e.subject_id
              WHERE e.position <= @through AND i.status = {(int)IncidentStatus.Closed}
              ORDER BY e.position {limit})
            """,
            ("@through", through), ("@rows", rows));
    }

    // What an interrupted run left half written.
    private void DeleteParts(long from)
    {
        foreach (var part in Directory.EnumerateFiles(options.ArchiveFolder, $"events-{from:D12}.*.part"))
        {
            File.Delete(part);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Events} events, positions {From} to {To}, are archived in {File}")]
    private partial void LogArchived(int events, long from, long to, string file);

    [LoggerMessage(LogLevel.Information, "Nothing to archive: what is left was recorded after {Before:u}, is among the newest {Newest} events or follows one that is; up to position {Through} the log is archived. This is told once a day")]
    private partial void LogNothing(DateTime before, int newest, long through);

    [LoggerMessage(LogLevel.Warning, "Another node archived meanwhile; {File} is not recorded and may be deleted")]
    private partial void LogOvertaken(string file);
}
