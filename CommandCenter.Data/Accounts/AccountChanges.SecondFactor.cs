using System.Globalization;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Accounts;

public sealed partial class AccountChanges
{
    /// <summary>Sets up the second factor with the code that proved it, and the recovery codes.</summary>
    /// <param name="secret">Protected.</param>
    /// <param name="step">Of the code that proved it.</param>
    /// <param name="session">The session it was done in; the others end.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> SetSecondFactorAsync(
        long id, string secret, long step, IReadOnlyList<string> recovery, string? session, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write =>
            {
                if (AccountStore.Read(write, id) is not { } account)
                {
                    return AccountOutcome.NotFound;
                }

                write.Execute("UPDATE account SET second_factor = @secret, second_factor_step = @step WHERE id = @id", ("@secret", secret), ("@step", step), ("@id", id));
                Give(write, id, recovery);
                SessionStore.EndAll(write, id, session);
                Record(write, by, AccountActions.FactorSet, account.Name, detail: null);
                return AccountOutcome.Done;
            },
            cancellationToken);

    /// <summary>Takes the second factor away, with its recovery codes. Sessions end.</summary>
    /// <param name="session">One that goes on; null for none.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> RemoveSecondFactorAsync(long id, string? session, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write =>
            {
                if (AccountStore.Read(write, id) is not { } account)
                {
                    return AccountOutcome.NotFound;
                }

                write.Execute("UPDATE account SET second_factor = NULL, second_factor_step = NULL WHERE id = @id", ("@id", id));
                Give(write, id, []);
                SessionStore.EndAll(write, id, session);
                Record(write, by, AccountActions.FactorRemoved, account.Name, detail: null);
                return AccountOutcome.Done;
            },
            cancellationToken);

    /// <summary>Gives new recovery codes in place of the old ones.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task GiveRecoveryAsync(Account account, IReadOnlyList<string> recovery, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write =>
            {
                Give(write, account.Id, recovery);
                Record(write, by, AccountActions.RecoveryMade, account.Name, detail: null);
                return 0;
            },
            cancellationToken);

    /// <summary>Uses a code of the second factor up.</summary>
    /// <returns>False when one of its step or later was used already.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<bool> UseStepAsync(long id, long step, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write => write.Execute(
                "UPDATE account SET second_factor_step = @step WHERE id = @id AND second_factor IS NOT NULL AND (second_factor_step IS NULL OR second_factor_step < @step)",
                ("@step", step), ("@id", id)) > 0,
            cancellationToken);

    /// <summary>Uses a recovery code up.</summary>
    /// <param name="hash">Of the code (<see cref="RecoveryCode.HashOf"/>).</param>
    /// <returns>False when there is none, or it was used already.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<bool> UseRecoveryAsync(Account account, string hash, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write =>
            {
                var isUsed = write.Execute(
                    "UPDATE account_recovery SET used_at = @now WHERE account_id = @id AND hash = @hash AND used_at IS NULL",
                    ("@now", write.Dialect.Instant(DatabaseClock.Now(write))), ("@id", account.Id), ("@hash", hash)) > 0;
                if (isUsed)
                {
                    Record(write, by, AccountActions.RecoveryUsed, account.Name, detail: null);
                }

                return isUsed;
            },
            cancellationToken);

    /// <summary>Counts a wrong password or code, and locks the account for as long as <see cref="Lockout"/> says.</summary>
    /// <param name="id">0 for a name that is not there: the same work for nobody.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task FailedAsync(long id, string name, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write =>
            {
                write.Execute("UPDATE account SET failures = failures + 1 WHERE id = @id", ("@id", id));
                var failures = Convert.ToInt32(write.Scalar("SELECT COALESCE(MAX(failures), 0) FROM account WHERE id = @id", ("@id", id)), CultureInfo.InvariantCulture);
                if (Lockout.After(failures) is { } pause)
                {
                    write.Execute("UPDATE account SET locked_until = @until WHERE id = @id", ("@until", write.Dialect.Instant(DatabaseClock.Now(write) + pause)), ("@id", id));
                    Record(write, by, AccountActions.Locked, name, string.Create(CultureInfo.InvariantCulture, $"{failures} failures, {pause.TotalMinutes:0} min"));
                }

                return failures;
            },
            cancellationToken);

    private static void Give(WriteSession write, long id, IReadOnlyList<string> recovery)
    {
        write.Execute("DELETE FROM account_recovery WHERE account_id = @id", ("@id", id));
        foreach (var hash in recovery.Select(RecoveryCode.HashOf))
        {
            write.Execute("INSERT INTO account_recovery (account_id, hash) VALUES (@id, @hash)", ("@id", id), ("@hash", hash));
        }
    }
}
