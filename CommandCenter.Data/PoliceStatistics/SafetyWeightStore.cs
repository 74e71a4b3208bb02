using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>A version of the weights.</summary>
/// <param name="Version">0 for those that come with the program.</param>
/// <param name="RecordedAt">UTC; null for those that come with the program.</param>
public sealed record SafetyWeightVersion(int Version, SafetyWeights Weights, string Reason, DateTime? RecordedAt, string? Actor)
{
    public static readonly SafetyWeightVersion Default = new(0, SafetyWeights.Default, "", RecordedAt: null, Actor: null);
}

/// <summary>The weights of the safety index, each change a version with its reason. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed class SafetyWeightStore(Store store, AuditLog audit)
{
    public const int LongestReason = 400;

    /// <summary>All versions, the latest first; the one that counts is the first. Never empty.</summary>
    public Task<IReadOnlyList<SafetyWeightVersion>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<SafetyWeightVersion>>(
            async connection => [.. (await connection.QueryAsync<Row>(new CommandDefinition(
                "SELECT version, weights, reason, recorded_at AS RecordedAt, actor FROM safety_weights ORDER BY version DESC", cancellationToken: cancellationToken)))
                .Select(row => new SafetyWeightVersion(row.Version, SafetyJson.ReadWeights(row.Weights), row.Reason, row.RecordedAt, row.Actor)), SafetyWeightVersion.Default],
            cancellationToken);

    /// <summary>Weighs otherwise from now on. What was computed before stays as it was.</summary>
    /// <returns>The new version.</returns>
    /// <exception cref="ArgumentException">The weights can't be counted with, or no reason is given.</exception>
    public Task<int> ChangeAsync(SafetyWeights weights, string reason, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!weights.IsValid || string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            throw new ArgumentException("Weights are not below 0, not all 0, and are changed with a reason of at most 400 characters.", nameof(weights));
        }

        return store.WriteAsync(
            session =>
            {
                var version = Convert.ToInt32(session.Scalar("SELECT COALESCE(MAX(version), 0) + 1 FROM safety_weights"), System.Globalization.CultureInfo.InvariantCulture);
                session.Execute(
                    "INSERT INTO safety_weights (version, weights, reason, recorded_at, actor) VALUES (@version, @weights, @reason, @at, @actor)",
                    ("@version", version), ("@weights", SafetyJson.Write(weights)), ("@reason", reason), ("@at", session.Dialect.Instant(session.Now)), ("@actor", by.Subject));
                audit.Append(session, new AuditEntry(
                    by.Subject, StatisticActions.WeightsChanged, FormattableString.Invariant($"weights:{version}"), AuditResult.Done, by.Address, $"{SafetyJson.Write(weights)} {reason}"));
                return version;
            },
            cancellationToken);
    }

    private sealed record Row
    {
        public int Version { get; init; }

        public string Weights { get; init; } = "";

        public string Reason { get; init; } = "";

        public DateTime RecordedAt { get; init; }

        public string Actor { get; init; } = "";
    }
}
