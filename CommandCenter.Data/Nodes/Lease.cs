namespace CommandCenter.Data.Nodes;

/// <summary>The right to do a piece of work alone, for a while.</summary>
/// <param name="Name">Of the work.</param>
/// <param name="Holder">The node that holds it.</param>
/// <param name="Fence">Grows with each taking: a holder that was overtaken has a smaller one than the database.</param>
/// <param name="Length">How long it holds after it was taken or renewed.</param>
public sealed record Lease(string Name, string Holder, long Fence, TimeSpan Length);

/// <summary>A lease as it stands.</summary>
/// <param name="Holder">Null when it was given back.</param>
/// <param name="IsHeld">By the database's clock.</param>
public sealed record LeaseState(string Name, string? Holder, DateTime TakenAt, DateTime ExpiresAt, bool IsHeld);

/// <summary>Somebody else holds the lease now. Nothing of the transaction that found out was kept.</summary>
public sealed class LeaseLostException(Lease lease) : Exception($"The lease '{lease.Name}' is no longer held by {lease.Holder}.")
{
    public Lease Lease { get; } = lease;
}
