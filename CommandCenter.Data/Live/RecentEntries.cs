namespace CommandCenter.Data.Live;

/// <summary>
/// The newest <see cref="Capacity"/> entries of the stream, without gaps, persistent: what a client that comes back can resume
/// from. Kept in chunks by position; a batch copies the newest chunk once and shares the others.
/// </summary>
internal sealed class RecentEntries
{
    public const int Capacity = 10_000;
    private const int ChunkBits = 8;
    private const int ChunkSize = 1 << ChunkBits;
    public static readonly RecentEntries Empty = new([], 0, 1, 0);

    private readonly StreamEntry?[][] _chunks;
    private readonly long _firstChunk;
    private readonly long _from;

    private RecentEntries(StreamEntry?[][] chunks, long firstChunk, long from, long last)
    {
        _chunks = chunks;
        _firstChunk = firstChunk;
        _from = from;
        Last = last;
    }

    /// <summary>Position of the newest entry; 0 when there is none.</summary>
    public long Last { get; }

    /// <summary>Position of the oldest entry kept; <see cref="Last"/> + 1 when there is none.</summary>
    public long First => Math.Max(_from, Last - Capacity + 1);

    public static RecentEntries StartingAfter(long position) => new([], (position + 1) >> ChunkBits, position + 1, position);

    /// <summary>The entries after a position, oldest first.</summary>
    public IEnumerable<StreamEntry> After(long position)
    {
        for (var at = Math.Max(position + 1, First); at <= Last; at++)
        {
            yield return At(at);
        }
    }

    public IEnumerable<StreamEntry> NewestFirst()
    {
        for (var at = Last; at >= First; at--)
        {
            yield return At(at);
        }
    }

    public Builder ToBuilder() => new(this);

    private StreamEntry At(long position) =>
        _chunks[(int)((position >> ChunkBits) - _firstChunk)][(int)(position & (ChunkSize - 1))]!;

    /// <summary>One batch of entries, to be appended in the order of positions.</summary>
    public sealed class Builder
    {
        private readonly List<StreamEntry?[]> _chunks;
        private readonly long _from;
        private long _firstChunk;
        private long _last;
        private bool _ownsNewest;

        internal Builder(RecentEntries entries)
        {
            _chunks = [.. entries._chunks];
            _firstChunk = entries._firstChunk;
            _from = Math.Max(1, entries._from);
            _last = entries.Last;
        }

        public void Append(StreamEntry entry)
        {
            _last = entry.Position;
            var chunk = (int)((_last >> ChunkBits) - _firstChunk);
            if (chunk == _chunks.Count)
            {
                _chunks.Add(new StreamEntry?[ChunkSize]);
                _ownsNewest = true;
                if (_chunks.Count > (Capacity / ChunkSize) + 2)
                {
                    _chunks.RemoveAt(0);
                    _firstChunk++;
                    chunk--;
                }
            }
            else if (!_ownsNewest)
            {
                _chunks[chunk] = (StreamEntry?[])_chunks[chunk].Clone();
                _ownsNewest = true;
            }

            _chunks[chunk][(int)(_last & (ChunkSize - 1))] = entry;
        }

        /// <summary>Takes the titles out of the entries of some incidents.</summary>
        public void ClearTitles(HashSet<long> incidents)
        {
            for (var i = 0; i < _chunks.Count; i++)
            {
                if (_chunks[i].Any(Holds))
                {
                    _chunks[i] = [.. _chunks[i].Select(entry => Holds(entry) ? entry! with { Incident = entry.Incident! with { Title = "" } } : entry)];
                }
            }

            bool Holds(StreamEntry? entry) => entry?.Incident is { Title.Length: > 0 } incident && incidents.Contains(incident.Id);
        }

        public RecentEntries ToEntries() => new([.. _chunks], _firstChunk, _from, _last);
    }
}
