using CommandCenter.Data.Audit;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Accounts;

/// <summary>Who changes an account, for the record.</summary>
/// <param name="Subject">Its label (<see cref="Accounts.Subject.Label"/>).</param>
/// <param name="Address">Where from; null for the program.</param>
public sealed record ChangedBy(string Subject, string? Address)
{
    public static ChangedBy Program { get; } = new(Accounts.Subject.Program.Label, Address: null);
}

/// <summary>How a change of an account ended.</summary>
public enum AccountOutcome
{
    Done,
    NotFound,

    /// <summary>Another account has the name.</summary>
    NameTaken,

    /// <summary>Nobody could manage accounts any more.</summary>
    LastAdministrator,

    /// <summary>No department in use has this id, or the role needs one.</summary>
    NoDepartment,

    /// <summary>The password is one of the last ones.</summary>
    UsedBefore,

    /// <summary>It was wrong, came too late, or served already.</summary>
    Refused,
}

/// <summary>Changes of accounts, each put on record in the transaction that makes it.</summary>
public sealed partial class AccountChanges(Store store, AuditLog audit)
{
    /// <returns>The account's id when it was made.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<(AccountOutcome Outcome, long Id)> AddAsync(NewAccount account, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (!HasDepartment(session, account.Role, account.DepartmentId))
                {
                    return (AccountOutcome.NoDepartment, 0L);
                }

                if (AccountStore.Add(session, account, by.Subject) is not { } id)
                {
                    return (AccountOutcome.NameTaken, 0L);
                }

                Record(session, by, AccountActions.Created, account.Name, Reach(account.Role, account.Area, account.DepartmentId));
                return (AccountOutcome.Done, id);
            },
            cancellationToken);

    /// <summary>Makes the first account; refused when there is one.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> AddFirstAsync(NewAccount account, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (session.Scalar("SELECT MIN(id) FROM account") is not (null or DBNull))
                {
                    return AccountOutcome.Refused;
                }

                AccountStore.Add(session, account, by.Subject);
                Record(session, by, AccountActions.Created, account.Name, Reach(account.Role, account.Area, account.DepartmentId));
                return AccountOutcome.Done;
            },
            cancellationToken);

    /// <summary>Changes what an account is for and how far it reaches. Its sessions follow at once.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> ChangeAsync(
        long id, string displayName, Role role, string? area, long? departmentId, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (AccountStore.Read(session, id) is not { } account)
                {
                    return AccountOutcome.NotFound;
                }

                if (!HasDepartment(session, role, departmentId))
                {
                    return AccountOutcome.NoDepartment;
                }

                if ((role != Role.Administrator || area is not null) && IsLastAdministrator(session, account))
                {
                    return AccountOutcome.LastAdministrator;
                }

                session.Execute(
                    "UPDATE account SET display_name = @display, role = @role, area = @area, department_id = @department WHERE id = @id",
                    ("@display", displayName), ("@role", (int)role), ("@area", area), ("@department", departmentId), ("@id", id));
                Record(session, by, AccountActions.Changed, account.Name,
                    $"{Reach(account.Role, account.Area, account.DepartmentId)} -> {Reach(role, area, departmentId)}");
                return AccountOutcome.Done;
            },
            cancellationToken);

    /// <summary>Lets nobody in with it any more, and ends its sessions; or lets them in again.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> DisableAsync(long id, bool disabled, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (AccountStore.Read(session, id) is not { } account)
                {
                    return AccountOutcome.NotFound;
                }

                if (disabled && IsLastAdministrator(session, account))
                {
                    return AccountOutcome.LastAdministrator;
                }

                session.Execute(
                    "UPDATE account SET disabled_at = @at WHERE id = @id",
                    ("@at", disabled ? session.Dialect.Instant(DatabaseClock.Now(session)) : null), ("@id", id));
                SessionStore.EndAll(session, id, except: null);
                Record(session, by, disabled ? AccountActions.Disabled : AccountActions.Enabled, account.Name, detail: null);
                return AccountOutcome.Done;
            },
            cancellationToken);

    /// <summary>Takes passwords again at once after wrong ones.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> UnlockAsync(long id, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (AccountStore.Read(session, id) is not { } account)
                {
                    return AccountOutcome.NotFound;
                }

                session.Execute("UPDATE account SET failures = 0, locked_until = NULL WHERE id = @id", ("@id", id));
                Record(session, by, AccountActions.Unlocked, account.Name, detail: null);
                return AccountOutcome.Done;
            },
            cancellationToken);

    private void Record(WriteSession session, ChangedBy by, string action, string name, string? detail)
    {
        AccessTable.Changed(session);
        audit.Append(session, new AuditEntry(by.Subject, action, $"account:{name}", AuditResult.Done, by.Address, detail));
    }

    private static string Reach(Role role, string? area, long? department) =>
        $"{role}{(area is null ? "" : $" {area}")}{(department is { } id ? $" department:{id}" : "")}";

    // One whose area is a part of the store manages no accounts.
    private static bool IsLastAdministrator(WriteSession session, Account account) =>
        account is { Role: Role.Administrator, Area: null, DisabledAt: null }
        && session.Scalar(
            "SELECT MIN(id) FROM account WHERE role = @role AND area IS NULL AND disabled_at IS NULL AND id <> @id",
            ("@role", (int)Role.Administrator), ("@id", account.Id)) is (null or DBNull);

    private static bool HasDepartment(WriteSession session, Role role, long? department) => department is { } id
        ? session.Scalar("SELECT id FROM department WHERE id = @id AND retired_at IS NULL", ("@id", id)) is not (null or DBNull)
        : role != Role.DepartmentStaff;
}
