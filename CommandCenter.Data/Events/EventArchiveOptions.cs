namespace CommandCenter.Data.Events;

/// <summary>The <c>Retention</c> section.</summary>
public sealed class EventArchiveOptions
{
    /// <summary>Within a shorter time incidents are still worked on and people look back at them every day.</summary>
    public const int FewestDays = 90;

    /// <summary>
    /// Events older than this many days go from the event log into files; 0: never, the default, because the log is the record of
    /// who did what, and how long that must stay at hand is for the county to say.
    /// </summary>
    public int ArchiveEventsAfterDays { get; set; }

    /// <summary>An existing folder for the files, the same for all nodes and part of the backup.</summary>
    public string ArchiveFolder { get; set; } = "";

    public bool IsOn => ArchiveEventsAfterDays > 0;

    /// <summary>What is wrong, one sentence a problem, each naming its key and what would be right.</summary>
    public IEnumerable<string> Problems()
    {
        if (ArchiveEventsAfterDays is not 0 and (< FewestDays or > 36_500))
        {
            yield return $"Retention:ArchiveEventsAfterDays is {ArchiveEventsAfterDays}; it must be 0 (never) or between {FewestDays} and 36500.";
        }

        if (IsOn && ArchiveFolder.Length == 0)
        {
            yield return "Retention:ArchiveFolder is empty; with Retention:ArchiveEventsAfterDays it must name an existing folder, the same for all nodes and part of the backup.";
        }
        else if (IsOn && !Directory.Exists(ArchiveFolder))
        {
            // Not made here: a share that is not mounted must not be taken for an empty folder.
            yield return $"Retention:ArchiveFolder is '{ArchiveFolder}', which is not there; make it, or mount it.";
        }
    }
}
