namespace CommandCenter.Data.Privacy;

/// <summary>The <c>Privacy</c> section.</summary>
public sealed class PrivacyOptions
{
    /// <summary>
    /// The file that holds the keys of personal data, kept apart from the database. Empty for the embedded store means beside its
    /// file; on SQL Server it must be given, and is the same for all nodes.
    /// </summary>
    public string KeyFile { get; set; } = "";
}
