namespace CommandCenter.Data.Grids;

/// <summary>A stored area without its shape: when it was what.</summary>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last; <see cref="AreaReplacement.Forever"/> until further notice.</param>
internal sealed record AreaSpan(long Id, string Code, string Name, DateOnly From, DateOnly To);

/// <summary>The day from which an upload gave the children of a parent.</summary>
/// <param name="Family">The parent's code; of a county itself, "=" and its code.</param>
internal sealed record AreaSet(string Family, DateOnly From);

/// <summary>What is stored and concerns the days from some day on.</summary>
/// <param name="Spans">Every row that holds such a day.</param>
/// <param name="Sets">Every set that begins on such a day.</param>
/// <param name="LastUpload">Position of the last upload; 0 for none.</param>
internal sealed record StoredAreas(IReadOnlyList<AreaSpan> Spans, IReadOnlyList<AreaSet> Sets, long LastUpload);

/// <summary>
/// What taking a file does to the rows that are stored. A file is, for each parent it lists a child of, the complete set of that
/// parent's children from <c>validFrom</c> until the next set that is already stored; what it leaves out ends there, with all
/// below it. Areas under other parents stay as they are. Pure, apart from marking candidates whose parent is unknown.
/// </summary>
internal sealed class AreaReplacement
{
    public static readonly DateOnly Forever = DateOnly.MaxValue;

    private readonly DateOnly _validFrom;
    private readonly Dictionary<string, List<AreaSpan>> _spans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AreaSpan> _retired = new(StringComparer.Ordinal);
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    private readonly ILookup<string, DateOnly> _starts;

    private AreaReplacement(StoredAreas stored, DateOnly validFrom)
    {
        _validFrom = validFrom;
        _starts = stored.Sets.ToLookup(set => set.Family, set => set.From, StringComparer.Ordinal);
        foreach (var span in stored.Spans)
        {
            Add(span);
        }
    }

    /// <summary>Rows whose last day changes: id and the new end.</summary>
    public Dictionary<long, DateOnly> Ends { get; } = [];

    /// <summary>Parts of rows that go on after the file's days: they are stored again with these days.</summary>
    public List<AreaSpan> Copies { get; } = [];

    /// <summary>The candidates to store, with their days. One has several rows when its parent comes and goes meanwhile.</summary>
    public List<(AreaCandidate Area, DateOnly From, DateOnly To)> Inserts { get; } = [];

    /// <summary>The sets to store that are not stored yet.</summary>
    public List<AreaSet> Sets { get; } = [];

    /// <summary>How many candidates are taken.</summary>
    public int Taken => _replaced.Count;

    /// <summary>What was in force on the file's first day and no longer is, by code.</summary>
    public IReadOnlyList<AreaSpan> Retired => [.. _retired.Values.OrderBy(span => span.Code, StringComparer.Ordinal)];

    /// <summary>Whether a stored area is still the one in force on the file's first day.</summary>
    public bool Stands(string code) => !_replaced.Contains(code) && !_retired.ContainsKey(code);

    /// <summary>Works out what taking the good candidates does.</summary>
    /// <param name="candidates">Unique by code. Those not good count as listed: what is stored under their code stays.</param>
    public static AreaReplacement Plan(StoredAreas stored, IReadOnlyList<AreaCandidate> candidates, DateOnly validFrom)
    {
        var plan = new AreaReplacement(stored, validFrom);
        var listed = candidates.Where(candidate => candidate.Code is not null).Select(candidate => candidate.Code!).ToHashSet(StringComparer.Ordinal);
        foreach (var level in Enum.GetValues<AreaLevel>())
        {
            foreach (var family in candidates.Where(candidate => candidate.IsGood && candidate.Level == level).GroupBy(candidate => AreaCode.Parent(candidate.Code!) ?? "").ToList())
            {
                plan.Replace(family.Key, [.. family], listed);
            }
        }

        return plan;
    }

