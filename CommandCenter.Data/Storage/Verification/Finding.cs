namespace CommandCenter.Data.Storage.Verification;

/// <summary>What can be wrong with a database. Each has a text in both languages that names its arguments in order.</summary>
public enum FindingKind
{
    /// <summary>What the database's own check says.</summary>
    Structure,

    /// <summary>What it is (table, index, trigger), its name, its table.</summary>
    ObjectMissing,

    /// <summary>What it is, its name, its table, what is stored of it in place of what the schema's scripts make.</summary>
    ObjectDiffers,

    /// <summary>What the database said: something that the check reads is not there, so its remainder was not looked at.</summary>
    NotReadable,

    /// <summary>Table, row, parent table.</summary>
    DanglingReference,

    /// <summary>First and last position.</summary>
    PositionsMissing,

    /// <summary>First and last position of an archive, the last position of the archive before it.</summary>
    ArchivesDoNotFollow,

    /// <summary>Position, why.</summary>
    EventUnreadable,

    /// <summary>Position of the first event, the incident it speaks of.</summary>
    EventWithoutIncident,

    /// <summary>Id, number.</summary>
    IncidentWithoutEvent,

    /// <summary>Id, number, field, what is stored, what its events say.</summary>
    IncidentDiffers,

    /// <summary>Id, number, position of the event, from, to.</summary>
    MoveNotPossible,

    /// <summary>Id, number, the last sequence given out that day.</summary>
    NumberNotGivenOut,

    /// <summary>Id, number: the point for spatial queries is missing or beside lon and lat.</summary>
    PointDiffers,

    /// <summary>Id, number.</summary>
    DisputeWithoutEvent,

    /// <summary>Id, number, field, what is stored, what its events say.</summary>
    DisputeDiffers,

    /// <summary>Position of the last event, the dispute it speaks of.</summary>
    EventWithoutDispute,

    /// <summary>Key, as it is named in the key file, which lacks it.</summary>
    KeyMissing,

    /// <summary>Id, number: names, phones or addresses stand in it as plain text.</summary>
    PersonNotSealed,

    /// <summary>Id, number, column: changed, or of another row or column.</summary>
    SealBroken,

    /// <summary>Id, number, column, key that the key file lacks.</summary>
    SealWithoutKey,

    /// <summary>What the board counts, its value from the state, its value from the log.</summary>
    BoardDiffers,

    /// <summary>Why the board can't be made from the log.</summary>
    BoardNotMade,

    /// <summary>Position of the upload.</summary>
    UploadWithoutEvent,

    /// <summary>Position of the event.</summary>
    UploadMissing,

    /// <summary>Position, field, what is stored, what its event says.</summary>
    UploadDiffers,

    /// <summary>Id, code, what is wrong with its code, level or parent.</summary>
    AreaCodeWrong,

    /// <summary>Code, id, id, day: both are in force.</summary>
    AreaTwice,

    /// <summary>Id, code, parent's code, day: no parent is in force.</summary>
    AreaWithoutParent,

    /// <summary>Id, code, why.</summary>
    AreaShapeWrong,

    /// <summary>Id of the area: it is missing from the spatial index, or there too much.</summary>
    AreaNotIndexed,

    /// <summary>Code, the position of the change that made it what it is: no list of units was taken in there.</summary>
    UnitWithoutEvent,

    /// <summary>Code, field, what is stored, what its event says.</summary>
    UnitDiffers,

    /// <summary>Position of the event, county, what it counts, how many are stored, how many it says.</summary>
    UnitsDiffer,

    /// <summary>Code: the point for spatial queries is missing or beside lon and lat.</summary>
    UnitPointDiffers,

    /// <summary>Sequence, time: a row of the audit log is not what was sealed.</summary>
    AuditRowChanged,

    /// <summary>First and last sequence that are missing from the audit log.</summary>
    AuditRowsMissing,

    /// <summary>Sequence: what is before it, or its word about that, is not what was sealed.</summary>
    AuditChainBroken,

    /// <summary>Sequence: written without the key, after rows that have it.</summary>
    AuditRowWithoutKey,

    /// <summary>Sequence of the first such row, the name of the key that is not here.</summary>
    AuditKeyMissing,

    /// <summary>The last sequence: where the log ends is not on record any more.</summary>
    AuditHeadMissing,

    /// <summary>The sequence that it names: the word about where the log ends is not what was sealed.</summary>
    AuditHeadChanged,

    /// <summary>First and last sequence beyond where the log ends.</summary>
    AuditRowsAfterHead,

    /// <summary>The last sequence: there is a key, and the log does not end under it.</summary>
    AuditNotUnderKey,

    /// <summary>First and last sequence: the word about rows that were taken out is not what was sealed, or does not follow the one before.</summary>
    AuditCheckpointWrong,
}

/// <summary>Something wrong, with what names the place: position, id, number or code.</summary>
public sealed record Finding(FindingKind Kind, params object[] Arguments);

/// <summary>What could not be looked at here, and why: no fault of the data.</summary>
public enum OmissionKind
{
    /// <summary>The server does not let this account check its pages, or can't. Argument: what it said.</summary>
    Structure,

    /// <summary>The server does not show this account, or anybody, what it would have to be compared with. Arguments: what it is, its name.</summary>
    Definition,

    /// <summary>Events in files, which are not opened. Arguments: up to which position, how many files.</summary>
    ArchivedEvents,

    /// <summary>Closed incidents whose report, at least, is archived: only what their other events say was compared. Argument: how many.</summary>
    ArchivedIncidents,

    /// <summary>The board was folded from here on only, what was before taken from the state. Argument: the position.</summary>
    ArchivedBoard,

    /// <summary>Rows of the audit log that are sealed with a key, and none is here: only that they hang together was looked at. Argument: how many.</summary>
    AuditSeals,
}

public sealed record Omission(OmissionKind Kind, params object[] Arguments);

/// <summary>One look at the database.</summary>
/// <param name="Name">structure, events, incidents, disputes, people, areas, units, board, audit.</param>
/// <param name="Looked">How many rows were looked at.</param>
public sealed record CheckResult(string Name, long Looked, IReadOnlyList<Finding> Findings, long FindingsTotal, IReadOnlyList<Omission> Omissions);
