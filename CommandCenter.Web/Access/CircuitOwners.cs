using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Access;

/// <summary>
/// A circuit belongs to whoever began it, as they stood then. It goes on rendering for a while after its connection was cut; who
/// stands differently by now, or somebody else in the same browser, does not get it back. Their page begins anew, with what is theirs.
/// </summary>
internal sealed class CircuitOwners(TimeProvider time, IOptions<CircuitOptions> circuits) : IHubFilter
{
    // Methods of the framework's own hub.
    private const string Start = "StartCircuit", Connect = "ConnectCircuit", Resume = "ResumeCircuit";

    // By the circuit's secret, which its page shows when it comes back.
    private readonly ConcurrentDictionary<string, Owner> _owners = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        var who = invocationContext.Context.User as SubjectPrincipal;
        switch (invocationContext.HubMethodName)
        {
            case Start:
                var begun = await next(invocationContext);
                if (begun is string secret && who is not null)
                {
                    _owners[secret] = new Owner(who, invocationContext.Context.ConnectionId);
                }

                return begun;
            case Connect:
                if (invocationContext.HubMethodArguments is not [string asked] || who is null || !_owners.TryGetValue(asked, out var owner) || !owner.Is(who))
                {
                    return false;
                }

                _owners[asked] = owner with { Connection = invocationContext.Context.ConnectionId, LeftAt = null };
                return await next(invocationContext);
            case Resume:
                // A circuit that is gone would be built up from what was written down of it; our pages begin anew instead.
                return null;
            default:
                return await next(invocationContext);
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var now = time.GetUtcNow();
        foreach (var (secret, owner) in _owners)
        {
            if (owner.Connection == context.Context.ConnectionId)
            {
                _owners.TryUpdate(secret, owner with { LeftAt = now }, owner);
            }
            else if (now - owner.LeftAt > circuits.Value.DisconnectedCircuitRetentionPeriod * 2)
            {
                _owners.TryRemove(new KeyValuePair<string, Owner>(secret, owner));
            }
        }

        await next(context, exception);
    }

    /// <param name="Who">As they stood when they began it.</param>
    /// <param name="Connection">That it has, or had last.</param>
    /// <param name="LeftAt">When that connection ended; null while it stands.</param>
    private sealed record Owner(SubjectPrincipal Who, string Connection, DateTimeOffset? LeftAt = null)
    {
        public bool Is(SubjectPrincipal other) => Who.Credential == other.Credential && Who.Subject.StandsAs(other.Subject);
    }
}
