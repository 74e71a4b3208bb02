namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Which way a figure is bad news.</summary>
public enum Adverse
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>More is worse.</summary>
    Up,

    /// <summary>Less is worse.</summary>
    Down,
}

public enum Light
{
    /// <summary>Nothing to say.</summary>
    Off,
    Green,
    Amber,
    Red,
}

/// <summary>The light of an adverse change: at most 0 green, at most 10 % amber, above 10 % and at least 3 cases red.</summary>
public static class AdverseLight
{
    private const decimal AmberUpTo = 0.10m;
    private const decimal FewestForRed = 3;

    /// <param name="value">How many there are now.</param>
    public static Light Of(Change change, decimal? value, Adverse adverse)
    {
        if (adverse == Adverse.None || value is not { } cases)
        {
            return Light.Off;
        }

        switch (change.Kind)
        {
            case ChangeKind.Level:
                return Light.Green;
            case ChangeKind.NoBase:
                return adverse == Adverse.Down || cases <= 0 ? Light.Green : cases >= FewestForRed ? Light.Red : Light.Amber;
            case ChangeKind.Ratio:
                var worse = adverse == Adverse.Up ? change.Ratio!.Value : -change.Ratio!.Value;
                return worse <= 0 ? Light.Green : worse <= AmberUpTo || (adverse == Adverse.Up && cases < FewestForRed) ? Light.Amber : Light.Red;
            default:
                return Light.Off;
        }
    }
}
