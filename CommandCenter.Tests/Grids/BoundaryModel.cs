using CommandCenter.Data.Grids;

namespace CommandCenter.Tests.Grids;

/// <summary>The codes in force on each of some days, kept the slow and obvious way.</summary>
internal sealed class BoundaryModel(IReadOnlyList<DateOnly> days)
{
    private readonly Dictionary<DateOnly, HashSet<string>> _inForce = days.ToDictionary(day => day, _ => new HashSet<string>(StringComparer.Ordinal));

    // The days on which a set of children of a parent begins.
    private readonly Dictionary<string, HashSet<DateOnly>> _starts = new(StringComparer.Ordinal);

    public IReadOnlySet<string> On(DateOnly day) => _inForce[day];

    public void Apply(IReadOnlyCollection<string> file, DateOnly from)
    {
        foreach (var family in file.GroupBy(code => AreaCode.Parent(code) ?? "=" + code).OrderBy(family => family.First().Length))
        {
            var starts = _starts.TryGetValue(family.Key, out var known) ? known : _starts[family.Key] = [];
            foreach (var day in days.Where(day => day >= from).TakeWhile(day => day == from || !starts.Contains(day)))
            {
                Paint(_inForce[day], family.Key, [.. family]);
            }

            starts.Add(from);
        }
    }

    private static void Paint(HashSet<string> inForce, string parent, HashSet<string> children)
    {
        if (parent[0] != '=' && !inForce.Contains(parent))
        {
            return; // The parent itself has ended by then.
        }

        var gone = inForce.Where(code => AreaCode.Parent(code) == parent && !children.Contains(code)).ToList();
        inForce.RemoveWhere(code => gone.Exists(left => code.StartsWith(left, StringComparison.Ordinal)));
        inForce.UnionWith(children);
    }
}
