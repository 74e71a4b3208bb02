namespace CommandCenter.Data.Disputes;

/// <summary>Rates of disputes (DOMAIN, "Formulas"). Each is null where it would divide by nothing: no disputes is not 0 %.</summary>
public static class DisputeRates
{
    /// <summary>化解率: resolved / accepted.</summary>
    /// <param name="resolved">Of those accepted in the period, how many ended in an agreement.</param>
    /// <param name="accepted">In the period.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or more were resolved than accepted.</exception>
    public static decimal? Resolution(int resolved, int accepted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resolved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resolved, accepted);
        return accepted == 0 ? null : (decimal)resolved / accepted;
    }

    /// <summary>调解成功率: agreed / (agreed + failed). What is still being mediated counts on neither side.</summary>
    /// <returns>0 to 1.</returns>
    public static decimal? Success(int agreed, int failed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agreed);
        ArgumentOutOfRangeException.ThrowIfNegative(failed);
        return agreed + failed == 0 ? null : (decimal)agreed / (agreed + failed);
    }
}
