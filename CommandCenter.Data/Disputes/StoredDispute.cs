using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Data.Disputes;

/// <summary>A dispute as its row has it, its place sealed.</summary>
internal sealed record StoredDispute : Dispute
{
    public byte[]? PlaceSealed { get; init; }

    /// <summary>The title without people; null where it has none.</summary>
    public string? ShownTitle { get; init; }

    /// <summary>The dispute for one reader: as it is, or masked everywhere, in free text too.</summary>
    public Dispute For(bool persons, KeyRing keys, IReadOnlyList<DisputeParty> parties)
    {
        var listed = Listed(persons, keys);
        return listed with
        {
            Summary = Text(Summary),
            Units = Text(Units),
            RiskReason = Text(RiskReason),
            ExtensionReason = Text(ExtensionReason),
            Resolution = Text(Resolution),
            ReviewOpinion = Text(ReviewOpinion),
            CriminalReason = Text(CriminalReason),
        };

        string? Text(string? text) => persons ? text : DisputeParties.Masked(text, parties);
    }

    /// <summary>The dispute in a list: no free text but its title.</summary>
    public Dispute Listed(bool persons, KeyRing keys)
    {
        var place = Sealer.OpenOrNull(keys, SealedColumn.DisputePlace, Id, PlaceSealed);
        return this with
        {
            Title = persons ? Title : ShownTitle ?? Title,
            Place = persons ? place : Mask.Address(place),
            Summary = null,
            Units = null,
            RiskReason = null,
            ExtensionReason = null,
            Resolution = null,
            ReviewOpinion = null,
            CriminalReason = null,
            PlaceSealed = null,
            ShownTitle = null,
        };
    }
}
