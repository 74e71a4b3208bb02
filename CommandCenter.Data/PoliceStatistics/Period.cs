namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What a period is meant as: it decides what it is compared with.</summary>
public enum PeriodKind
{
    /// <summary>From one day to another, both included.</summary>
    Days,
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,
    Month,
    Quarter,
    Year,

    /// <summary>From 1 January to a day.</summary>
    YearToDate,
}

/// <summary>County days from one to another, both included, and what they are meant as.</summary>
public sealed record Period
{
    private Period(PeriodKind kind, DateOnly from, DateOnly to) => (Kind, From, To) = (kind, from, to);

    public PeriodKind Kind { get; }

    public DateOnly From { get; }

    public DateOnly To { get; }

    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether it is made of whole months, so that a figure a month is enough.</summary>
    public bool IsWholeMonths => From.Day == 1 && To == MonthEnd(To);

    /// <exception cref="ArgumentOutOfRangeException">It ends before it begins.</exception>
    public static Period Between(DateOnly from, DateOnly to) =>
        to < from ? throw new ArgumentOutOfRangeException(nameof(to), to, "A period ends no earlier than it begins.") : new(PeriodKind.Days, from, to);

    public static Period OfDay(DateOnly day) => new(PeriodKind.Day, day, day);

    /// <summary>The week that holds a day, beginning on Monday.</summary>
    public static Period OfWeek(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new(PeriodKind.Week, monday, monday.AddDays(6));
    }

    public static Period OfMonth(int year, int month) => new(PeriodKind.Month, new DateOnly(year, month, 1), MonthEnd(new DateOnly(year, month, 1)));

    /// <param name="quarter">1 to 4.</param>
    public static Period OfQuarter(int year, int quarter)
    {
        var first = new DateOnly(year, (quarter * 3) - 2, 1);
        return new(PeriodKind.Quarter, first, MonthEnd(first.AddMonths(2)));
    }

    public static Period OfYear(int year) => new(PeriodKind.Year, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    public static Period YearTo(DateOnly day) => new(PeriodKind.YearToDate, new DateOnly(day.Year, 1, 1), day);

    /// <summary>
    /// What it is compared with year over year. Whole months, quarters and years are compared as they are, whatever their length;
    /// everything else, also a running month, with the identical days, 29 February with 28 February.
    /// </summary>
    public Period YearBefore() => Kind switch
    {
        PeriodKind.Month or PeriodKind.Quarter or PeriodKind.Year when IsWholeMonths => new(Kind, From.AddYears(-1), MonthEnd(To.AddYears(-1))),
        _ => new(Kind, From.AddYears(-1), To.AddYears(-1)),
    };

    /// <summary>What it is compared with year over year when days are to fall together.</summary>
    /// <remarks>
    /// By weekdays: 364 days before, so that there are as many of each weekday. By the Spring Festival: as many days before or after
    /// the festival of the year before, as these days are before or after the festival nearest to their middle.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The lunar calendar does not reach so far (1902 to 2100).</exception>
    public Period YearBefore(Alignment alignment)
    {
        switch (alignment)
        {
            case Alignment.Calendar:
                return YearBefore();
            case Alignment.Weekday:
                return new(PeriodKind.Days, From.AddDays(-364), To.AddDays(-364));
            case Alignment.SpringFestival:
                var festival = SpringFestival.NearestTo(From.AddDays((Length - 1) / 2));
                var days = festival.DayNumber - SpringFestival.Of(festival.Year - 1).DayNumber;
                return new(PeriodKind.Days, From.AddDays(-days), To.AddDays(-days));
            default:
                throw new ArgumentOutOfRangeException(nameof(alignment), alignment, "No such alignment.");
        }
    }

    /// <summary>The period before it (环比), of a running one the same days; null for a year to date, which has none.</summary>
    public Period? Previous() => Kind switch
    {
        PeriodKind.YearToDate => null,
        PeriodKind.Month or PeriodKind.Quarter or PeriodKind.Year when IsWholeMonths => new(Kind, From.AddMonths(-MonthsOf(Kind)), From.AddDays(-1)),
        PeriodKind.Month or PeriodKind.Quarter or PeriodKind.Year => new(Kind, From.AddMonths(-MonthsOf(Kind)), To.AddMonths(-MonthsOf(Kind))),
        PeriodKind.Week => new(Kind, From.AddDays(-7), To.AddDays(-7)),
        _ => new(Kind, From.AddDays(-Length), From.AddDays(-1)),
    };

    /// <summary>The part of it up to a day: a running period is shown and compared as far as it has come.</summary>
    /// <param name="day">Not before it begins; after its end it stays whole.</param>
    public Period Through(DateOnly day) => day >= To ? this : new(Kind, From, day < From ? From : day);

    private static int MonthsOf(PeriodKind kind) => kind == PeriodKind.Month ? 1 : kind == PeriodKind.Quarter ? 3 : 12;

    private static DateOnly MonthEnd(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
}
