using System.Globalization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Figures as people read them, the same in both languages. The words for 持平 belong to the page.</summary>
public static class FigureText
{
    public const string None = "—";

    // The sign of mathematics: a hyphen is too short to be seen from ten metres.
    private const char Minus = '−';

    /// <summary>A number with all the decimals that it was given with: a source's 32.70 stays 32.70. <see cref="None"/> when there is none.</summary>
    public static string Number(decimal? value)
    {
        if (value is not { } number)
        {
            return None;
        }

        var decimals = (decimal.GetBits(number)[3] >> 16) & 0xFF;
        var digits = Math.Abs(number).ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return number < 0 ? Minus + digits : digits;
    }

    /// <summary>A percentage: <c>−32.7%</c>, <c>+4.1%</c>.</summary>
    /// <param name="percent">As many decimals as are to be seen.</param>
    public static string Percent(decimal? percent) => percent is { } number ? $"{(number > 0 ? "+" : "")}{Number(number)}%" : None;

    /// <summary>A change as a percentage.</summary>
    /// <param name="level">The word for nothing then and nothing now: 持平.</param>
    public static string Of(Change change, string level) => change.Kind == ChangeKind.Level ? level : Percent(change.Percent);
}
