namespace CommandCenter.Data.Accounts;

/// <summary>What an account is for. Stored by its number; numbers are never given again.</summary>
public enum Role
{
    /// <summary>查看员: the board and the incidents of its area, masked.</summary>
    Viewer = 1,

    /// <summary>值班调度员: takes in, moves on, sees who reported.</summary>
    Dispatcher = 2,

    /// <summary>领导: the board and the incidents, masked.</summary>
    Leader = 3,

    /// <summary>Works for a town, village or grid: handles what lies there.</summary>
    AreaStaff = 4,

    /// <summary>Works for a department: handles the categories on its duty list.</summary>
    DepartmentStaff = 5,

    /// <summary>系统管理员: accounts, keys, walls, boundaries. Handles no incidents and sees nobody's person.</summary>
    Administrator = 6,

    /// <summary>审计员: reads the audit and nothing else.</summary>
    Auditor = 7,
}

/// <summary>What an API key may do.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,

    /// <summary>Send reports, and say what was done about them.</summary>
    Intake = 1,

    /// <summary>Read incidents, masked.</summary>
    Read = 2,

    /// <summary>Hear the live feed.</summary>
    Live = 4,

    /// <summary>Replace boundaries and units.</summary>
    Areas = 8,

    /// <summary>Send statistics in, and read figures.</summary>
    Statistics = 16,
}
