using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Live;

/// <summary>
/// What a screen may tell of the board. Of sensitive categories (重点人员服务, unless configured otherwise) neither title, words nor
/// place of a single matter, and no group that is so small that those who know the place know the person; before guests
/// (参观模式) no titles and words at all.
/// </summary>
public sealed class BoardMask(PrivacyOptions options)
{
    /// <summary>The smallest group that is counted out.</summary>
    public const int SmallestGroup = 3;

    /// <summary>An incident as it may be shown: without a title, the category stands for it.</summary>
    /// <param name="visitor">Guests look on.</param>
    public OpenIncident Shown(OpenIncident incident, bool visitor)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return options.IsSensitive(incident.Category) ? incident with { Title = "", Longitude = null, Latitude = null }
            : visitor ? incident with { Title = "" }
            : incident;
    }

    /// <summary>A line of the stream as it may be shown.</summary>
    /// <param name="visitor">Guests look on.</param>
    public StreamEntry Shown(StreamEntry entry, bool visitor)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Incident is not { } incident || !(visitor || options.IsSensitive(incident.Category))
            ? entry
            : entry with { Incident = Shown(incident, visitor), Note = null };
    }

    /// <summary>Whether a figure of a category is told as "below <see cref="SmallestGroup"/>". Nothing is nobody, and may be told.</summary>
    public bool Hides(string category, int count) => count is > 0 and < SmallestGroup && options.IsSensitive(category);
}
