using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Nodes;

/// <summary>Section <c>Node</c>.</summary>
public sealed class NodeOptions : ICheckedOptions
{
    public const string Section = "Node";

    /// <summary>What people call this node; empty: the machine's name.</summary>
    public string Name { get; set; } = "";

    public IEnumerable<string> Problems()
    {
        if (Name.Length > 100)
        {
            yield return $"Node:Name has {Name.Length} characters; it must have at most 100.";
        }
    }
}
