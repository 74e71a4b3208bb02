using CommandCenter.Data.Events;
using CommandCenter.Data.Live;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>The live board folded from the log, event by event, equals the board that a node loads from the state at its start.</summary>
internal sealed class BoardCheck : DatabaseCheck
{
    private const int EventsAtOnce = 5_000;

    public override string Name => "board";

    public override async Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(store, findings, cancellationToken);
        var begun = loaded is null ? null : await BeginAsync(store, loaded, findings, cancellationToken);
        var folded = loaded is null || begun is null ? null : await FoldAsync(store, begun, loaded.Position, findings, cancellationToken);
        if (loaded is null || folded is null)
        {
            return;
        }

        if (begun!.Position > 0)
        {
            findings.Omissions.Add(new Omission(OmissionKind.ArchivedBoard, begun.Position));
        }

        foreach (var (what, stored, logged) in LiveBoard.Differences(loaded, folded))
        {
            findings.Add(FindingKind.BoardDiffers, what, stored, logged);
        }
    }

    private static async Task<LiveBoard?> LoadAsync(Store store, FindingList findings, CancellationToken cancellationToken)
    {
        try
        {
            return await new BoardLoader(store).LoadAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or BoardMismatchException or System.Text.Json.JsonException or FormatException)
        {
            findings.Add(FindingKind.BoardNotMade, e.Message);
            return null;
        }
    }

    // Where the log's beginning is archived, the fold begins with what the state says about then.
    private static async Task<LiveBoard?> BeginAsync(Store store, LiveBoard loaded, FindingList findings, CancellationToken cancellationToken)
    {
        try
        {
            return await BoardAtMark.ReadAsync(store, loaded, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or BoardMismatchException or System.Text.Json.JsonException or FormatException)
        {
            findings.Add(FindingKind.BoardNotMade, e.Message);
            return null;
        }
    }

    // What was committed since the board was loaded is left out. Titles are those of now in both.
    private static async Task<LiveBoard?> FoldAsync(Store store, LiveBoard board, long upTo, FindingList findings, CancellationToken cancellationToken)
    {
        var log = new EventLog(store);
        findings.Expected = upTo - board.Position;
        try
        {
            while (board.Position < upTo)
            {
                var events = await log.ReadAfterAsync(board.Position, (int)Math.Min(EventsAtOnce, upTo - board.Position), cancellationToken);
                if (events.Count == 0)
                {
                    break;
                }

                board = LiveBoard.Apply(board, events);
                foreach (var _ in events)
                {
                    findings.LookedAtOne();
                }
            }

            return board;
        }
        catch (Exception e) when (e is InvalidDataException or BoardMismatchException or System.Text.Json.JsonException or FormatException)
        {
            findings.Add(FindingKind.BoardNotMade, e.Message);
            return null;
        }
    }
}
