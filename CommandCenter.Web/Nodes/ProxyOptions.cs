using System.Net;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Nodes;

/// <summary>Section <c>Proxy</c>: the load balancers whose word about a client's address and scheme is taken.</summary>
public sealed class ProxyOptions : ICheckedOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses and networks (<c>10.0.0.0/24</c>), separated by commas; empty: nobody's word is taken.</summary>
    public string Known { get; set; } = "";

    internal IReadOnlyList<IPNetwork> Networks => [.. Entries.Select(entry => Read(entry)!.Value)];

    private IEnumerable<string> Entries => Known.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<string> Problems() =>
        from entry in Entries
        where Read(entry) is null
        select $"Proxy:Known names '{entry}'; it must be an address such as 10.0.0.5 or a network such as 10.0.0.0/24.";

    private static IPNetwork? Read(string entry) =>
        IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(entry, out var network) ? network
        : null;
}
