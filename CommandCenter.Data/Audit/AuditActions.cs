namespace CommandCenter.Data.Audit;

/// <summary>Codes that the record itself writes. Other parts have their own; every code is named in the page's resources.</summary>
public static class AuditActions
{
    /// <summary>The record was taken along as a file.</summary>
    public const string Exported = "audit.exported";

    /// <summary>Rows whose time was over were taken out; the object is their range, the detail the hash of the last.</summary>
    public const string Expired = "audit.expired";

    /// <summary>The row that says where the record ends was missing; the object is the sequence it went on after.</summary>
    public const string HeadLost = "audit.head.lost";

    /// <summary>Somebody was not let in, or not to this; the object is the route.</summary>
    public const string AccessRefused = "access.refused";

    /// <summary>A node began to serve; the object is its name, the detail the version.</summary>
    public const string Started = "program.started";

    /// <summary>A node began with other settings than the last time; the detail names them.</summary>
    public const string ConfigurationChanged = "config.changed";

    /// <summary>Boundaries were taken in; the object is their first day, the detail how many.</summary>
    public const string AreasReplaced = "areas.replaced";

    /// <summary>A county's list of units was taken in; the object is the county, the detail how many.</summary>
    public const string UnitsReplaced = "units.replaced";

    /// <summary>Personal data was sealed anew with another key; the object is the key's name in the key file.</summary>
    public const string KeysRotated = "keys.rotated";
}
