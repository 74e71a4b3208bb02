using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>Codes by which the record names what was done to the register at large; the audit's resources name them for people.</summary>
public static class DisputeActions
{
    public const string Imported = "disputes.imported";
}

/// <summary>What importing files of disputes has in common, wherever they come from.</summary>
public static class DisputeImports
{
    /// <summary>Checks the code of the sender.</summary>
    public static void CheckSource(string? source, FieldErrors errors) => FieldChecks.Source(source, errors);
}
