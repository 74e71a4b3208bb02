using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.Demo;

/// <summary>One thing that the demonstration counts.</summary>
/// <param name="PerDay">In the whole county, on an average day of 2026.</param>
/// <param name="Trend">How much more there is a year later: −0.2 is a fifth less.</param>
/// <param name="Town">How much more of it the two subdistricts have than their people would make; 1 as much.</param>
/// <param name="Months">January to December, about 1 on average.</param>
/// <param name="Weekend">A Saturday or Sunday beside a working day; 0: offices are closed, at the Spring Festival too.</param>
/// <param name="Festival">The two weeks around the Spring Festival beside others.</param>
internal sealed record DemoLine(StatisticSeries Series, double PerDay, double Trend, double Town, double[] Months, double Weekend, double Festival);

/// <summary>
/// What is counted in 云溪县 on each day: a function of the day, the town and the line alone. Invented, as the county is: seasons,
/// weekdays and slow swings that differ from town to town, and chance, drawn as rare events are.
/// </summary>
internal static class DemoFigures
{
    // The level of which year is written down.
    private const double Middle = 2026.5;
    private const int FestivalDays = 7;

    private static readonly double[] Even = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    private static readonly double[] Winter = [1.25, 1.1, .95, .9, .9, .9, .9, .9, .95, 1, 1.05, 1.2];
    private static readonly double[] Summer = [.85, .8, .9, .95, 1.05, 1.15, 1.25, 1.2, 1.05, 1, .95, .85];
    private static readonly double[] Harvest = [1.05, 1.1, .9, .95, .98, .97, 1, 1, 1.02, 1.12, .98, .93];
    private static readonly double[] Fires = [1.35, 1.45, 1.1, 1.3, .8, .7, .75, .8, .8, .9, .95, 1.1];
    private static readonly double[] Petitions = [.9, .7, 1.35, 1.05, 1, .95, .95, .9, 1, 1, 1.15, 1.05];
    private static readonly double[] Courts = [.8, .55, 1.05, 1, 1.02, 1, 1, .95, 1.05, .95, 1.25, 1.4];

    /// <summary>Who says so and what they count.</summary>
    public static readonly IReadOnlyList<(string Source, IReadOnlyList<DemoLine> Lines)> Sources =
    [
        ("公安局",
        [
            Calls("criminal", "", 1.95, -.19, 1.6, Winter, 1.02, .7), Calls("publicOrder", "", 7.2, -.08, 1.5, Summer, 1.15, .9), Calls("traffic", "", 19, .02, 1.4, Harvest, .92, 1.2),
            Calls("dispute", "", 13.5, -.06, 1.1, Summer, 1.12, 1.25), Calls("help", "", 31, .04, 1.2, Summer, .97, 1.15), Calls("other", "", 6, 0, 1.2, Even, .9, .9),
            Calls("", "theft", 2.3, -.16, 1.7, Winter, 1, .8), Calls("", "robbery", .03, -.3, 1.8, Winter, 1, 1), Calls("", "telecomFraud", 2.1, -.13, 1.4, Harvest, .85, .6),
            Calls("", "prostitution", .09, -.34, 1.9, Summer, 1.3, .5), Calls("", "gambling", .2, -.4, .8, Winter, 1.5, 2.2), Calls("", "drugs", .035, -.25, 1.7, Even, 1.1, .8),
            Calls("", "assault", 2.9, -.09, 1.4, Summer, 1.25, 1.1), Calls("", "fatalAccident", .05, -.28, .9, Harvest, 1.1, 1.2), Calls("", "fire", .85, .03, 1.1, Fires, 1.02, 2.1),
        ]),
        ("信访局", [Line(StatisticTerms.PetitionBatches, .62, .04, 1.3, Petitions, 0), Line(StatisticTerms.PetitionPersons, .62, .04, 1.3, Petitions, 0)]),
        ("人民法院", [Line(StatisticTerms.Lawsuits, 3.9, -.11, 1.5, Courts, 0)]),
    ];

