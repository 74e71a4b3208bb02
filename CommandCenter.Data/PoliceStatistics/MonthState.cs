using System.Numerics;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What stands of one series in one area and month, after all imports that speak of it.</summary>
/// <param name="Cell">Its month's figure, where that stands, and its days.</param>
/// <param name="Total">The month's figure, or else the sum of the days; in units of the cell.</param>
/// <param name="GivenDays">Days that the total is made of.</param>
/// <param name="LastDay">The last of them: 1 to 31.</param>
/// <param name="AsOf">Of the import that counts most.</param>
/// <param name="ImportPosition">That import.</param>
internal sealed record MonthState(MonthCell Cell, long Total, int GivenDays, int LastDay, DateOnly AsOf, long ImportPosition)
{
    /// <summary>
    /// Puts what imports brought one over the other. What was said as of a later day counts, of the same day what was imported
    /// later: so it does not matter in which order files of different days arrive.
    /// </summary>
    /// <returns>Null of nothing.</returns>
    public static MonthState? Fold(int month, IEnumerable<(MonthCell Cell, DateOnly AsOf, long Position)> parts)
    {
        var cell = new MonthCell();
        Span<int> ranks = stackalloc int[32];
        var (rank, last, wholeAsOf) = (0, (AsOf: default(DateOnly), Position: 0L), default(DateOnly));
        foreach (var part in parts.OrderBy(part => part.AsOf).ThenBy(part => part.Position))
        {
            cell.Overlay(part.Cell, ++rank, ranks);
            last = (part.AsOf, part.Position);
            wholeAsOf = part.Cell.Whole is null ? wholeAsOf : part.AsOf;
        }

        return rank == 0 ? null : Of(month, cell, ranks, last, wholeAsOf);
    }

    private static MonthState Of(int month, MonthCell cell, ReadOnlySpan<int> ranks, (DateOnly AsOf, long Position) last, DateOnly wholeAsOf)
    {
        var length = MonthNumber.Days(month);
        if (cell.Whole is { } whole && !(cell.GivenDays == length && AllAbove(ranks.Slice(1, length), ranks[0])))
        {
            // The figure of a running month reaches to the day it was made.
            var reaches = MonthNumber.Of(wholeAsOf) == month ? wholeAsOf.Day : length;
            return new MonthState(cell, whole, reaches, reaches, last.AsOf, last.Position);
        }

        // Days that were all reported after the month's figure are better than it.
        cell.DropWhole();
        return new MonthState(
            cell, cell.SumOfDays(1, length), cell.GivenDays, 32 - BitOperations.LeadingZeroCount(cell.Mask), last.AsOf, last.Position);
    }

    private static bool AllAbove(ReadOnlySpan<int> ranks, int rank)
    {
        foreach (var one in ranks)
        {
            if (one <= rank)
            {
                return false;
            }
        }

        return true;
    }
}
