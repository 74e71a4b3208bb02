namespace CommandCenter.Data.Storage;

/// <summary>Why the store can't serve right now.</summary>
public enum StoreFault
{
    /// <summary>Somebody else holds the database longer than we may wait.</summary>
    Locked,

    /// <summary>The file, its folder or the database may only be read.</summary>
    ReadOnly,

    /// <summary>No room left on the disk or in the database.</summary>
    Full,

    /// <summary>The database's own structure is damaged.</summary>
    Corrupt,

    /// <summary>It can't be reached: no server, no file, the connection broke.</summary>
    Away,

    /// <summary>Its schema is newer than this program, or a script that already ran has been edited.</summary>
    SchemaMismatch,

    /// <summary>The database is there; the account lacks a right.</summary>
    NotAllowed,

    /// <summary>What the settings say does not fit: a wrong password, a certificate that is not trusted, a place that can't be.</summary>
    Misconfigured,
}

/// <summary>
/// The store can't serve. Nothing of the work that met it was kept, unless <see cref="OutcomeUnknown"/>; the same work may be
/// sent again after <see cref="RetryAfter"/>.
/// </summary>
public sealed class StoreUnavailableException(StoreFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public StoreFault Fault { get; } = fault;

    public TimeSpan RetryAfter { get; } = fault switch
    {
        StoreFault.Locked => TimeSpan.FromSeconds(2),
        StoreFault.Away => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(60),
    };

    /// <summary>Waiting may be enough. Everything else wants a person, so that a program that meets it at its start does not begin.</summary>
    public bool MayPass => Fault is StoreFault.Away or StoreFault.Locked;

    /// <summary>The connection broke while a commit was under way: it may or may not have been kept. An external id makes sending again safe.</summary>
    public bool OutcomeUnknown { get; init; }

    internal StoreUnavailableException With(bool outcomeUnknown) =>
        outcomeUnknown == OutcomeUnknown ? this : new StoreUnavailableException(Fault, Message, InnerException) { OutcomeUnknown = outcomeUnknown };
}
