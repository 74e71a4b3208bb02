using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Audit;

/// <summary>What is looked for in the record; what is null does not matter.</summary>
/// <param name="From">First instant, UTC.</param>
/// <param name="To">Instant before which it was, UTC.</param>
/// <param name="Subject">Part of the subject.</param>
/// <param name="Action">A code, or the beginning of one with its dot (<c>session.</c>) for all of them.</param>
/// <param name="Object">Part of the object.</param>
/// <param name="Before">Only rows with a smaller sequence: what the page before ended with.</param>
#pragma warning disable CA1720 // Subject, action, object: the words of the law on audit records.
public sealed record AuditFilter(
    DateTime? From, DateTime? To, string? Subject, string? Action, string? Object, AuditResult? Result, long? Before, int Limit);
#pragma warning restore CA1720

/// <summary>Reads the record.</summary>
public sealed class AuditQueries(Store store)
{
    private const string Columns = "sequence, at, subject, action, object, result, address, detail, times, hash";

    /// <summary>A page, newest first.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<AuditRecord>> ListAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var (where, arguments) = Conditions(filter);
        var (top, limit) = store.Dialect.First("@limit");
        arguments.Add("limit", filter.Limit);
        var sql = $"SELECT {top} {Columns} FROM audit_log {where} ORDER BY sequence DESC {limit}";
        return store.ReadAsync<IReadOnlyList<AuditRecord>>(
            async connection => [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).Select(row => row.Record)],
            cancellationToken);
    }

    /// <summary>How many rows a filter finds, its page apart.</summary>
    /// <param name="atMost">Counts no further.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<int> CountAsync(AuditFilter filter, int atMost, CancellationToken cancellationToken)
    {
        var (where, arguments) = Conditions(filter with { Before = null });
        var (top, limit) = store.Dialect.First("@most");
        arguments.Add("most", atMost);
        var sql = $"SELECT COUNT(*) FROM (SELECT {top} sequence FROM audit_log {where} {limit}) found";
        return store.ReadAsync(
            connection => connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)), cancellationToken);
    }

    /// <summary>The newest row of an action on an object; null when there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AuditRecord?> LastAsync(string action, string on, CancellationToken cancellationToken)
    {
        var (top, limit) = store.Dialect.First("@limit");
        return store.ReadAsync(
            async connection => (await connection.QueryFirstOrDefaultAsync<Row?>(new CommandDefinition(
                $"SELECT {top} {Columns} FROM audit_log WHERE action = @action AND object = @on ORDER BY sequence DESC {limit}",
                new { action, on, limit = 1 },
                cancellationToken: cancellationToken)))?.Record,
            cancellationToken);
    }

    private (string Where, DynamicParameters Arguments) Conditions(AuditFilter filter)
    {
        var conditions = new List<string>();
        var arguments = new DynamicParameters();
        Add(filter.From is { } from ? store.Dialect.Instant(from) : null, "at >= @from", "from");
        Add(filter.To is { } to ? store.Dialect.Instant(to) : null, "at < @to", "to");
        Add(Containing(filter.Subject), "subject LIKE @subject ESCAPE '~'", "subject");
        Add(Containing(filter.Object), "object LIKE @object ESCAPE '~'", "object");
        Add((int?)filter.Result, "result = @result", "result");
        Add(filter.Before, "sequence < @before", "before");
        if (filter.Action is { Length: > 0 } action)
        {
            if (action.EndsWith('.'))
            {
                // Everything that begins with it stands between it and it with '/' (the character after '.') at its end.
                Add(action, "action >= @action", "action");
                Add($"{action[..^1]}/", "action < @actionEnd", "actionEnd");
            }
            else
            {
                Add(action, "action = @action", "action");
            }
        }

        return (conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}", arguments);

        void Add(object? value, string condition, string name)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                arguments.Add(name, value);
            }
        }
    }

    private static string? Containing(string? part) =>
        string.IsNullOrEmpty(part)
            ? null
            : $"%{part.Replace("~", "~~", StringComparison.Ordinal).Replace("%", "~%", StringComparison.Ordinal).Replace("_", "~_", StringComparison.Ordinal).Replace("[", "~[", StringComparison.Ordinal)}%";

    private sealed class Row
    {
        public long Sequence { get; init; }

        public DateTime At { get; init; }

        public string Subject { get; init; } = "";

        public string Action { get; init; } = "";

        public string Object { get; init; } = "";

        public AuditResult Result { get; init; }

        public string? Address { get; init; }

        public string? Detail { get; init; }

        public int Times { get; init; }

        public string Hash { get; init; } = "";

        public AuditRecord Record => new(Sequence, At, Subject, Action, Object, Result, Address, Detail, Times, Hash);
    }
}
