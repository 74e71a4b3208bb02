using System.Numerics;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What became of a value that was added.</summary>
internal enum CellOutcome
{
    Added,

    /// <summary>It was there already, and the same.</summary>
    Same,

    /// <summary>Another value was there: two figures for one thing.</summary>
    Conflict,
}

/// <summary>One series in one area and month: the month's figure, its days, or both.</summary>
internal sealed class MonthCell
{
    /// <summary>Most decimals that are kept.</summary>
    public const int MostDecimals = 4;

    /// <summary>Values lie between minus this and this, so that their sums are exact.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    private long[]? _days;

    /// <summary>Values are in units of 1 / 10^this.</summary>
    public int Decimals { get; private set; }

    public long? Whole { get; private set; }

    /// <summary>Bit 0 is the first of the month: which days have a value, 0 included.</summary>
    public uint Mask { get; private set; }

    public int GivenDays => BitOperations.PopCount(Mask);

    public static MonthCell From(int decimals, long? whole, byte[]? days)
    {
        var cell = new MonthCell { Decimals = decimals, Whole = whole };
        if (days is not null)
        {
            (cell.Mask, cell._days) = PackedDays.Read(days);
        }

        return cell;
    }

    /// <summary>How many decimals a value has; those it was written with count.</summary>
    public static int DecimalsOf(decimal value) => (decimal.GetBits(value)[3] >> 16) & 0xFF;

    public bool Has(int day) => day is > 0 and < 32 && (Mask & (1u << (day - 1))) != 0;

    /// <summary>The value of a day; without meaning where there is none.</summary>
    /// <param name="day">1 to 31.</param>
    public long Units(int day) => _days![day - 1];

    public decimal? Day(int day) => Has(day) ? ToDecimal(Units(day), Decimals) : null;

    /// <param name="day">1 to 31, or 0 for the month's figure.</param>
    /// <param name="value">At most <see cref="MostDecimals"/> decimals, not beyond <see cref="Largest"/>.</param>
    public CellOutcome Set(int day, decimal value)
    {
        var decimals = DecimalsOf(value);
        if (decimals > Decimals)
        {
            Widen(decimals);
        }

        var units = (long)(value * Power(Decimals));
        if (day == 0 ? Whole is not null : Has(day))
        {
            return (day == 0 ? Whole : Units(day)) == units ? CellOutcome.Same : CellOutcome.Conflict;
        }

        Put(day, units);
        return CellOutcome.Added;
    }

    public byte[]? PackDays() => Mask == 0 ? null : PackedDays.Write(Mask, _days!);

    public static decimal ToDecimal(long units, int decimals) => new((int)Math.Abs(units), (int)(Math.Abs(units) >> 32), 0, units < 0, (byte)decimals);

    public static decimal Power(int decimals) => decimals switch
    {
        0 => 1,
        1 => 10,
        2 => 100,
        3 => 1_000,
        _ => 10_000,
    };

    /// <summary>Puts another one over this: what it has counts, what it has not stays.</summary>
    /// <param name="rank">Noted for each day that it has.</param>
    internal void Overlay(MonthCell over, int rank, Span<int> ranks)
    {
        Widen(over.Decimals);
        var factor = (long)Power(Decimals - over.Decimals);
        if (over.Whole is { } whole)
        {
            Put(0, whole * factor);
            ranks[0] = rank;
        }

        for (var rest = over.Mask; rest != 0; rest &= rest - 1)
        {
            var day = BitOperations.TrailingZeroCount(rest) + 1;
            Put(day, over.Units(day) * factor);
            ranks[day] = rank;
        }
    }

    internal long SumOfDays(int first, int last)
    {
        var sum = 0L;
        for (var rest = Mask & Bits(first, last); rest != 0; rest &= rest - 1)
        {
            sum += _days![BitOperations.TrailingZeroCount(rest)];
        }

        return sum;
    }

    internal int DaysGiven(int first, int last) => BitOperations.PopCount(Mask & Bits(first, last));

    internal void DropWhole() => Whole = null;

    private static uint Bits(int first, int last) => last < first ? 0 : (uint.MaxValue >> (32 - (last - first + 1))) << (first - 1);

    private void Put(int day, long units)
    {
        if (day == 0)
        {
            Whole = units;
            return;
        }

        _days ??= new long[31];
        _days[day - 1] = units;
        Mask |= 1u << (day - 1);
    }

    private void Widen(int decimals)
    {
        if (decimals <= Decimals)
        {
            return;
        }

        var factor = (long)Power(decimals - Decimals);
        Whole *= factor;
        for (var i = 0; _days is not null && i < _days.Length; i++)
        {
            _days[i] *= factor;
        }

        Decimals = decimals;
    }
}
