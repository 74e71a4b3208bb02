namespace CommandCenter.Data.Grids;

/// <summary>A stored area without its shape: when it was what.</summary>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last; <see cref="AreaReplacement.Forever"/> until further notice.</param>
internal sealed record AreaSpan(long Id, string Code, string Name, DateOnly From, DateOnly To);

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

    private AreaReplacement(IEnumerable<AreaSpan> stored, DateOnly validFrom)
    {
        _validFrom = validFrom;
        foreach (var span in stored)
        {
            Add(span);
        }
    }

    /// <summary>Rows whose last day changes: id and the new end.</summary>
    public Dictionary<long, DateOnly> Ends { get; } = [];

    /// <summary>Parts of rows that go on after the file's days: they are stored again with these days.</summary>
    public List<AreaSpan> Copies { get; } = [];

    /// <summary>The candidates to store, with the day after their last.</summary>
    public List<(AreaCandidate Area, DateOnly To)> Inserts { get; } = [];

    /// <summary>What was in force on the file's first day and no longer is, by code.</summary>
    public IReadOnlyList<AreaSpan> Retired => [.. _retired.Values.OrderBy(span => span.Code, StringComparer.Ordinal)];

    /// <summary>Whether a stored area is still the one in force on the file's first day.</summary>
    public bool Stands(string code) => !_replaced.Contains(code) && !_retired.ContainsKey(code);

    /// <summary>Works out what taking the good candidates does.</summary>
    /// <param name="stored">Every row that holds a day on or after <paramref name="validFrom"/>, at least of the file's counties.</param>
    /// <param name="candidates">Unique by code. Those not good count as listed: what is stored under their code stays.</param>
    public static AreaReplacement Plan(IEnumerable<AreaSpan> stored, IReadOnlyList<AreaCandidate> candidates, DateOnly validFrom)
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
            family.ForEach(county => Put(county, NextStart([county.Code!])));
            return;
        }

        if (EndOfPresence(parent) is not { } parentEnd)
        {
            family.ForEach(child => child.Rejection = AreaRejection.UnknownParent(parent, _validFrom));
            return;
        }

        var stored = _children.GetValueOrDefault(parent) ?? [];
        var next = NextStart(stored);
        var end = next < parentEnd ? next : parentEnd;
        foreach (var left in stored.Where(code => !listed.Contains(code)).ToList())
        {
            Retire(left, end);
        }

        family.ForEach(child => Put(child, end));
    }

    private void Put(AreaCandidate candidate, DateOnly end)
    {
        var code = candidate.Code!;
        Cut(code, end);
        _replaced.Add(code);
        Add(new AreaSpan(0, code, candidate.Name, _validFrom, end));
        Inserts.Add((candidate, end));
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

    /// <summary>The first day after the file's first on which a set under these codes begins.</summary>
    private DateOnly NextStart(IEnumerable<string> codes)
    {
        var next = Forever;
        foreach (var code in codes)
        {
            foreach (var span in _spans.GetValueOrDefault(code) ?? [])
            {
                next = span.From > _validFrom && span.From < next ? span.From : next;
            }
        }

        return next;
    }

    /// <summary>Until when an area that is there on the file's first day stays without a gap; null when it is not there.</summary>
    private DateOnly? EndOfPresence(string code)
    {
        DateOnly? end = null;
        foreach (var span in (_spans.GetValueOrDefault(code) ?? []).OrderBy(span => span.From))
        {
            if (span.From <= (end ?? _validFrom) && span.To > (end ?? _validFrom))
            {
                end = span.To;
            }
        }

        return end;
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
