namespace CommandCenter.Data.Accounts;

/// <summary>Codes by which the record names what was done to accounts and sessions; the audit's resources name them for people.</summary>
public static class AccountActions
{
    public const string SignedIn = "session.begin";
    public const string SignedOut = "session.end";
    public const string SignInRefused = "session.refused";
    public const string SignedOutEverywhere = "session.ended.all";
    public const string Locked = "session.locked";
    public const string Created = "account.created";
    public const string Changed = "account.changed";
    public const string Disabled = "account.disabled";
    public const string Enabled = "account.enabled";
    public const string Unlocked = "account.unlocked";
    public const string PasswordChanged = "account.password";
    public const string PasswordReset = "account.password.reset";
    public const string FactorSet = "account.factor";
    public const string FactorRemoved = "account.factor.removed";
    public const string RecoveryUsed = "account.recovery.used";
    public const string RecoveryMade = "account.recovery.made";
    public const string DepartmentChanged = "department.changed";
}
