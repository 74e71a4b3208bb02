using System.Data.Common;
using CommandCenter.Data.Audit;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// Looks the whole database through while the program may be running: its structure, the event log, and that everything stored
/// is what the log says. It only reads.
/// </summary>
public sealed class DatabaseVerification(Store store, IAuditKey auditKey)
{
    private readonly IReadOnlyList<DatabaseCheck> _checks = Checks(auditKey);

    /// <summary>Names of the checks, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Checks(new NoAuditKey()).Select(check => check.Name)];

    /// <summary>Runs one of the checks.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="progress">Rows done, of how many; 0 when that is not known.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<CheckResult> RunAsync(string name, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var check = _checks.First(check => check.Name == name);
        var findings = new FindingList(progress);
        try
        {
            await check.RunAsync(store, findings, cancellationToken);
        }
        catch (Exception e) when (e is DbException or StoreUnavailableException { Fault: StoreFault.Corrupt } && IsDamage(e))
        {
            // A page that can't be read is what this is looking for: the other checks may still say more.
            findings.Add(FindingKind.Structure, (e.InnerException ?? e).Message);
        }
        catch (DbException e) when (IsSomethingMissing(e))
        {
            // Named by the first check; what it is missing from can't be looked through.
            findings.Add(FindingKind.NotReadable, e.Message);
        }

        return new CheckResult(name, findings.Looked, findings.Kept, findings.Total, findings.Omissions);
    }

    // No such table or column.
    private static bool IsSomethingMissing(DbException e) => e is SqliteException { SqliteErrorCode: 1 } or SqlException { Number: 207 or 208 };

    private static IReadOnlyList<DatabaseCheck> Checks(IAuditKey auditKey) =>
        [new StructureCheck(), new EventLogCheck(), new IncidentCheck(), new DisputeCheck(), new PeopleCheck(), new AreaCheck(), new UnitCheck(), new BoardCheck(), new AuditCheck(auditKey)];

    private bool IsDamage(Exception e) => store.Dialect.Unavailable(e) is { Fault: StoreFault.Corrupt };
}

/// <summary>One thing to look at. Another domain adds its own to the list in <see cref="DatabaseVerification"/>.</summary>
internal abstract class DatabaseCheck
{
    public abstract string Name { get; }

    public abstract Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken);
}

/// <summary>What a check found so far.</summary>
internal sealed class FindingList(Action<long, long> progress)
{
    // A torn database may have millions; nobody reads more than these.
    private const int MostKept = 1000;
    private const int BetweenReports = 5_000;

    public List<Finding> Kept { get; } = [];

    public List<Omission> Omissions { get; } = [];

    public long Total { get; private set; }

    public long Looked { get; private set; }

    /// <summary>How many rows there are to look at, when that is known.</summary>
    public long Expected { get; set; }

    public void Add(FindingKind kind, params object?[] arguments)
    {
        Total++;
        if (Kept.Count < MostKept)
        {
            Kept.Add(new Finding(kind, [.. arguments.Select(argument => argument ?? "NULL")]));
        }
    }

    public void LookedAtOne()
    {
        if (++Looked % BetweenReports == 0)
        {
            progress(Looked, Expected);
        }
    }
}