    private void Replace(string parent, List<AreaCandidate> family, HashSet<string> listed)
    {
        if (parent.Length == 0)
        {
            // Counties have no parent whose set they could complete: each stands for itself.
            family.ForEach(county => Put(county, Begin("=" + county.Code), [(_validFrom, Forever)]));
            return;
        }

        var presence = Presence(parent);
        if (presence.Count == 0 || presence[0].From > _validFrom)
        {
            family.ForEach(child => child.Rejection = AreaRejection.UnknownParent(parent, _validFrom));
            return;
        }

        var end = Begin(parent);
        foreach (var left in (_children.GetValueOrDefault(parent) ?? []).Where(code => !listed.Contains(code)).ToList())
        {
            Retire(left, end);
        }

        family.ForEach(child => Put(child, end, presence));
    }

    /// <summary>Notes that a set begins with the file; tells the day on which the next one does.</summary>
    private DateOnly Begin(string family)
    {
        if (!_starts[family].Contains(_validFrom))
        {
            Sets.Add(new AreaSet(family, _validFrom));
        }

        return _starts[family].Where(start => start > _validFrom).DefaultIfEmpty(Forever).Min();
    }

    private void Put(AreaCandidate candidate, DateOnly end, List<(DateOnly From, DateOnly To)> presence)
    {
        var code = candidate.Code!;
        Cut(code, end);
        _replaced.Add(code);
        foreach (var (from, to) in presence.Where(days => days.From < end))
        {
            var span = new AreaSpan(0, code, candidate.Name, from < _validFrom ? _validFrom : from, to < end ? to : end);
            Add(span);
            Inserts.Add((candidate, span.From, span.To));
        }
    }

    private void Retire(string code, DateOnly end)
    {
        if (Cut(code, end) is { } ended)
        {
            _retired.TryAdd(code, ended);
        }

        foreach (var child in _children.GetValueOrDefault(code) ?? [])
        {
            Retire(child, end);
        }
    }

    /// <summary>Takes the days from the file's first until <paramref name="end"/> out of what is stored under a code; tells what was in force on the first.</summary>
    private AreaSpan? Cut(string code, DateOnly end)
    {
        if (!_spans.TryGetValue(code, out var spans))
        {
            return null;
        }

        AreaSpan? inForce = null;
        foreach (var span in spans.Where(span => span.From < end && span.To > _validFrom).ToList())
        {
            inForce = span.From <= _validFrom ? span : inForce;
            spans.Remove(span);
            var head = span with { To = span.From > _validFrom ? span.From : _validFrom };
            if (head.To > head.From)
            {
                spans.Add(head);
            }

            Ends[span.Id] = head.To;
            if (span.To > end)
            {
                var tail = span with { From = end };
                spans.Add(tail);
                Copies.Add(tail);
            }
        }

        return inForce;
    }

    /// <summary>The days, from the file's first on, on which an area is there, whichever rows say so.</summary>
    private List<(DateOnly From, DateOnly To)> Presence(string code)
    {
        var days = new List<(DateOnly From, DateOnly To)>();
        foreach (var span in (_spans.GetValueOrDefault(code) ?? []).Where(span => span.To > _validFrom).OrderBy(span => span.From))
        {
            if (days.Count > 0 && span.From <= days[^1].To)
            {
                days[^1] = (days[^1].From, span.To);
            }
            else
            {
                days.Add((span.From, span.To));
            }
        }

        return days;
    }

    private void Add(AreaSpan span)
    {
        if (!_spans.TryGetValue(span.Code, out var spans))
        {
            _spans.Add(span.Code, spans = []);
            var parent = AreaCode.Parent(span.Code) ?? "";
            if (!_children.TryGetValue(parent, out var siblings))
            {
                _children.Add(parent, siblings = []);
            }

            siblings.Add(span.Code);
        }

        spans.Add(span);
    }
}
