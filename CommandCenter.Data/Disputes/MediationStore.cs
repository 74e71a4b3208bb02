using System.Globalization;
using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Disputes;

/// <summary>Codes by which the record names what was done to those who mediate; the audit's resources name them for people.</summary>
public static class MediationActions
{
    public const string KindChanged = "mediation.kind";
    public const string BodyChanged = "mediation.body";
    public const string MediatorChanged = "mediation.mediator";
}

/// <summary>Mediation bodies, mediators and kinds, as an administrator keeps them. Each change is on record. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed partial class MediationStore(Store store, AuditLog audit)
{
    /// <summary>Everything there is.</summary>
    public Task<MediationDirectory> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                var kinds = (await connection.QueryAsync<KindRow>(Command("SELECT code, name, name_en AS NameEn, retired_at AS RetiredAt FROM mediation_kind ORDER BY code")))
                    .Select(row => new MediationKind(row.Code, row.Name, row.NameEn, row.RetiredAt)).ToList();
                return new MediationDirectory(
                    [.. MediationKind.Defaults.Select(own => kinds.Find(kind => kind.Code == own.Code) ?? own), .. kinds.Where(kind => MediationKind.Defaults.All(own => own.Code != kind.Code))],
                    (await connection.QueryAsync<MediationBody>(Command("SELECT code, name, kind, area_code AS Area, retired_at AS RetiredAt FROM mediation_body ORDER BY code"))).AsList(),
                    (await connection.QueryAsync<Mediator>(Command("SELECT id, body_code AS Body, name, kind, retired_at AS RetiredAt FROM mediator ORDER BY body_code, id"))).AsList());

                CommandDefinition Command(string sql) => new(sql, cancellationToken: cancellationToken);
            },
            cancellationToken);

    /// <summary>Whether a text may be the code of a body or kind: letters, digits and '.', '_', '-'.</summary>
    public static bool IsCode(string? code, int longest) => code?.Length <= longest && Code().IsMatch(code);

    /// <summary>Adds a kind, or says otherwise what it is called, or takes it out of use.</summary>
    /// <exception cref="ArgumentException">Its code is none, or a name is empty or too long.</exception>
    public Task SaveAsync(MediationKind kind, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kind);
        Require(IsCode(kind.Code, DisputeLimits.Kind) && IsName(kind.NameZh) && IsName(kind.NameEn), kind.Code, nameof(kind));
        return store.WriteAsync(
            session => Save(
                session, MediationActions.KindChanged, $"{kind.Code} {kind.NameZh}", by,
                "UPDATE mediation_kind SET name = @name, name_en = @nameEn, retired_at = @retired, changed_at = @at, changed_by = @by WHERE code = @code",
                "INSERT INTO mediation_kind (name, name_en, retired_at, changed_at, changed_by, code) VALUES (@name, @nameEn, @retired, @at, @by, @code)",
                [("@name", kind.NameZh), ("@nameEn", kind.NameEn), ("@retired", Retired(session, kind.RetiredAt))], ("@code", kind.Code)),
            cancellationToken);
    }

    /// <summary>Adds a body, or changes what is said of it, or takes it out of use. What it has stays with it.</summary>
    /// <exception cref="ArgumentException">Its code is none, or its name is empty or too long.</exception>
    public Task SaveAsync(MediationBody body, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        Require(IsCode(body.Code, DisputeLimits.Code) && IsName(body.Name) && IsCode(body.Kind, DisputeLimits.Kind), body.Code, nameof(body));
        return store.WriteAsync(
            session => Save(
                session, MediationActions.BodyChanged, $"{body.Code} {body.Name}", by,
                "UPDATE mediation_body SET name = @name, kind = @kind, area_code = @area, retired_at = @retired, changed_at = @at, changed_by = @by WHERE code = @code",
                "INSERT INTO mediation_body (name, kind, area_code, retired_at, changed_at, changed_by, code) VALUES (@name, @kind, @area, @retired, @at, @by, @code)",
                [("@name", body.Name), ("@kind", body.Kind), ("@area", body.Area), ("@retired", Retired(session, body.RetiredAt))], ("@code", body.Code)),
            cancellationToken);
    }

    /// <summary>Adds a mediator (id 0), or changes what is said of them, or takes them out of use.</summary>
    /// <returns>The id; null when there is no such body.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long, or the kind's code is none.</exception>
    public Task<long?> SaveAsync(Mediator mediator, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        Require(IsName(mediator.Name) && (mediator.Kind is null || IsCode(mediator.Kind, DisputeLimits.Kind)), mediator.Name, nameof(mediator));
        return store.WriteAsync<long?>(
            session =>
            {
                if (session.Scalar("SELECT code FROM mediation_body WHERE code = @code", ("@code", mediator.Body)) is null)
                {
                    return null;
                }

                var id = mediator.Id == 0
                    ? Convert.ToInt64(session.Scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM mediator"), CultureInfo.InvariantCulture)
                    : mediator.Id;
                Save(
                    session, MediationActions.MediatorChanged, $"{id} {mediator.Name}", by,
                    "UPDATE mediator SET body_code = @body, name = @name, kind = @kind, retired_at = @retired, changed_at = @at, changed_by = @by WHERE id = @id",
                    "INSERT INTO mediator (body_code, name, kind, retired_at, changed_at, changed_by, id) VALUES (@body, @name, @kind, @retired, @at, @by, @id)",
                    [("@body", mediator.Body), ("@name", mediator.Name), ("@kind", mediator.Kind), ("@retired", Retired(session, mediator.RetiredAt))], ("@id", id));
                return id;
            },
            cancellationToken);
    }

    private static object? Retired(WriteSession session, DateTime? at) => at is { } instant ? session.Dialect.Instant(instant) : null;

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= DisputeLimits.Name;

    private static void Require(bool isGood, string what, string argument)
    {
        if (!isGood)
        {
            throw new ArgumentException($"'{what}' can't be kept: a code or a name of it is none.", argument);
        }
    }

    private bool Save(
        WriteSession session, string action, string what, ChangedBy by, string update, string insert, ReadOnlySpan<(string Name, object? Value)> values, (string Name, object? Value) key)
    {
        (string, object?)[] all = [.. values, ("@at", session.Dialect.Instant(session.Now)), ("@by", by.Subject), key];
        if (session.Execute(update, all) == 0)
        {
            session.Execute(insert, all);
        }

        audit.Append(session, new AuditEntry(by.Subject, action, what, AuditResult.Done, by.Address, Detail: null));
        return true;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    private sealed record KindRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string NameEn { get; init; } = "";

        public DateTime? RetiredAt { get; init; }
    }
}
