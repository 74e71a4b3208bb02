namespace CommandCenter.Data.Nodes;

/// <summary>This process among those that share the database.</summary>
/// <param name="Name">What people call the node: the machine's name, or what the settings say. At most 100 characters.</param>
/// <param name="Id">Another one for each start, so that a process that comes back is not taken for the one that died.</param>
/// <param name="Version">Of the program.</param>
public sealed record NodeIdentity(string Name, string Id, string Version)
{
    public static NodeIdentity Of(string name, string version) => new(name, $"{name}/{Environment.ProcessId}/{Guid.NewGuid():N}", version);
}
