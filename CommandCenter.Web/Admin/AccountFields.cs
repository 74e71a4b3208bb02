using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Accounts;

namespace CommandCenter.Web.Admin;

/// <summary>What a form says about an account, checked. The same for a new one and for a change.</summary>
internal sealed record AccountFields(string DisplayName, Role Role, string? Area, long? DepartmentId)
{
    public const int LongestDisplayName = 64;

    /// <returns>Null with the problem, which names the text of <see cref="AccountText"/> that says it.</returns>
    public static (AccountFields? Fields, string? Problem) Read(string? display, string? role, string? area, string? department, string name, AreaIndex areas)
    {
        var shown = string.IsNullOrWhiteSpace(display) ? name : display.Trim();
        if (shown.Length > LongestDisplayName || shown.Any(char.IsControl))
        {
            return (null, "BadDisplayName");
        }

        if (!Enum.TryParse<Role>(role, out var known) || !Enum.IsDefined(known))
        {
            return (null, "BadRole");
        }

        var code = string.IsNullOrWhiteSpace(area) ? null : area.Trim();
        if (code is not null && (areas.Count > 0 ? areas.Find(code) is null : !AreaCode.IsValid(code)))
        {
            return (null, "BadArea");
        }

        if (known is Role.Administrator or Role.Auditor && code is not null)
        {
            return (null, "WholeStoreOnly");
        }

        if (known == Role.AreaStaff && code is null)
        {
            return (null, "AreaNeeded");
        }

        var id = long.TryParse(department, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        return (known == Role.DepartmentStaff) != id is not null
            ? (null, id is null ? "DepartmentNeeded" : "DepartmentOnlyForStaff")
            : (new AccountFields(shown, known, code, id), null);
    }
}
