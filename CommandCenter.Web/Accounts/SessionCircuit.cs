using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace CommandCenter.Web.Accounts;

/// <summary>A page that stays open ends with its session: idle too long, signed out elsewhere, disabled. It leads to the sign-in.</summary>
internal sealed class SessionCircuit(AccessDirectory directory, AuthenticationStateProvider who, NavigationManager navigation, TimeProvider time) : CircuitHandler, IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _closed = new();
    private volatile bool _isOver;
    private Task _watching = Task.CompletedTask;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if ((await who.GetAuthenticationStateAsync()).User is SubjectPrincipal { Subject.Kind: CommandCenter.Data.Accounts.SubjectKind.Account } person)
        {
            _watching = WatchAsync(person);
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => _closed.CancelAsync();

    // What is done on it after the end counts no more.
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity => _isOver ? Task.CompletedTask : next(activity);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    private async Task WatchAsync(SubjectPrincipal person)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(_closed.Token))
        {
            try
            {
                if (await directory.ResolveAsync(person, _closed.Token) is null)
                {
                    navigation.NavigateTo("/sign-in?idle=true", forceLoad: true);
                    _isOver = true;
                    return;
                }
            }
            catch (CommandCenter.Data.Storage.StoreUnavailableException)
            {
                // Who was let in stays while nobody can say otherwise.
            }
            catch (JSDisconnectedException)
            {
                _isOver = true;
                return;
            }
        }
    }
}
