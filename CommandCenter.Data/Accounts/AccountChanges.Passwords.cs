using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Accounts;

public sealed partial class AccountChanges
{
    /// <summary>Replaces somebody's password with their own new one. Their other sessions end.</summary>
    /// <param name="hash">Of the new password.</param>
    /// <param name="isUsed">Whether a stored hash is of the new password; asked of the last ones.</param>
    /// <param name="session">The session that goes on.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<AccountOutcome> SetPasswordAsync(
        Account account, string hash, Func<string, bool> isUsed, string? session, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(isUsed);

        // Comparing takes a tenth of a second each, which the writing must not wait for.
        var earlier = await AccountStore.PasswordsAsync(store, account.Id, cancellationToken);
        if (earlier.Prepend(account.PasswordHash).Take(PasswordRules.History).Any(isUsed))
        {
            return AccountOutcome.UsedBefore;
        }

        return await store.WriteAsync(
            write =>
            {
                if (AccountStore.Read(write, account.Id)?.PasswordHash != account.PasswordHash)
                {
                    return AccountOutcome.Refused;
                }

                Replace(write, account, hash, mustChange: false);
                SessionStore.EndAll(write, account.Id, session);
                Record(write, by, AccountActions.PasswordChanged, account.Name, detail: null);
                return AccountOutcome.Done;
            },
            cancellationToken);
    }

    /// <summary>Gives somebody a password that serves once. Their sessions end, and a lock too.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountOutcome> ResetPasswordAsync(long id, string hash, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            write =>
            {
                if (AccountStore.Read(write, id) is not { } account)
                {
                    return AccountOutcome.NotFound;
                }

                Replace(write, account, hash, mustChange: true);
                SessionStore.EndAll(write, id, except: null);
                Record(write, by, AccountActions.PasswordReset, account.Name, detail: null);
                return AccountOutcome.Done;
            },
            cancellationToken);

    private static void Replace(WriteSession write, Account account, string hash, bool mustChange)
    {
        var now = DatabaseClock.Now(write);

        // The primary key is the account and the instant: two changes in one millisecond would be one.
        write.Execute(
            """
            INSERT INTO account_password (account_id, set_at, hash)
            SELECT @id, @set, @hash WHERE NOT EXISTS (SELECT 1 FROM account_password WHERE account_id = @id AND set_at = @set)
            """,
            ("@id", account.Id), ("@set", write.Dialect.Instant(account.PasswordChangedAt)), ("@hash", account.PasswordHash));
        write.Execute(
            """
            UPDATE account SET password_hash = @hash, password_changed_at = @now, must_change = @must, failures = 0, locked_until = NULL WHERE id = @id
            """,
            ("@hash", hash), ("@now", write.Dialect.Instant(now)), ("@must", mustChange), ("@id", account.Id));
    }
}
