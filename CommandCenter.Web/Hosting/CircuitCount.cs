using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CommandCenter.Web.Hosting;

/// <summary>Counts the circuits that have a connection at this moment.</summary>
public sealed class CircuitCount : CircuitHandler
{
    private int _connected;

    public int Connected => Volatile.Read(ref _connected);

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connected);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _connected);
        return Task.CompletedTask;
    }
}
