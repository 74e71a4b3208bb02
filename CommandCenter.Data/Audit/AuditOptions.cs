namespace CommandCenter.Data.Audit;

/// <summary>The <c>Audit</c> section.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Half a year, the least that the protection scheme (GB/T 22239) asks for; the database's own triggers keep that much too.</summary>
    public const int FewestDays = 183;

    /// <summary>How long the record is kept. Three years.</summary>
    public int KeepDays { get; set; } = 1096;

    /// <summary>What is wrong, one sentence a problem, each naming its key and what would be right.</summary>
    public IEnumerable<string> Problems()
    {
        if (KeepDays is < FewestDays or > 36_500)
        {
            yield return $"Audit:KeepDays is {KeepDays}; it must be between {FewestDays} (half a year) and 36500.";
        }
    }
}
