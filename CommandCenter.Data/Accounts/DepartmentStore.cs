using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Accounts;

/// <summary>A department and what it answers for (权责清单).</summary>
public sealed record Department
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Category codes of level 1 or 2, separated by commas, as stored.</summary>
    public string Categories { get; init; } = "";

    public DateTime? RetiredAt { get; init; }

    public IReadOnlyList<string> Codes => Categories.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Departments and their duty lists.</summary>
public sealed class DepartmentStore(Store store, AuditLog audit)
{
    /// <summary>What fits into the columns.</summary>
    public const int NameLength = 64, CategoriesLength = 1_000;

    /// <summary>Those in use, by name; all when asked for.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<Department>> ListAsync(bool retired, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<Department>>(
            async connection => (await connection.QueryAsync<Department>(new CommandDefinition(
                $"SELECT id, name, categories, retired_at AS RetiredAt FROM department {(retired ? "" : "WHERE retired_at IS NULL")} ORDER BY name",
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <summary>Adds a department or replaces what it answers for. Who works for it sees that at once.</summary>
    /// <param name="id">Null for a new one.</param>
    /// <param name="codes">Categories; those whose level 1 is there as well add nothing and are left out.</param>
    /// <returns>Its id; null when none in use has the id, or another has the name.</returns>
    /// <exception cref="ArgumentException">A category is none.</exception>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<long?> SaveAsync(long? id, string name, IReadOnlyCollection<string> codes, ChangedBy by, CancellationToken cancellationToken)
    {
        if (codes.FirstOrDefault(code => IncidentCategories.Find(code) is null) is { } unknown)
        {
            throw new ArgumentException($"{unknown} is no category.", nameof(codes));
        }

        var categories = string.Join(',', codes.Where(code => code.Length == 2 || !codes.Contains(IncidentCategories.TopLevel(code))).Distinct().Order(StringComparer.Ordinal));
        return store.WriteAsync(session => Save(session, id, name, categories, by), cancellationToken);
    }

    /// <summary>Takes a department out of use. Who works for it sees nothing of its categories any more.</summary>
    /// <returns>False when none in use has the id.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<bool> RetireAsync(long id, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var done = session.Execute(
                    "UPDATE department SET retired_at = @now, categories = '' WHERE id = @id AND retired_at IS NULL",
                    ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@id", id)) > 0;
                if (done)
                {
                    Record(session, by, id, "retired");
                }

                return done;
            },
            cancellationToken);

    private long? Save(WriteSession session, long? id, string name, string categories, ChangedBy by)
    {
        if (session.Scalar("SELECT MIN(id) FROM department WHERE name = @name AND retired_at IS NULL AND id <> @id", ("@name", name), ("@id", id ?? 0)) is not (null or DBNull))
        {
            return null;
        }

        if (id is { } known)
        {
            if (session.Execute("UPDATE department SET name = @name, categories = @categories WHERE id = @id AND retired_at IS NULL",
                ("@name", name), ("@categories", categories), ("@id", known)) == 0)
            {
                return null;
            }
        }
        else
        {
            known = AccessTable.NextId(session, "department");
            session.Execute("INSERT INTO department (id, name, categories) VALUES (@id, @name, @categories)", ("@id", known), ("@name", name), ("@categories", categories));
        }

        Record(session, by, known, $"{name}: {categories}");
        return known;
    }

    private void Record(WriteSession session, ChangedBy by, long id, string detail)
    {
        AccessTable.Changed(session);
        audit.Append(session, new AuditEntry(by.Subject, AccountActions.DepartmentChanged, $"department:{id}", AuditResult.Done, by.Address, detail));
    }
}
