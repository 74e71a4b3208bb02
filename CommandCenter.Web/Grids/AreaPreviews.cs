using System.Security.Cryptography;
using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Grids;

/// <summary>
/// Previews of files that were checked, for a few minutes. Only what a map draws is kept, a megabyte or so; the file itself is
/// sent again when it is taken, so that nothing large waits in memory and what is taken is checked against the store of that moment.
/// </summary>
internal sealed class AreaPreviews(TimeProvider time)
{
    private const int MostKept = 8;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly List<(string Token, byte[] GeoJson, DateTimeOffset Until)> _kept = [];

    public (string Token, bool IsWhole)? Keep(AreaPreview preview)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var geoJson = preview.ToGeoJson();
        lock (_lock)
        {
            Expire();
            _kept.Add((token, geoJson, time.GetUtcNow() + Lifetime));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveAt(0);
            }
        }

        return (token, preview.IsWhole);
    }

    public byte[]? Find(string token)
    {
        lock (_lock)
        {
            Expire();
            return _kept.Find(kept => kept.Token == token).GeoJson;
        }
    }

    private void Expire() => _kept.RemoveAll(kept => kept.Until <= time.GetUtcNow());
}
