namespace CommandCenter.Data.Disputes;

/// <summary>How long texts may be, in UTF-16 units, as the columns of both databases are made for. What disputes share with incidents has the same limits.</summary>
public static class DisputeLimits
{
    public const int Summary = 4000;
    public const int Units = 500;
    public const int Reason = 400;
    public const int Resolution = 2000;
    public const int Note = 1000;
    public const int Code = 32;
    public const int Kind = 24;
    public const int Name = 100;
    public const int People = 1_000_000;

    /// <summary>Most parties of one dispute; more are told by their number.</summary>
    public const int Parties = 50;

    public const int Joint = 20;

    /// <summary>Longest JSON of one dispute, in bytes: every text at its limit, escaped.</summary>
    public const int Bytes = 256 * 1024;

    /// <summary>Most disputes of one batch.</summary>
    public const int Batch = 10_000;
}
