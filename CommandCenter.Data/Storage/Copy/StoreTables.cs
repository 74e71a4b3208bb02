using System.Data;

namespace CommandCenter.Data.Storage.Copy;

/// <summary>What a column holds. Each is kept by either database in its own form.</summary>
internal enum StoredAs
{
    Int64,
    Int32,
    Flag,
    Real,
    Text,

    /// <summary>UTC, milliseconds.</summary>
    Instant,
    Day,

    /// <summary>A polygon or multipolygon; travels as WKB.</summary>
    Shape,

    Bytes,
}

/// <param name="Size">Longest text in UTF-16 units; -1 without limit.</param>
internal sealed record StoredColumn(string Name, StoredAs As, int Size = 0);

/// <summary>A table that is taken along when a database is copied.</summary>
/// <param name="Key">Its primary key. One number means that rows are copied in its order and a copy goes on where it stopped.</param>
/// <param name="Point">The geography that SQL Server keeps beside lon and lat.</param>
/// <param name="OnlyGrows">Its rows are never changed, so that a copy that was begun earlier is still right.</param>
internal sealed record StoreTable(string Name, string[] Key, StoredColumn[] Columns, string? Point = null, bool OnlyGrows = false)
{
    /// <summary>The column to go on after; null when the table is copied whole.</summary>
    public string? Number => Key is [var only] && Array.Find(Columns, column => column.Name == only) is { As: StoredAs.Int64 } ? only : null;

    public RowTable Rows { get; } = new(Name, [.. Columns.Select(Row)], Point);

    private static RowColumn Row(StoredColumn column) => column.As switch
    {
        StoredAs.Int64 => new(column.Name, DbType.Int64),
        StoredAs.Int32 => new(column.Name, DbType.Int32),
        StoredAs.Flag => new(column.Name, DbType.Boolean),
        StoredAs.Real => new(column.Name, DbType.Double),
        StoredAs.Text => new(column.Name, DbType.String, column.Size),
        StoredAs.Instant => new(column.Name, DbType.DateTime2),
        StoredAs.Day => new(column.Name, DbType.Date),
        StoredAs.Shape => new(column.Name, DbType.Binary, -1, IsShape: true),
        StoredAs.Bytes => new(column.Name, DbType.Binary, column.Size),
        _ => throw new InvalidOperationException($"{column.Name} is stored as {column.As}, which is not known."),
    };
}

