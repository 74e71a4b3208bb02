namespace CommandCenter.Data.Accounts;

/// <summary>Something that may be done. Each endpoint, page and hub method names exactly one.</summary>
#pragma warning disable CA1711 // It is what the word says; the suffix was kept for a framework class of long ago.
public enum Permission
#pragma warning restore CA1711
{
    /// <summary>The wall and the live feed: figures, and titles with nobody's person in them.</summary>
    SeeBoard,

    /// <summary>Incidents one by one, with their history; persons masked.</summary>
    SeeIncidents,

    /// <summary>Names, phones, identity numbers and addresses as they were given.</summary>
    SeePersons,

    /// <summary>Send reports in.</summary>
    ReportIncidents,

    /// <summary>Move incidents on.</summary>
    MoveIncidents,

    /// <summary>Disputes one by one, with their history, and what is waiting; parties masked.</summary>
    SeeDisputes,

    /// <summary>Write disputes into the register.</summary>
    RegisterDisputes,

    /// <summary>Move disputes on, judge, extend, link and hand them over.</summary>
    HandleDisputes,

    /// <summary>Mediation bodies, mediators and kinds of mediation.</summary>
    ManageMediation,

    /// <summary>Boundaries, and which of them holds a point.</summary>
    SeeAreas,

    /// <summary>Upload boundaries.</summary>
    ReplaceAreas,

    /// <summary>Stations, patrols and other units.</summary>
    SeeUnits,

    /// <summary>Upload units.</summary>
    ReplaceUnits,

    /// <summary>Police statistics and the safety index.</summary>
    SeeStatistics,

    /// <summary>Import statistics, undo imports, publish figures, weigh the safety index.</summary>
    ManageStatistics,

    /// <summary>How the nodes and the store are.</summary>
    SeeHealth,

    /// <summary>Accounts, their roles, areas and departments.</summary>
    ManageAccounts,

    /// <summary>API keys.</summary>
    ManageKeys,

    /// <summary>Pair walls and revoke them.</summary>
    ManageWalls,

    /// <summary>Export or erase what is held about one person.</summary>
    ManagePrivacy,

    /// <summary>The audit record.</summary>
    ReadAudit,

    /// <summary>One's own account: password, second factor, sessions.</summary>
    OwnAccount,

    /// <summary>What everybody who was let in may see: the start page, the description of the interface, the page's own connection.</summary>
    Enter,
}
