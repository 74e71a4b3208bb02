using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>Something that a person is in.</summary>
internal sealed record FoundMatter
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public bool IsClosed { get; init; }
}

/// <summary>A kind of matters that people are in: how those of one person are found, how long they are kept, and what is erased.</summary>
/// <param name="Table">With id, number, category, closed_at and erased_at.</param>
internal abstract record PersonalMatter(string Table)
{
    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<PersonalMatter> All = [new IncidentMatter(), new DisputeMatter()];

    /// <summary>The categories that are not kept for ever, by the days that they are kept.</summary>
    public abstract IReadOnlyList<(int Days, IReadOnlyList<string> Categories)> KeptDays(PrivacyOptions options);

    /// <summary>Takes people and free text out of what is closed, and tells it in the log.</summary>
    /// <param name="at">UTC; now when not given.</param>
    public void Erase(WriteSession session, IReadOnlyList<long> ids, DateTime? at)
    {
        foreach (var id in ids)
        {
            Erase(session, id);
        }

        session.Append(Told(ids), 0, AuditLog.Program, at);
    }

    /// <summary>Those of one person, the newest first.</summary>
    public Task<IReadOnlyList<FoundMatter>> FindAsync(Store store, PersonFilter person, long? after, int most, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = (new List<string>(), new DynamicParameters());
        AddPerson(person, store.Dialect.Keys.Keys.Hash, conditions, arguments);
        arguments.Add("after", after ?? long.MaxValue);
        arguments.Add("most", most);
        var (top, limit) = store.Dialect.First("@most");
        var sql = $"""
            SELECT {top} id, number, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS IsClosed
            FROM {Table}
            WHERE id < @after AND {string.Join(" AND ", conditions)}
            ORDER BY id DESC {limit}
            """;
        return store.ReadAsync<IReadOnlyList<FoundMatter>>(
            async connection => (await connection.QueryAsync<FoundMatter>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).AsList(), cancellationToken);
    }

    protected abstract void AddPerson(PersonFilter person, HashKey key, List<string> conditions, DynamicParameters arguments);

    protected abstract DomainEvent Told(IReadOnlyList<long> ids);

    protected abstract void Erase(WriteSession session, long id);

    private sealed record IncidentMatter() : PersonalMatter("incident")
    {
        public override IReadOnlyList<(int Days, IReadOnlyList<string> Categories)> KeptDays(PrivacyOptions options) => options.CategoriesByDays();

        protected override void AddPerson(PersonFilter person, HashKey key, List<string> conditions, DynamicParameters arguments) =>
            PersonSql.Add(person, key, PersonColumns.Reporter, "", conditions, arguments);

        protected override DomainEvent Told(IReadOnlyList<long> ids) => new IncidentsErased(ids);

        protected override void Erase(WriteSession session, long id) => session.Execute(
            """
            UPDATE incident SET title = '', wall_title = NULL, description = NULL, address = NULL, reporter_name = NULL, reporter_phone = NULL,
              address_sealed = NULL, reporter_name_sealed = NULL, reporter_phone_sealed = NULL, reporter_id_sealed = NULL,
              reporter_name_hash = NULL, reporter_phone_hash = NULL, reporter_id_hash = NULL, erased_at = @at
            WHERE id = @id
            """,
            ("@at", session.Dialect.Instant(session.Now)), ("@id", id));
    }

    private sealed record DisputeMatter() : PersonalMatter("dispute")
    {
        public override IReadOnlyList<(int Days, IReadOnlyList<string> Categories)> KeptDays(PrivacyOptions options) =>
            options.DisputeRetentionDays == 0 ? [] : [(options.DisputeRetentionDays, [.. DisputeCategories.All.Select(category => category.Code)])];

        protected override void AddPerson(PersonFilter person, HashKey key, List<string> conditions, DynamicParameters arguments) =>
            DisputeParties.AddPerson(person, key, "", conditions, arguments);

        protected override DomainEvent Told(IReadOnlyList<long> ids) => new DisputesErased(ids);

        protected override void Erase(WriteSession session, long id)
        {
            session.Execute(
                """
                UPDATE dispute SET title = '', shown_title = NULL, summary = NULL, units = NULL, place_sealed = NULL, risk_reason = NULL, extension_reason = NULL,
                  resolution = NULL, review_opinion = NULL, criminal_reason = NULL, erased_at = @at
                WHERE id = @id
                """,
                ("@at", session.Dialect.Instant(session.Now)), ("@id", id));
            session.Execute(
                """
                UPDATE dispute_party SET name_sealed = NULL, phone_sealed = NULL, id_sealed = NULL, address_sealed = NULL,
                  name_hash = NULL, phone_hash = NULL, id_hash = NULL
                WHERE id >= @first AND id < @end
                """,
                ("@first", DisputeParties.FirstId(id)), ("@end", DisputeParties.FirstId(id + 1)));
        }
    }
}
