using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>Reads a move from JSON by hand, as reports are read, so that every wrong field is named.</summary>
internal static class StatusChangeReader
{
    /// <param name="json">UTF-8.</param>
    /// <returns>The move as far as it could be read, or null with errors when it is not a JSON object at all.</returns>
    public static StatusChange? Read(ReadOnlySpan<byte> json, FieldErrors errors) =>
        JsonFields.Read(json, errors, fields => new StatusChange { Status = fields.Text("status"), Note = fields.Text("note"), Actor = fields.Text("actor") });
}
