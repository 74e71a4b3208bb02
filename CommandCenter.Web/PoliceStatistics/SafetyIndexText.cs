using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Wall.Police;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Names the resources of the page of the safety index.</summary>
public sealed class SafetyIndexText
{
    // As many as a person keeps in mind.
    private const int PartsNamed = 2;

    /// <summary>Why the index is what it is, in a few sentences that can be read aloud.</summary>
    internal static string Why(IStringLocalizer<SafetyIndexText> text, string town, StoredSafetyIndex stored)
    {
        var index = stored.Index;
        if (index.Score is null)
        {
            return text["WhyNone", town];
        }

        var said = new List<string> { text["WhyScore", town, SafetyText.Of(index.Score), text[$"Level_{index.Level}"]] };
        var losing = index.Parts.Where(part => Lost(part) > 0).OrderByDescending(Lost).Take(PartsNamed).ToList();
        said.Add(losing.Count == 0 ? text["WhyNothingLost"] : text["WhyLost", string.Join(text["And"], losing.Select(part => Loss(text, part)))]);
        var missing = index.Parts.Where(part => part.Score is null && part.Weight > 0).Select(part => text[$"Part_{part.Part}"].Value).ToList();
        if (missing.Count > 0)
        {
            said.Add(text["WhyMissing", string.Join(text["Comma"], missing)]);
        }

        if (index.Provisional)
        {
            said.Add(text["WhyProvisional"]);
        }

        return string.Join(text["Space"], said);
    }

    /// <summary>Points that a part takes from 100.</summary>
    internal static decimal Lost(SafetyPartScore part) => part.Score is { } score ? part.Share * (100 - score) : 0;

    /// <summary>A count, a rate or a base to at most so many decimals.</summary>
    internal static string Number(decimal? value, int decimals) => FigureText.Number(value is { } number ? Math.Round(number, decimals, MidpointRounding.AwayFromZero) / 1.000000000000m : null);

    /// <summary>n: a count, or the rate of what was done on time.</summary>
    internal static string Count(SafetyPartScore part) => part.Part == SafetyPart.OnTime ? part.Count is { } rate ? $"{Number(rate * 100, 1)}%" : FigureText.None : Number(part.Count, 2);

    private static string Loss(IStringLocalizer<SafetyIndexText> text, SafetyPartScore part)
    {
        var (name, lost) = (text[$"Part_{part.Part}"].Value, Number(Lost(part), 1));
        return part.Part == SafetyPart.OnTime ? text["LossOfRate", name, Count(part), lost] : text["Loss", name, Count(part), Number(part.Base, 1), lost];
    }
}
