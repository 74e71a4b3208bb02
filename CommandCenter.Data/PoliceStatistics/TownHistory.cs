using System.Data.Common;
using System.Security.Cryptography;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The towns and their boundaries through time, so that figures of last year belong to the towns of last year.</summary>
public sealed class TownHistory
{
    public static readonly TownHistory Empty = new([]);

    private readonly Dictionary<string, List<Span>> _byCode = new(StringComparer.Ordinal);
    private readonly DateOnly _first = DateOnly.MaxValue;

    internal TownHistory(IEnumerable<Span> spans)
    {
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (!_byCode.TryGetValue(span.Code, out var own))
            {
                _byCode.Add(span.Code, own = []);
            }

            own.Add(span);
            _first = span.From < _first ? span.From : _first;
        }
    }

    /// <summary>Codes of the towns of a county on a day, in order; of days before the first boundaries, those of the first.</summary>
    public IReadOnlyList<string> Towns(string county, DateOnly day) =>
        [.. _byCode.Values.Select(own => On(own, day)).Where(span => span is not null && span.Code.Length == 9 && span.Code.StartsWith(county, StringComparison.Ordinal))
            .Select(span => span!.Code).Order(StringComparer.Ordinal)];

    /// <summary>The latest name of an area; null when it is not known.</summary>
    public string? NameOf(string code) => _byCode.TryGetValue(code, out var own) ? own[^1].Name : null;

    /// <summary>Codes by latest name: counties and towns.</summary>
    public IEnumerable<(string Code, string Name)> Names => _byCode.Select(own => (own.Key, own.Value[^1].Name));

    /// <summary>Whether an area was there on a day.</summary>
    public bool Knows(string code, DateOnly day) => _byCode.TryGetValue(code, out var own) && On(own, day) is not null;

    /// <summary>Whether anything is known of boundaries at all.</summary>
    public bool IsEmpty => _byCode.Count == 0;

    /// <summary>Whether an area had other boundaries on one day than on another, or was not there; a county also when it had other towns.</summary>
    public bool Changed(string code, DateOnly one, DateOnly other)
    {
        if (_byCode.TryGetValue(code, out var own) && !string.Equals(On(own, one)?.Shape, On(own, other)?.Shape, StringComparison.Ordinal))
        {
            return true;
        }

        return code.Length == 6 && !Towns(code, one).SequenceEqual(Towns(code, other), StringComparer.Ordinal);
    }

    internal static async Task<TownHistory> ReadAsync(DbConnection connection, Dialect dialect, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT a.code AS Code, a.name AS Name, a.valid_from AS ValidFrom, a.valid_to AS ValidTo, {dialect.ShapeAsWkb("a.shape")} AS Shape FROM area a WHERE a.level <= 2",
            cancellationToken: cancellationToken));
        return new TownHistory(rows.Select(row => new Span(row.Code, row.Name, row.ValidFrom, row.ValidTo, Convert.ToHexString(SHA256.HashData(row.Shape)))));
    }

    private Span? On(List<Span> own, DateOnly day)
    {
        var at = day < _first ? _first : day;
        return own.Find(span => span.From <= at && at < span.To);
    }

    /// <param name="To">The first day on which it is over.</param>
    /// <param name="Shape">Hash of the boundary.</param>
    internal sealed record Span(string Code, string Name, DateOnly From, DateOnly To, string Shape);

    private sealed record Row
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public DateOnly ValidFrom { get; init; }

        public DateOnly ValidTo { get; init; }

        public byte[] Shape { get; init; } = [];
    }
}
