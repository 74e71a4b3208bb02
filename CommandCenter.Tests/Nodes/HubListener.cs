using System.Collections.Concurrent;
using System.Diagnostics;
using CommandCenter.Web.Live;
using Microsoft.AspNetCore.SignalR.Client;

namespace CommandCenter.Tests.Nodes;

/// <summary>A client of a node's live feed that notes when each position reached it.</summary>
internal sealed class HubListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HubConnection _connection;
    private Task _reading = Task.CompletedTask;

    private HubListener(Uri node) => _connection = new HubConnectionBuilder().WithUrl(new Uri(node, "/hubs/live"), options => options.Headers[TestAccess.KeyHeader] = TestAccess.KeyOf(node)).Build();

    /// <summary><see cref="Stopwatch"/> timestamps by position.</summary>
    public ConcurrentDictionary<long, long> ReceivedAt { get; } = new();

    /// <summary>In the order they came.</summary>
    public ConcurrentQueue<long> Positions { get; } = [];

    public static async Task<HubListener> StartAsync(Uri node)
    {
        var listener = new HubListener(node);
        await listener._connection.StartAsync();
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener._reading = Task.Run(() => listener.ReadAsync(subscribed));
        await subscribed.Task;
        return listener;
    }

    public async Task HasAsync(long position, TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        while (!ReceivedAt.ContainsKey(position))
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync(TaskCompletionSource subscribed)
    {
        try
        {
            await foreach (var message in _connection.StreamAsync<Message>("Subscribe", new SubscribeRequest(null, null), _stop.Token))
            {
                var now = Stopwatch.GetTimestamp();
                subscribed.TrySetResult();
                foreach (var entry in message.Entries ?? [])
                {
                    ReceivedAt.TryAdd(entry.Position, now);
                    Positions.Enqueue(entry.Position);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private sealed record Message(string Type, long Position, Entry[]? Entries);

    private sealed record Entry(long Position);
}
