using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>How files were laid out, remembered by their headings. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed class StatisticLayoutStore(Store store)
{
    /// <summary>The layout that files with such headings had the last time; null when there was none.</summary>
    /// <param name="headings">Years and months in them do not count.</param>
    public Task<StatisticLayout?> FindAsync(IReadOnlyList<string> headings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "SELECT layout FROM statistic_layout WHERE heading_hash = @hash", new { hash = StatisticLayout.HashOf(headings) }, cancellationToken: cancellationToken)) is { } json
                ? StatisticLayout.FromJson(json).For(headings)
                : null,
            cancellationToken);

    /// <summary>Remembers it for the next file with such headings.</summary>
    public Task RememberAsync(IReadOnlyList<string> headings, StatisticLayout layout, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var (hash, json) = (StatisticLayout.HashOf(headings), layout.ToJson());
        return store.WriteAsync(
            session =>
            {
                (string, object?)[] values = [("@layout", json), ("@at", session.Dialect.Instant(session.Now)), ("@by", by), ("@hash", hash)];
                if (session.Execute("UPDATE statistic_layout SET layout = @layout, changed_at = @at, changed_by = @by WHERE heading_hash = @hash", values) == 0)
                {
                    session.Execute("INSERT INTO statistic_layout (layout, changed_at, changed_by, heading_hash) VALUES (@layout, @at, @by, @hash)", values);
                }

                return true;
            },
            cancellationToken,
            mayRepeat: true);
    }
}
