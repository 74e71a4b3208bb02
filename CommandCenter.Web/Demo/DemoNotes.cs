using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Demo;

/// <summary>Who moves a matter on, and what they write down.</summary>
internal static class DemoNotes
{
    private const string Centre = "县综治中心";
    private static readonly string[] TakenOn = ["已受理，转{0}", "已受理，通知{0}到场", "电话核实后受理，交{0}办理", "受理并告知反映人，由{0}牵头"];

    /// <param name="category">Level-2 code.</param>
    /// <param name="late">Closed after its time had run out.</param>
    public static (string Actor, string Note) For(string category, IncidentStatus to, bool late, Dice dice)
    {
        var handling = PhraseBook.Instance.Find(category)?.Handling ?? PhraseBook.Instance.All[0].Handling;
        return to switch
        {
            IncidentStatus.Accepted => (Centre, string.Format(null, dice.Of(TakenOn), handling.Department)),
            IncidentStatus.InProgress => (handling.Department, dice.Of(handling.AtWork)),
            IncidentStatus.Closed => (handling.Department, dice.Of(handling.Closed) + (late ? "（超时办结）" : "")),
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, "Nothing is moved there."),
        };
    }
}
