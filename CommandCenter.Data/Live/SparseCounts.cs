namespace CommandCenter.Data.Live;

/// <summary>
/// Counts by a small key (a minute of the hour, a category), sorted, without zeros: most cells of most areas count very little,
/// and two that count the same compare equal however they came to it.
/// </summary>
internal sealed class SparseCounts
{
    private (int Key, int Count)[] _items;
    private int _length;

    public SparseCounts() => _items = [];

    private SparseCounts((int Key, int Count)[] items, int length)
    {
        _items = items;
        _length = length;
    }

    public ReadOnlySpan<(int Key, int Count)> Items => _items.AsSpan(0, _length);

    public void Add(int key, int change)
    {
        // From the end: what comes in belongs to the newest minute almost always.
        var at = _length - 1;
        while (at >= 0 && _items[at].Key > key)
        {
            at--;
        }

        if (at >= 0 && _items[at].Key == key)
        {
            if ((_items[at].Count += change) == 0)
            {
                _items.AsSpan(at + 1, _length - at - 1).CopyTo(_items.AsSpan(at));
                _length--;
            }

            return;
        }

        if (_length == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(2, _length * 2));
        }

        _items.AsSpan(at + 1, _length - at - 1).CopyTo(_items.AsSpan(at + 2));
        _items[at + 1] = (key, change);
        _length++;
    }

    public SparseCounts Copy() => new(Items.ToArray(), _length);

    public bool Same(SparseCounts other) => Items.SequenceEqual(other.Items);
}
