using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>Writes the messages of the live feed. Field by field, because these names are a public interface.</summary>
/// <param name="visitor">Guests look on.</param>
internal sealed class LiveMessageWriter(AreaIndex areas, BoardMask mask, bool visitor)
{
    /// <summary>A snapshot carries this many open incidents at most, the newest; counts are of all.</summary>
    public const int MostOpen = 5_000;

    /// <summary>A snapshot carries this many entries of the stream at most, the newest.</summary>
    public const int MostRecent = 50;

    // Goes through a JSON parser, never into a page as it is; readable Chinese is half the bytes of \u escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static LiveMessage Pulse(long position, DateTime? asOf, LiveState state) =>
        Write("pulse", position, asOf, json =>
        {
            json.WriteString("state", state.Condition switch
            {
                LiveCondition.Live => "live",
                LiveCondition.Behind => "behind",
                LiveCondition.StoreAway => "storeAway",
                _ => throw new ArgumentOutOfRangeException(nameof(state), state.Condition, "Not a condition."),
            });
            if (state.Condition != LiveCondition.Live)
            {
                json.WriteString("since", state.Since);
            }
        });

    public LiveMessage Changes(long position, DateTime? asOf, IEnumerable<StreamEntry> entries) =>
        Write("changes", position, asOf, json => WriteEntries(json, "entries", entries));

    /// <param name="scope">Code prefix; "" for the whole store.</param>
    public LiveMessage Snapshot(LiveBoard board, DateTime? asOf, string scope) =>
        Write("snapshot", board.Position, asOf, json =>
        {
            json.WriteStartArray("open");
            foreach (var incident in board.OpenNewestFirst.Where(incident => Concerns(incident, scope)).Take(MostOpen))
            {
                WriteIncident(json, mask.Shown(incident, visitor));
            }

            json.WriteEndArray();
            json.WriteNumber("openTotal", board.OpenIn(scope));
            json.WriteStartObject("openByGrid");
            foreach (var (grid, count) in board.OpenByGrid(scope))
            {
                json.WriteNumber(grid, count);
            }

            json.WriteEndObject();
            WriteEntries(json, "recent", board.StreamNewestFirst.Where(entry => entry.Kind != StreamEntryKind.IncidentsErased && Concerns(entry, scope)).Take(MostRecent));
        });

    /// <summary>Whether an entry belongs into the stream of an area. New boundaries concern everybody.</summary>
    public static bool Concerns(StreamEntry entry, string scope) => entry.Incident is not { } incident || Concerns(incident, scope);

    private static bool Concerns(OpenIncident incident, string scope) =>
        scope.Length == 0 || incident.GridCode?.StartsWith(scope, StringComparison.Ordinal) == true;

    private static LiveMessage Write(string type, long position, DateTime? asOf, Action<Utf8JsonWriter> rest)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteNumber("position", position);
            if (asOf is { } at)
            {
                json.WriteString("asOf", at);
            }
            else
            {
                json.WriteNull("asOf");
            }

            rest(json);
            json.WriteEndObject();
        }

        return new LiveMessage(bytes.WrittenSpan.ToArray());
    }

    private void WriteEntries(Utf8JsonWriter json, string name, IEnumerable<StreamEntry> entries)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries.Select(entry => mask.Shown(entry, visitor)))
        {
            json.WriteStartObject();
            json.WriteNumber("position", entry.Position);
            json.WriteString("at", entry.At);
            json.WriteString("kind", entry.Kind switch
            {
                StreamEntryKind.Reported => "reported",
                StreamEntryKind.Accepted => "accepted",
                StreamEntryKind.InProgress => "inProgress",
                StreamEntryKind.Closed => "closed",
                StreamEntryKind.Reminded => "reminded",
                StreamEntryKind.Supervised => "supervised",
                StreamEntryKind.AreasReplaced => "areasReplaced",
                StreamEntryKind.UnitsReplaced => "unitsReplaced",
                StreamEntryKind.StatisticsChanged => "statisticsChanged",
                StreamEntryKind.SafetyIndexChanged => "safetyIndexChanged",
                StreamEntryKind.DisputesChanged => "disputesChanged",
                _ => throw new InvalidOperationException($"The stream has no name for {entry.Kind}."),
            });
            if (entry.Incident is { } incident)
            {
                json.WritePropertyName("incident");
                WriteIncident(json, incident);
            }

            json.WriteString("actor", entry.Actor);
            if (entry.Note is { } note)
            {
                json.WriteString("note", note);
            }

            if (entry.Clock is { } clock)
            {
                json.WriteString("clock", clock == IncidentClockKind.Accept ? "accept" : "finish");
            }

            if (entry.Late is { } late)
            {
                json.WriteBoolean("late", late);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteIncident(Utf8JsonWriter json, OpenIncident incident)
    {
        json.WriteStartObject();
        json.WriteNumber("id", incident.Id);
        json.WriteString("number", incident.Number);
        json.WriteString("title", incident.Title);
        json.WriteString("category", incident.Category);
        json.WriteString("urgency", incident.Urgency switch
        {
            Urgency.Critical => "critical",
            Urgency.Urgent => "urgent",
            Urgency.Normal => "normal",
            Urgency.Complex => "complex",
            _ => throw new InvalidOperationException($"Not an urgency: {((int)incident.Urgency).ToString(CultureInfo.InvariantCulture)}."),
        });
        json.WriteString("status", incident.Status switch
        {
            IncidentStatus.Reported => "reported",
            IncidentStatus.Accepted => "accepted",
            IncidentStatus.InProgress => "inProgress",
            IncidentStatus.Closed => "closed",
            _ => throw new InvalidOperationException($"Not a status: {((int)incident.Status).ToString(CultureInfo.InvariantCulture)}."),
        });
        WriteNumber(json, "lon", incident.Longitude);
        WriteNumber(json, "lat", incident.Latitude);
        var (grid, town) = LiveAreas.NamesOf(areas, incident.GridCode);
        json.WriteString("gridCode", incident.GridCode);
        json.WriteString("gridName", grid);
        json.WriteString("townName", town);
        json.WriteString("source", incident.Source);
        json.WriteString("receivedAt", incident.ReceivedAt);
        json.WriteString("finishBy", incident.FinishBy);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
