namespace CommandCenter.Data.Accounts;

/// <summary>How long an account takes no password after wrong ones.</summary>
public static class Lockout
{
    /// <summary>So many wrong passwords or codes in a row cost nothing but the time they take.</summary>
    public const int Free = 4;

    private const int Longest = 60;

    /// <param name="failures">Wrong passwords and codes since the last right one, the latest included.</param>
    /// <returns>1 minute after the fifth, twice as long after each further one, at most an hour; null before.</returns>
    public static TimeSpan? After(int failures) => failures <= Free
        ? null
        : TimeSpan.FromMinutes(Math.Min(Longest, 1 << Math.Min(failures - Free - 1, 6)));
}
