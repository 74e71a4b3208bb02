using CommandCenter.Tests.Browser;

namespace CommandCenter.Tests.Nodes;

/// <summary>Sends reports until told to stop; what is not answered is sent again, as whoever reports does.</summary>
internal sealed class Reporter : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task<HashSet<long>> _sending;

    /// <param name="series">Names its reports: their external ids begin with it.</param>
    public Reporter(TwoNodes nodes, string series) => _sending = SendAsync(nodes, series);

    /// <returns>The ids that were answered.</returns>
    public async Task<HashSet<long>> StopAsync()
    {
        await _stop.CancelAsync();
        return await _sending;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task<HashSet<long>> SendAsync(TwoNodes nodes, string series)
    {
        var kept = new HashSet<long>();
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            for (var isKept = false; !isKept && !_stop.IsCancellationRequested;)
            {
                try
                {
                    kept.Add(await Bring.ReportAsync(nodes.Http, $"持续上报 {i}", externalId: $"{series}-{i}"));
                    isKept = true;
                }
                catch (Exception e) when (e is HttpRequestException or ShouldAssertException)
                {
                    // 502 while nginx finds out, or a connection that broke.
                }

                await Task.Delay(100, CancellationToken.None);
            }
        }

        return kept;
    }
}
