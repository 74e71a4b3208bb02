namespace CommandCenter.Data.Audit;

/// <summary>How something that is on record ended. The numbers are stored.</summary>
public enum AuditResult
{
    Done = 1,

    /// <summary>Whoever asked may not.</summary>
    Refused = 2,

    /// <summary>It was allowed and did not succeed.</summary>
    Failed = 3,
}

/// <summary>
/// Something to put on record. Texts that are longer than their column are cut, and control characters replaced: what strangers
/// send must not decide whether it is recorded.
/// </summary>
/// <param name="Subject">Who: the name of an account, key or wall, or of the program itself. At most 200 characters.</param>
/// <param name="Action">A short dotted code such as <c>session.begin</c>, at most 64 characters. Each has its name in the page's resources.</param>
/// <param name="Object">What it was done to: a code, an id, a path; empty when the action says all. At most 300 characters.</param>
/// <param name="Address">Where from: an IP address; null for the program's own work. At most 64 characters.</param>
/// <param name="Detail">What changed. Never a secret, nor the personal data itself. At most 2,000 characters.</param>
#pragma warning disable CA1720 // Subject, action, object: the words of the law on audit records.
public sealed record AuditEntry(string Subject, string Action, string Object, AuditResult Result, string? Address, string? Detail);
#pragma warning restore CA1720

/// <summary>A row of the record.</summary>
/// <param name="At">When it was written, UTC, milliseconds.</param>
/// <param name="Times">How often it happened: more than once only for refusals that were counted together.</param>
/// <param name="Hash">Of this row and, through it, of all before; 64 hexadecimal digits.</param>
#pragma warning disable CA1720 // Subject, action, object: the words of the law on audit records.
public sealed record AuditRecord(
    long Sequence, DateTime At, string Subject, string Action, string Object, AuditResult Result, string? Address, string? Detail, int Times, string Hash);
#pragma warning restore CA1720

/// <summary>The last row of the record.</summary>
/// <param name="Sequence">0 while there is none.</param>
public sealed record AuditHead(long Sequence, string Hash);
