using static CommandCenter.Data.Accounts.Permission;

namespace CommandCenter.Data.Accounts;

/// <summary>
/// Who may do what, and how far they see: the one place where it is decided, for pages, endpoints, hub and queries alike.
/// </summary>
public static class AccessPolicy
{
    private static readonly Dictionary<Role, HashSet<Permission>> OfRoles = new()
    {
        [Role.Viewer] = [Enter, OwnAccount, SeeBoard, SeeIncidents, SeeDisputes, SeeAreas, SeeUnits, SeeStatistics],
        [Role.Dispatcher] =
        [
            Enter, OwnAccount, SeeBoard, SeeIncidents, SeePersons, ReportIncidents, MoveIncidents, SeeDisputes, RegisterDisputes, HandleDisputes, SeeAreas, SeeUnits,
            SeeStatistics, ManageStatistics,
        ],
        [Role.Leader] = [Enter, OwnAccount, SeeBoard, SeeIncidents, SeeDisputes, SeeAreas, SeeUnits, SeeStatistics],
        [Role.AreaStaff] =
        [
            Enter, OwnAccount, SeeBoard, SeeIncidents, SeePersons, ReportIncidents, MoveIncidents, SeeDisputes, RegisterDisputes, HandleDisputes, SeeAreas, SeeUnits, SeeStatistics,
        ],

        // No board: its figures and titles are of all categories.
        [Role.DepartmentStaff] = [Enter, OwnAccount, SeeIncidents, SeePersons, MoveIncidents, SeeDisputes, HandleDisputes, SeeAreas, SeeUnits],
        [Role.Administrator] =
        [
            Enter, OwnAccount, SeeBoard, SeeAreas, ReplaceAreas, SeeUnits, ReplaceUnits, SeeStatistics, ManageStatistics,
            SeeHealth, ManageAccounts, ManageKeys, ManageWalls, ManagePrivacy, ManageMediation,
        ],
        [Role.Auditor] = [Enter, OwnAccount, ReadAudit],
    };

    private static readonly Dictionary<KeyScopes, HashSet<Permission>> OfScopes = new()
    {
        [KeyScopes.Intake] = [Enter, ReportIncidents, MoveIncidents, RegisterDisputes, HandleDisputes, SeeAreas],
        [KeyScopes.Read] = [Enter, SeeIncidents, SeeDisputes, SeeAreas, SeeUnits, SeeStatistics],
        [KeyScopes.Live] = [Enter, SeeBoard, SeeAreas],
        [KeyScopes.Statistics] = [Enter, SeeAreas, SeeStatistics, ManageStatistics],
        [KeyScopes.Areas] = [Enter, SeeAreas, ReplaceAreas, SeeUnits, ReplaceUnits],
    };

    private static readonly HashSet<Permission> OfWalls = [Enter, SeeBoard, SeeAreas, SeeStatistics];

    /// <summary>What concerns the whole store, and so is for nobody whose area is a part of it.</summary>
    private static readonly HashSet<Permission> OfTheWholeStore = [ReplaceAreas, ReplaceUnits, ManageStatistics, SeeHealth, ManageAccounts, ManageKeys, ManageWalls, ManagePrivacy, ManageMediation, ReadAudit];

    /// <summary>Whether somebody may do something at all; how far it reaches is said by <see cref="SightOf"/>.</summary>
    public static bool Allows(Subject subject, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.MustSetUp)
        {
            return permission == OwnAccount;
        }

        // What a program uploads of boundaries and of figures is held to its area one by one (AreaImportRequest.Within, StatisticIntake).
        var isHeld = permission is ReplaceAreas or ManageStatistics && subject.Kind == SubjectKind.ApiKey;
        if (subject.Area is not null && OfTheWholeStore.Contains(permission) && !isHeld)
        {
            return false;
        }

        return subject.Kind switch
        {
            SubjectKind.Program => true,
            SubjectKind.Account => subject.Role is { } role && OfRoles[role].Contains(permission),
            SubjectKind.ApiKey => OfScopes.Any(scope => subject.Scopes.HasFlag(scope.Key) && scope.Value.Contains(permission)),
            SubjectKind.Wall => OfWalls.Contains(permission),
            _ => false,
        };
    }

    /// <summary>How far somebody sees when doing something.</summary>
    /// <returns>Null when they may not do it.</returns>
    public static Sight? SightOf(Subject subject, Permission permission) =>
        Allows(subject, permission) ? Sight.Of(subject, persons: Allows(subject, SeePersons)) : null;
}
