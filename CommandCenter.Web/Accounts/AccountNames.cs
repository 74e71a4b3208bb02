using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Web.Accounts;

/// <summary>What may be a user name: 2 to 64 letters, digits and <c>. _ - @</c>, of any script; no spaces.</summary>
internal static class AccountNames
{
    public static bool IsGood([NotNullWhen(true)] string? name) =>
        name?.Trim() is { Length: >= 2 and <= SignIn.LongestName } trimmed && trimmed.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '@');
}
