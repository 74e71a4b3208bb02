using CommandCenter.Data.Grids;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Counties and towns by code or by the names that files give them.</summary>
public sealed class AreaNames
{
    private static readonly string[] Whole = ["全县", "全区", "全市", "县合计", "合计", "总计", "全县合计"];
    private static readonly string[] Endings = ["派出所", "人民政府", "街道办事处", "街道办", "街道", "镇", "乡"];

    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly string? _county;

    public AreaNames(TownHistory towns)
    {
        ArgumentNullException.ThrowIfNull(towns);
        var all = towns.Names.ToList();
        _county = all.Where(area => area.Code.Length == 6).Select(area => area.Code).ToList() is [var only] ? only : null;
        foreach (var (code, name) in all)
        {
            _byName.TryAdd(code, code);
            _byName.TryAdd(name, code);
        }

        // Shorter names only where they mean one area.
        foreach (var same in all.GroupBy(area => Short(area.Name), StringComparer.Ordinal).Where(same => same.Count() == 1))
        {
            _byName.TryAdd(same.Key, same.Single().Code);
        }
    }

    /// <summary>The code of an area; null when nobody knows it. A code that keeps the rule is taken as it is.</summary>
    public string? Find(string text)
    {
        var name = text.Trim();
        return _byName.TryGetValue(name, out var code) || _byName.TryGetValue(Short(name), out code) ? code
            : Array.IndexOf(Whole, name) >= 0 ? _county
            : AreaCode.IsValid(name) && name.Length is 6 or 9 ? name
            : null;
    }

    /// <summary>Whether an area is among those whose boundaries are known; where none are, every area is.</summary>
    public bool Knows(string code) => _byName.Count == 0 || _byName.ContainsKey(code);

    private static string Short(string name)
    {
        foreach (var ending in Endings)
        {
            if (name.Length > ending.Length + 1 && name.EndsWith(ending, StringComparison.Ordinal))
            {
                return Short(name[..^ending.Length]);
            }
        }

        return name;
    }
}
