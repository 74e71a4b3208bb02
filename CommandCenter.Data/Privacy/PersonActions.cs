namespace CommandCenter.Data.Privacy;

/// <summary>Codes by which the record names what was done with personal data; the audit's resources name them for people.</summary>
public static class PersonActions
{
    /// <summary>Somebody read who reported an incident; the object is its number.</summary>
    public const string Viewed = "person.viewed";

    /// <summary>Somebody looked for a person's incidents.</summary>
    public const string Searched = "person.searched";

    /// <summary>Everything of one person was taken along.</summary>
    public const string Exported = "person.exported";

    /// <summary>One person was erased on request.</summary>
    public const string Erased = "person.erased";

    /// <summary>People were erased because their time was over.</summary>
    public const string Expired = "person.expired";
}
