using CommandCenter.Data.Accounts;
using CommandCenter.Web.Accounts;
using Microsoft.AspNetCore.Identity;

namespace CommandCenter.Web.Commands;

/// <summary>The password that a verb gives an account: read from standard input when asked to, made otherwise. Never an argument, which every process list shows.</summary>
internal static class UserPassword
{
    /// <exception cref="VerbRefusedException">What was sent breaks the rules.</exception>
    public static (string Password, bool IsMade) Take(string name, bool fromInput)
    {
        if (!fromInput)
        {
            return (NewPasswords.Make(), true);
        }

        var sent = Console.In.ReadLine() ?? "";
        return PasswordRules.Check(sent, name) is { } problem ? throw new VerbRefusedException(AccountText.Of(problem)) : (sent, false);
    }

    public static string Hash(string password) => new PasswordHasher<Account>().HashPassword(new Account(), password);
}
