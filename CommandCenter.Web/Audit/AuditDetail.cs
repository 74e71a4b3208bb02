using System.Collections.Frozen;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Admin;
using CommandCenter.Web.Walls;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Audit;

/// <summary>
/// A detail in the reader's language. The record itself is one for all readers and is chained: it keeps the program's own words,
/// which are read here. What people wrote (reasons, titles, names) is shown as it is.
/// </summary>
internal sealed class AuditDetail(IStringLocalizer<AuditText> text, IStringLocalizer<KeysText> keys, IStringLocalizer<WallsText> walls)
{
    // What a piece begins and ends with, and the text that says it; whole pieces first.
    private static readonly (string Before, string After, string Key)[] Pieces =
    [
        ("second factor", "", "SecondFactor"), ("idle", "", "Idle"), ("area all", "", "AreaAll"), ("source any", "", "SourceAny"), ("rate default", "", "RateDefault"),
        ("expires never", "", "ExpiresNever"), ("expires in ", " days", "ExpiresIn"), ("scopes ", "", "Scopes"), ("area ", "", "Area"), ("source ", "", "Source"), ("rate ", "", "Rate"),
        ("profile ", "", "Profile"), ("scenes ", "", "Scenes"), ("screen at ", "", "Screen"), ("as of ", "", "AsOf"), ("", " taken", "Taken"), ("", " changed", "Changed"),
        ("", " retired", "Retired"), ("", " values", "Values"), ("", " left", "Left"), ("", " figures", "Figures"), ("", " failures", "Failures"), ("", " min", "Minutes"),
    ];

    // Only what the program words itself: elsewhere "idle" may be somebody's reason.
    private static readonly FrozenSet<string> Worded = new[]
    {
        AccountActions.SignedIn, AccountActions.SignedOut, AccountActions.Locked, ApiKeyActions.Created, WallActions.Added, WallActions.Paired, AuditActions.AreasReplaced,
        AuditActions.UnitsReplaced, AuditActions.KeysRotated, StatisticActions.Imported,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="action">What was done: its code.</param>
    /// <param name="detail">As recorded.</param>
    public string Of(string action, string detail) => action switch
    {
        AccountActions.Created or AccountActions.Changed => string.Join(" → ", detail.Split(" -> ").Select(Reach)),
        AccountActions.DepartmentChanged when detail == "retired" => text["Detail_DepartmentRetired"],
        _ when Worded.Contains(action) => string.Join(text["Detail_Between"], detail.Split(", ").Select(Piece)),
        _ => detail,
    };

    private string Piece(string piece)
    {
        // Flags are written with a comma between their names.
        if (Enum.TryParse<KeyScopes>(piece, out var scope) && Enum.IsDefined(scope))
        {
            return keys[$"Scope_{scope}"];
        }

        foreach (var (before, after, key) in Pieces)
        {
            var isWhole = after.Length == 0 && !before.EndsWith(' ');
            if (isWhole ? piece == before : piece.Length > before.Length + after.Length && piece.StartsWith(before, StringComparison.Ordinal) && piece.EndsWith(after, StringComparison.Ordinal))
            {
                return text[$"Detail_{key}", Value(key, piece[before.Length..^after.Length])];
            }
        }

        return piece;
    }

    private string Value(string key, string value) => key switch
    {
        "Scopes" => keys[$"Scope_{value}"] is { ResourceNotFound: false } scope ? scope : value,
        "Profile" => walls[value == PairedWall.Visitor ? "ProfileVisitor" : "ProfileCentre"],
        "Scenes" => string.Join(text["Detail_Between"], value.Split(',').Select(scene => walls[$"Scene_{scene}"])),
        _ => value,
    };

    // Role, area, department, with a space between.
    private string Reach(string reach)
    {
        var words = reach.Split(' ');
        return Enum.TryParse<Role>(words[0], out var role) ? string.Join(' ', words[1..].Select(Place).Prepend(AccountText.Of(role))) : reach;
    }

    private string Place(string word) =>
        word.StartsWith("department:", StringComparison.Ordinal) ? text["Detail_Department", word["department:".Length..]] : word;
}
