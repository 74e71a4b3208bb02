using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The terms as an administrator made them, over those that come with the program. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed class StatisticTermStore(Store store, AuditLog audit)
{
    public const int LongestName = 60;
    public const int LongestAliases = 400;

    /// <summary>All of them.</summary>
    public Task<StatisticTerms> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => new StatisticTerms(StatisticTerms.Defaults.All.Concat((await connection.QueryAsync<Row>(new CommandDefinition(
                "SELECT kind, code, name, name_en AS NameEn, adverse, is_stock AS IsStock, aliases FROM statistic_term", cancellationToken: cancellationToken))).Select(row => row.ToTerm()))),
            cancellationToken);

    /// <summary>Adds a term, or changes what is said of it. Its code never changes.</summary>
    /// <exception cref="ArgumentException">Its code is none, or a name is empty.</exception>
    public Task SaveAsync(StatisticTerm term, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(term);
        return !StatisticSeries.IsPart(term.Code) || string.IsNullOrWhiteSpace(term.Name) || string.IsNullOrWhiteSpace(term.NameEn)
            ? throw new ArgumentException($"'{term.Code}' is no term.", nameof(term))
            : store.WriteAsync(session => Save(session, term, by), cancellationToken);
    }

    private bool Save(WriteSession session, StatisticTerm term, ChangedBy by)
    {
        (string, object?)[] values =
        [
            ("@name", term.Name), ("@nameEn", term.NameEn), ("@adverse", (int)term.Adverse), ("@isStock", term.IsStock), ("@aliases", string.Join(',', term.Aliases)),
            ("@at", session.Dialect.Instant(session.Now)), ("@by", by.Subject), ("@kind", (int)term.Kind), ("@code", term.Code),
        ];
        if (session.Execute(
            """
            UPDATE statistic_term SET name = @name, name_en = @nameEn, adverse = @adverse, is_stock = @isStock, aliases = @aliases, changed_at = @at, changed_by = @by
            WHERE kind = @kind AND code = @code
            """,
            values) == 0)
        {
            session.Execute(
                """
                INSERT INTO statistic_term (name, name_en, adverse, is_stock, aliases, changed_at, changed_by, kind, code)
                VALUES (@name, @nameEn, @adverse, @isStock, @aliases, @at, @by, @kind, @code)
                """,
                values);
        }

        audit.Append(session, new AuditEntry(by.Subject, StatisticActions.TermChanged, $"{term.Kind}:{term.Code}", AuditResult.Done, by.Address, $"{term.Name} / {term.NameEn}"));
        return true;
    }

    private sealed record Row
    {
        public int Kind { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string NameEn { get; init; } = "";

        public int Adverse { get; init; }

        public bool IsStock { get; init; }

        public string Aliases { get; init; } = "";

        public StatisticTerm ToTerm() => new((TermKind)Kind, Code, Name, NameEn, (Adverse)Adverse, IsStock, Aliases.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}