    /// <summary>Who counts the people, once a year.</summary>
    public const string Census = "统计局";

    /// <summary>How many of a line there were in a town on a day.</summary>
    /// <param name="town">With its people.</param>
    /// <param name="people">Of the county.</param>
    public static int On(DemoLine line, DemoArea town, int people, DateOnly day)
    {
        // Persons come with the groups that were counted.
        var persons = line.Series.Measure == StatisticTerms.PetitionPersons;
        var dice = new Dice($"{(persons ? StatisticTerms.PetitionBatches : line.Series.Code)} {town.Code} {day:yyyyMMdd}");
        var count = Rare(Mean(line, town, people, day), dice);
        return persons ? Enumerable.Range(0, count).Sum(_ => 1 + (int)dice.Waiting(3.4)) : count;
    }

    /// <summary>Residents and registered migrants of a town at the beginning of a year.</summary>
    public static (int Residents, int Migrants) People(DemoArea town, int year)
    {
        var years = Math.Clamp(year - Middle, -6, 6);
        var urban = IsUrban(town);
        return ((int)(town.Population * (1 + (years * (urban ? .006 : -.007)))), (int)(town.Population * (urban ? .11 : .03) * (1 + (years * .02))));
    }

    private static double Mean(DemoLine line, DemoArea town, int people, DateOnly day)
    {
        var name = line.Series.Measure == StatisticTerms.PetitionPersons ? StatisticTerms.PetitionBatches : line.Series.Code;
        var (own, year) = (new Dice($"bias {name} {town.Code}"), day.Year + (day.DayOfYear / 365.25));
        var share = town.Population / (double)people * own.Between(.8, 1.2) * (IsUrban(town) ? line.Town : Rest(line));

        // Some years later nothing falls or rises any more: a demonstration may stand for long.
        var level = Math.Pow(1 + line.Trend, Math.Clamp(year - Middle, -6, 2));
        var swing = 1 + (own.Between(.05, .22) * Math.Sin(2 * Math.PI * ((year / own.Between(1.2, 2.7)) + own.Next())));
        var luck = new Dice($"years of {town.Code}");
        var mood = 1 + (luck.Between(.08, .4) * Math.Sin(2 * Math.PI * ((year / luck.Between(1.3, 2.4)) + luck.Next())));
        var month = line.Months[day.Month - 1] * new Dice($"month {name} {day:yyyyMM}").Between(.93, 1.07);
        return line.PerDay * share * level * swing * mood * month * Weekday(line, day);
    }

    private static double Weekday(DemoLine line, DateOnly day)
    {
        var festival = day.DayNumber - SpringFestival.Of(day.Year).DayNumber;
        var (isWeekend, isFestival) = (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, Math.Abs(festival) <= FestivalDays);
        return line.Weekend == 0
            ? isWeekend || festival is >= -1 and <= 6 ? 0 : 1.45
            : (isWeekend ? line.Weekend : 1) * (isFestival ? line.Festival : 1);
    }

    // So that the county has what is written down: the two subdistricts hold a little under half of its people.
    private static double Rest(DemoLine line) => (1 - (.45 * line.Town)) / .55;

    private static bool IsUrban(DemoArea town) => town.Code[6] == '0';

    // As Poisson draws: so many as random waits fit into one.
    private static int Rare(double mean, Dice dice)
    {
        var (end, product, count) = (Math.Exp(-mean), dice.Next(), 0);
        for (; product > end; product *= dice.Next())
        {
            count++;
        }

        return count;
    }

    private static DemoLine Calls(string category, string tag, double perDay, double trend, double town, double[] months, double weekend, double festival) =>
        new(StatisticSeries.Of(StatisticTerms.Calls, category, tag), perDay, trend, town, months, weekend, festival);

    private static DemoLine Line(string measure, double perDay, double trend, double town, double[] months, double weekend) =>
        new(StatisticSeries.Of(measure), perDay, trend, town, months, weekend, Festival: 1);
}
