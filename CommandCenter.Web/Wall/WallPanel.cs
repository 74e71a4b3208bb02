using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CommandCenter.Web.Wall;

/// <summary>A part of a wall that shows what a feed of the node tells it.</summary>
public abstract class WallPanel : ComponentBase, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    [Parameter, EditorRequired] public string AreaCode { get; set; } = "";

    [Inject] private AuthenticationStateProvider Who { get; set; } = null!;

    /// <summary>Guests look on.</summary>
    protected bool Visitor { get; private set; }

    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes what there is now, also for the page as it is first sent.</summary>
    protected abstract void Begin();

    /// <summary>Subscribes, then takes what there is; on a circuit only.</summary>
    protected abstract void Follow();

    protected sealed override async Task OnInitializedAsync()
    {
        Visitor = (await Who.SightAsync(Permission.SeeBoard, AreaCode)).Visitor;
        if (RendererInfo.IsInteractive)
        {
            Follow();
        }
        else
        {
            Begin();
        }
    }

    /// <summary>Ends a subscription with the panel.</summary>
    protected void Keep(IDisposable subscription) => _subscriptions.Add(subscription);

    /// <summary>What a feed may call from a thread of its own, which does not speak this circuit's language.</summary>
    protected Action<T> Shown<T>(Action<T> show)
    {
        var (culture, texts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        return told => _ = ShowAsync(() =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, texts);
            show(told);
        });
    }

    private async Task ShowAsync(Action show)
    {
        try
        {
            await InvokeAsync(show);
        }
#pragma warning disable CA1031 // Whatever it is: the circuit shall end of it, seen, so that the page begins anew (boot.js).
        catch (Exception e) when (e is not ObjectDisposedException)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(e);
        }
    }
}
