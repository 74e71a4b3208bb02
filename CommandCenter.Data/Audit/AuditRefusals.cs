using System.Globalization;
using System.Runtime.InteropServices;

namespace CommandCenter.Data.Audit;

/// <summary>Counts refusals, so that what strangers send does not decide how much is written. In memory; bounded.</summary>
internal sealed class AuditRefusals
{
    /// <summary>Different ones (by subject, address and action) that have rows of their own within a minute.</summary>
    public const int MostKinds = 60;

    /// <summary>Who is named for those beyond.</summary>
    public const string Others = "*";

    // Of some hours in which the store can't be written to; what comes then is counted with the last of its action.
    private const int MostDue = 2_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Kind, Tally> _tallies = [];
    private List<(AuditEntry Entry, int Times)> _due = [];
    private DateTime _windowBegan = DateTime.MinValue;

    /// <summary>Counts a refusal.</summary>
    /// <returns>Whether there is something to write now.</returns>
    public bool Note(AuditEntry entry, DateTime now)
    {
        lock (_gate)
        {
            CloseWindow(now, force: false);
            var kind = new Kind(entry.Subject, entry.Address, entry.Action);
            if (_tallies.TryGetValue(kind, out var tally))
            {
                tally.Count(entry, now);
                return _due.Count > 0;
            }

            if (_tallies.Count >= MostKinds)
            {
                var others = new Kind(Others, null, entry.Action);
                if (!_tallies.TryGetValue(others, out var shared))
                {
                    _tallies.Add(others, shared = new Tally());
                }

                shared.Count(entry with { Subject = Others, Address = null, Object = "", Detail = null }, now);
                return _due.Count > 0;
            }

            _tallies.Add(kind, new Tally());
            AddDue(entry, 1);
            return true;
        }
    }

    /// <summary>Makes what was counted in a minute that is over due for writing.</summary>
    public void Close(DateTime now, bool force)
    {
        lock (_gate)
        {
            CloseWindow(now, force);
        }
    }

    public IReadOnlyList<(AuditEntry Entry, int Times)> TakeDue()
    {
        lock (_gate)
        {
            var due = _due;
            _due = [];
            return due;
        }
    }

    /// <summary>They could not be written.</summary>
    public void PutBack(IReadOnlyList<(AuditEntry Entry, int Times)> due)
    {
        lock (_gate)
        {
            var later = _due;
            _due = [.. due];
            foreach (var (entry, times) in later)
            {
                AddDue(entry, times);
            }
        }
    }

    private void CloseWindow(DateTime now, bool force)
    {
        // Also when the clock was put back.
        if (!force && now >= _windowBegan && now - _windowBegan < Window)
        {
            return;
        }

        foreach (var tally in _tallies.Values)
        {
            if (tally.Last is { } last)
            {
                AddDue(last with { Detail = tally.Said }, tally.Times);
            }
        }

        _tallies.Clear();
        _windowBegan = now;
    }

    private void AddDue(AuditEntry entry, int times)
    {
        if (_due.Count < MostDue)
        {
            _due.Add((entry, times));
            return;
        }

        ref var last = ref CollectionsMarshal.AsSpan(_due)[^1];
        last = (last.Entry with { Subject = Others, Address = null, Object = "" }, (int)Math.Min((long)last.Times + times, int.MaxValue));
    }

    private readonly record struct Kind(string Subject, string? Address, string Action);

    private sealed class Tally
    {
        private DateTime _first;

        public int Times { get; private set; }

        /// <summary>The last one that was counted; null when none was besides the one that has its own row.</summary>
        public AuditEntry? Last { get; private set; }

        public string Said => string.Create(CultureInfo.InvariantCulture, $"{_first:yyyy-MM-dd'T'HH:mm:ss'Z'}/PT60S");

        public void Count(AuditEntry entry, DateTime now)
        {
            (_first, Last) = (Times == 0 ? now : _first, entry);
            Times = Times == int.MaxValue ? Times : Times + 1;
        }
    }
}