/// <summary>
/// Every table there is: what a copy takes along, in an order in which rows come after those they refer to, and what it does
/// not. A test compares both lists with the schema.
/// </summary>
internal static class StoreTables
{
    /// <summary>Not taken along, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotCopied = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_version"] = "made by migrating the target",
        ["area_box"] = "the embedded store's own index, filled from area",
        ["access_version"] = "made by migrating the target",
        ["account_session"] = "whoever is signed in signs in again",
        ["wall_request"] = "screens that are asking at this moment ask again",
        ["lease"] = "held by programs that run on the source",
        ["node"] = "programs that run on the source",
    };

    public static readonly IReadOnlyList<StoreTable> All =
    [
        new(
            "event_log",
            ["position"],
            [
                Int64("position"), Instant("recorded_at"), Text("kind", 40), Int64("subject_id"), Text("actor", 100), Text("payload", -1),
            ],
            OnlyGrows: true),
        new(
            "incident",
            ["id"],
            [
                Int64("id"), Text("number", 20), Text("source", 32), Text("external_id", 128), Text("category", 4), Int32("urgency"),
                Text("title", 200), Text("description", 4000), Real("lon"), Real("lat"), Text("source_crs", 16), Text("grid_code", 15),
                Flag("outside_grids"), Text("address", 300), Instant("occurred_at"), Instant("received_at"), Int32("status"),
                Instant("accepted_at"), Instant("started_at"), Instant("closed_at"), Instant("accept_by"), Instant("finish_by"),
                Instant("next_reminder_at"), Instant("reminded_at"), Text("reporter_name", 64), Text("reporter_phone", 32),
                Bytes("address_sealed", 1240), Bytes("reporter_name_sealed", 300), Bytes("reporter_phone_sealed", 70), Bytes("reporter_id_sealed", 60),
                Bytes("reporter_name_hash", 16), Bytes("reporter_phone_hash", 16), Bytes("reporter_id_hash", 16), Text("wall_title", 400),
                Instant("erased_at"),
            ],
            Point: "place"),
        new(
            "event_archive",
            ["to_position"],
            [
                Int64("to_position"), Int64("from_position"), Int32("events"), Text("file_name", 100), Text("sha256", 64), Instant("archived_at"),
            ],
            OnlyGrows: true),
        new("incident_day", ["day"], [Day("day"), Int32("last_sequence")]),
        new(
            "area_import",
            ["position"],
            [
                Int64("position"), Instant("recorded_at"), Day("valid_from"), Text("source_crs", 16), Text("actor", 100), Int32("taken"),
                Int32("repaired"), Int32("retired"),
            ]),
        new(
            "area",
            ["id"],
            [
                Int64("id"), Text("code", 15), Text("name", 100), Int32("level"), Text("parent_code", 15), Day("valid_from"), Day("valid_to"),
                Int64("import_position"), Int32("population"), Int32("households"), Text("type", 50), Real("min_lon"), Real("min_lat"),
                Real("max_lon"), Real("max_lat"), new("shape", StoredAs.Shape),
            ]),
        new("area_set", ["family", "valid_from"], [Text("family", 15), Day("valid_from"), Int64("import_position")]),
        new(
            "unit",
            ["code"],
            [
                Text("code", 32), Text("name", 100), Int32("kind"), Text("area_code", 15), Real("lon"), Real("lat"), Text("source_crs", 16),
                Int64("changed_position"), Instant("retired_at"),
            ],
            Point: "place"),
        new(
            "audit_log",
            ["sequence"],
            [
                Int64("sequence"), Instant("at"), Text("subject", 200), Text("action", 64), Text("object", 300), Int32("result"), Text("address", 64),
                Text("detail", 2000), Int32("times"), Text("key_id", 64), Text("previous_hash", 64), Text("hash", 64),
            ],
            OnlyGrows: true),
        new(
            "audit_checkpoint",
            ["through_sequence"],
            [
                Int64("through_sequence"), Int64("from_sequence"), Text("hash", 64), Instant("removed_at"), Text("key_id", 64), Text("seal", 64),
            ],
            OnlyGrows: true),
        new("audit_head", ["id"], [Int32("id"), Int64("sequence"), Text("hash", 64), Text("key_id", 64), Text("seal", 64)]),
        new("privacy_key", ["id"], [Int64("id"), Text("kind", 10), Bytes("probe", 32), Instant("added_at")]),
        new("privacy_mark", ["name"], [Text("name", 40), Int64("value")]),
        new("department", ["id"], [Int64("id"), Text("name", 100), Text("categories", 400), Instant("retired_at")]),
        new(
            "account",
            ["id"],
            [
                Int64("id"), Text("name_key", 64), Text("name", 64), Text("display_name", 64), Int32("role"), Text("area", 15), Int64("department_id"),
                Text("password_hash", 400), Instant("password_changed_at"), Flag("must_change"), Text("second_factor", 400), Int64("second_factor_step"),
                Int32("failures"), Instant("locked_until"), Instant("disabled_at"), Instant("created_at"), Text("created_by", 100), Instant("last_sign_in_at"),
            ]),
        new("account_password", ["account_id", "set_at"], [Int64("account_id"), Instant("set_at"), Text("hash", 400)]),
        new("account_recovery", ["account_id", "hash"], [Int64("account_id"), Text("hash", 64), Instant("used_at")]),
        new(
            "api_key",
            ["id"],
            [
                Int64("id"), Text("name", 80), Text("hash", 64), Int32("scopes"), Text("area", 15), Text("source", 32), Int32("rate"), Instant("created_at"),
                Text("created_by", 100), Instant("expires_at"), Instant("last_used_at"), Instant("revoked_at"),
            ]),
        new(
            "wall",
            ["id"],
            [
                Int64("id"), Text("name", 80), Text("area", 15), Text("profile", 32), Text("scenes", 200), Text("hash", 64), Text("pairing_hash", 64),
                Instant("pairing_until"), Instant("created_at"), Text("created_by", 100), Instant("expires_at"), Instant("last_seen_at"), Instant("revoked_at"),
            ]),
        new(
            "statistic_import",
            ["position"],
            [
                Int64("position"), Instant("recorded_at"), Text("actor", 100), Text("source", 100), Text("file_name", 200), Text("sha256", 64), Day("as_of"),
                Text("note", 400), Int32("cells"), Day("first_day"), Day("last_day"), Int64("undone_position"), Instant("undone_at"), Text("undone_by", 100),
                Text("undone_reason", 400),
            ]),
        new(
            "statistic_part",
            ["series", "area_code", "month", "import_position"],
            [
                Text("series", 80), Text("area_code", 15), Int32("month"), Int64("import_position"), Int32("decimals"), Int64("whole"), Bytes("days", 400),
            ]),
        new(
            "statistic_month",
            ["month", "series", "area_code"],
            [
                Int32("month"), Text("series", 80), Text("area_code", 15), Int32("decimals"), Int64("whole"), Bytes("days", 400), Int64("total"),
                Int32("given_days"), Int32("last_day"), Day("as_of"), Int64("import_position"),
            ]),
        new(
            "statistic_term",
            ["kind", "code"],
            [
                Int32("kind"), Text("code", 24), Text("name", 60), Text("name_en", 60), Int32("adverse"), Flag("is_stock"), Text("aliases", 400),
                Instant("changed_at"), Text("changed_by", 100),
            ]),
        new("statistic_layout", ["heading_hash"], [Text("heading_hash", 64), Text("layout", -1), Instant("changed_at"), Text("changed_by", 100)]),
        new(
            "statistic_publication",
            ["id"],
            [
                Int64("id"), Instant("published_at"), Text("actor", 100), Text("title", 200), Int64("version"), Text("figures", -1), Instant("withdrawn_at"),
                Text("withdrawn_by", 100),
            ]),
        new("safety_weights", ["version"], [Int32("version"), Text("weights", 400), Text("reason", 400), Instant("recorded_at"), Text("actor", 100)]),
        new(
            "safety_index",
            ["area_code", "day", "position"],
            [
                Text("area_code", 15), Day("day"), Int64("position"), Int32("weights_version"), Int32("score"), Flag("provisional"), Text("parts", -1),
            ]),
        new(
            "dispute",
            ["id"],
            [
                Int64("id"), Text("number", 24), Text("source", 32), Text("external_id", 128), Instant("registered_at"), Day("occurred_on"), Text("area_code", 15),
                Real("lon"), Real("lat"), Text("source_crs", 16), Bytes("place_sealed", 1240), Text("category", 2), Int32("scale"), Int32("origin"), Text("title", 200),
                Text("shown_title", 400), Text("summary", 4000), Text("units", 500), Int32("people"), Int32("risk"), Text("risk_reason", 400), Int32("stage"),
                Instant("accepted_at"), Day("due_on"), Flag("extended"), Text("extension_reason", 400), Text("body_code", 32), Int64("mediator_id"), Text("method", 24),
                Int32("outcome"), Instant("outcome_at"), Int32("agreement"), Int32("confirmation"), Instant("confirmation_at"), Int32("referral"),
                Text("resolution", 2000), Instant("closed_at"), Day("reviewed_on"), Text("review_opinion", 1000), Instant("criminal_at"), Text("criminal_reason", 400),
                Int64("incident_id"), Int32("revision"), Instant("changed_at"), Int64("changed_position"), Instant("erased_at"),
            ]),
        new(
            "dispute_party",
            ["id"],
            [
                Int64("id"), Int64("dispute_id"), Int32("role"), Bytes("name_sealed", 300), Bytes("phone_sealed", 70), Bytes("id_sealed", 60), Bytes("address_sealed", 1240),
                Bytes("name_hash", 16), Bytes("phone_hash", 16), Bytes("id_hash", 16),
            ]),
        new("dispute_joint", ["dispute_id", "department_id"], [Int64("dispute_id"), Int64("department_id"), Flag("is_lead")]),
        new("dispute_link", ["dispute_id", "other_id"], [Int64("dispute_id"), Int64("other_id"), Int32("kind")]),
        new("dispute_day", ["day"], [Day("day"), Int32("last_sequence")]),
        new("mediation_kind", ["code"], [Text("code", 24), Text("name", 100), Text("name_en", 100), Instant("retired_at"), Instant("changed_at"), Text("changed_by", 100)]),
        new(
            "mediation_body",
            ["code"],
            [
                Text("code", 32), Text("name", 100), Text("kind", 24), Text("area_code", 15), Instant("retired_at"), Instant("changed_at"), Text("changed_by", 100),
            ]),
        new(
            "mediator",
            ["id"],
            [
                Int64("id"), Text("body_code", 32), Text("name", 100), Text("kind", 24), Instant("retired_at"), Instant("changed_at"), Text("changed_by", 100),
            ]),
        new("data_protection_key", ["name"], [Text("name", 200), Text("element", -1), Instant("created_at")]),
    ];

    private static StoredColumn Int64(string name) => new(name, StoredAs.Int64);

    private static StoredColumn Int32(string name) => new(name, StoredAs.Int32);

    private static StoredColumn Flag(string name) => new(name, StoredAs.Flag);

    private static StoredColumn Real(string name) => new(name, StoredAs.Real);

    private static StoredColumn Instant(string name) => new(name, StoredAs.Instant);

    private static StoredColumn Day(string name) => new(name, StoredAs.Day);

    private static StoredColumn Bytes(string name, int size) => new(name, StoredAs.Bytes, size);

    private static StoredColumn Text(string name, int size) => new(name, StoredAs.Text, size);
}
