using System.Globalization;
using System.Resources;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Accounts;

/// <summary>The resources of signing in and of accounts (<c>AccountText.resx</c> in Chinese, <c>AccountText.en.resx</c> in English).</summary>
public sealed class AccountText
{
    private static readonly ResourceManager Texts = new("CommandCenter.Web.Accounts.AccountText", typeof(AccountText).Assembly);

    /// <summary>Why a password is not taken, and what would be.</summary>
    public static string Of(PasswordProblem problem) => string.Format(
        CultureInfo.InvariantCulture,
        Get($"Password_{problem}"),
        problem switch
        {
            PasswordProblem.TooShort => PasswordRules.Shortest,
            PasswordProblem.TooLong => PasswordRules.Longest,
            PasswordProblem.TooPlain => PasswordRules.Passphrase,
            _ => PasswordRules.History,
        });

    public static string Of(Role role) => Get($"Role_{role}");

    public static string Of(AccountOutcome outcome) => Get($"Outcome_{outcome}");

    /// <summary>As people here read the time.</summary>
    public static string Time(DateTime utc) => CountyTime.Local(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <exception cref="MissingManifestResourceException">No text has this key.</exception>
    public static string Get(string key) =>
        Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"AccountText has no text '{key}'.");
}
