using CommandCenter.Data.Accounts;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Accounts;

/// <summary>Who may do what and how far they see, written down once more as a county would read it.</summary>
public class AccessPolicyTests
{
    private const string County = "990101", Town = "990101002", OtherTown = "990101003", Grid = "990101002001001";

    // One letter a permission, in the order of the heading; a dot where it is not allowed. Small: only while the area is the whole store.
    private static readonly Permission[] Heading =
    [
        Permission.SeeBoard, Permission.SeeIncidents, Permission.SeePersons, Permission.ReportIncidents, Permission.MoveIncidents, Permission.SeeAreas, Permission.ReplaceAreas,
        Permission.SeeUnits, Permission.ReplaceUnits, Permission.SeeHealth, Permission.ManageAccounts, Permission.ManageKeys, Permission.ManageWalls, Permission.ManagePrivacy,
        Permission.ReadAudit, Permission.OwnAccount, Permission.Enter, Permission.SeeStatistics, Permission.ManageStatistics,
        Permission.SeeDisputes, Permission.RegisterDisputes, Permission.HandleDisputes, Permission.ManageMediation,
    ];

    private static readonly Dictionary<Role, string> Matrix = new()
    {
        [Role.Viewer] = "BI...A.U.......OES.D...",
        [Role.Dispatcher] = "BIPRMA.U.......OESsDRH.",
        [Role.Leader] = "BI...A.U.......OES.D...",
        [Role.AreaStaff] = "BIPRMA.U.......OES.DRH.",
        [Role.DepartmentStaff] = ".IP.MA.U.......OE..D.H.",
        [Role.Administrator] = "B....AaUuhkkkk.OESs...m",
        [Role.Auditor] = "..............rOE......",
    };

    public static TheoryData<Role, string?, Permission> Cases()
    {
        var cases = new TheoryData<Role, string?, Permission>();
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var area in new[] { null, County, Town, Grid })
            {
                foreach (var permission in Enum.GetValues<Permission>())
                {
                    cases.Add(role, area, permission);
                }
            }
        }

        return cases;
    }

    [Fact]
    public void The_matrix_speaks_of_every_role_and_permission()
    {
        Heading.Order().ShouldBe(Enum.GetValues<Permission>().Order());
        Matrix.Keys.Order().ShouldBe(Enum.GetValues<Role>().Order());
        Matrix.Values.ShouldAllBe(row => row.Length == Heading.Length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_role_may_what_the_matrix_says_and_nothing_else(Role role, string? area, Permission permission)
    {
        var letter = Matrix[role][Array.IndexOf(Heading, permission)];
        var expected = letter != '.' && (area is null || char.IsUpper(letter));
        var subject = Subject.OfAccount(1, "x", role, area);

        AccessPolicy.Allows(subject, permission).ShouldBe(expected);
        var sight = AccessPolicy.SightOf(subject, permission);
        (sight is not null).ShouldBe(expected);
        if (sight is not null)
        {
            sight.Area.ShouldBe(area);
            sight.Persons.ShouldBe(Matrix[role].Contains('P', StringComparison.Ordinal));
            sight.Covers(Grid).ShouldBe(true);
            sight.Covers(OtherTown + "001001").ShouldBe(area is null or County);
            sight.Covers(null).ShouldBe(area is null);
        }
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Dispatcher)]
    [InlineData(Role.Auditor)]
    public void Whose_account_is_not_in_order_may_put_it_in_order_and_nothing_else(Role role)
    {
        var subject = Subject.OfAccount(1, "x", role, mustSetUp: true);
        Enum.GetValues<Permission>().Where(permission => AccessPolicy.Allows(subject, permission)).ShouldBe([Permission.OwnAccount]);
    }

    [Fact]
    public void A_narrower_account_never_sees_more()
    {
        var digits = Gen.Elements("01", "0102", "02", "0401", "11");
        var areas = Gen.Elements<string?>(null, County, Town, OtherTown, Grid, "9901010020");
        var subjects =
            from role in Gen.Elements(Enum.GetValues<Role>())
            from area in areas
            from categories in Gen.OneOf(Gen.Constant<string[]?>(null), Gen.ArrayOf(digits)!)
            select (role, area, categories);
        var property = Prop.ForAll(
            (from wide in subjects
             from narrower in areas
             from fewer in Gen.ArrayOf(digits)
             from at in Gen.Elements<string?>(null, Grid, OtherTown + "001001", "990102001001001")
             from category in Gen.Elements("0101", "0102", "0203", "0401", "1101")
             from permission in Gen.Elements(Enum.GetValues<Permission>())
             select (wide, narrower, fewer, at, category, permission)).ToArbitrary(),
            sample =>
            {
                var (wide, narrower, fewer, at, category, permission) = sample;
                var area = wide.area is null || (narrower?.StartsWith(wide.area, StringComparison.Ordinal) ?? false) ? narrower : wide.area;
                var categories = wide.categories is null ? fewer : [.. fewer.Where(code => wide.categories.Any(own => code.StartsWith(own, StringComparison.Ordinal)))];
                var more = AccessPolicy.SightOf(Subject.OfAccount(1, "x", wide.role, wide.area, wide.categories), permission);
                var less = AccessPolicy.SightOf(Subject.OfAccount(1, "x", wide.role, area, categories), permission);
                return less is null || (more is not null && (!less.Persons || more.Persons)
                    && (!less.Covers(at, category, "12345") || more.Covers(at, category, "12345")) && (!less.Covers(at) || more.Covers(at)));
            });
        property.QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Guests_before_a_wall_never_see_persons()
    {
        var sight = AccessPolicy.SightOf(Subject.OfWall(1, "x", area: null, isVisitor: true), Permission.SeeBoard)!;
        (sight.Visitor, sight.Persons).ShouldBe((true, false));
    }
}
