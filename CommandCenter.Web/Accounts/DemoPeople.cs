#if !PUBLISHED
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using CommandCenter.Web.Demo;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Accounts;

/// <summary>
/// Accounts of the demonstration, one for each role, that a browser on this machine signs in with by one click. They have no password
/// that anybody knows. Nothing of this is compiled into a published build.
/// </summary>
internal sealed class DemoPeople(
    DemoAccess demo, AccountStore accounts, AccountChanges changes, DepartmentStore departments, NewPasswords passwords, IHostApplicationLifetime life, TimeProvider time)
    : BackgroundService
{
    private static readonly (Role Role, string Name)[] People =
    [
        (Role.Viewer, "演示查看员"), (Role.Dispatcher, "演示调度员"), (Role.Leader, "演示领导"), (Role.AreaStaff, "演示乡镇人员"),
        (Role.DepartmentStaff, "演示应急局人员"), (Role.Administrator, "演示管理员"), (Role.Auditor, "演示审计员"),
    ];

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>Whether the sign-in page lists them to who asks.</summary>
    public bool IsFor(HttpContext context) => demo.IsOn && DemoAccess.IsFromHere(context);

    public static IReadOnlyList<Role> Roles => [.. People.Select(person => person.Role)];

    public static async Task<IResult> SignInAsync(HttpContext context, DemoPeople people, SignIn signIn, [FromForm] int role, [FromForm] string? returnUrl)
    {
        if (!people.IsFor(context) || !Enum.IsDefined((Role)role) || await people.FindAsync((Role)role, context.RequestAborted) is not { DisabledAt: null } account)
        {
            return Results.NotFound();
        }

        // The click on this machine stands for the second factor too.
        await signIn.BeginAsync(context, account, secondFactor: true);
        return Results.LocalRedirect(AccountSetup.Ours(returnUrl));
    }

    private Task<Account?> FindAsync(Role role, CancellationToken cancellationToken) => accounts.FindAsync(NameOf(role), cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!demo.IsOn)
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MakeAsync(stoppingToken);
                return;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(Again, time, stoppingToken);
            }
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(NameOf(People[^1].Role), cancellationToken) is not null)
        {
            return;
        }

        var hash = passwords.Hash(Credential.Make(""));
        var town = DemoCounty.Instance.Grids[0].Code[..9];
        var department = await departments.SaveAsync(id: null, "应急管理局（演示）", ["03", "04", "10"], ChangedBy.Program, cancellationToken)
            ?? (await departments.ListAsync(retired: false, cancellationToken))[0].Id;
        foreach (var (role, name) in People)
        {
            await changes.AddAsync(
                new NewAccount(NameOf(role), name, role, role == Role.AreaStaff ? town : null, role == Role.DepartmentStaff ? department : null, hash, MustChange: false),
                ChangedBy.Program,
                cancellationToken);
        }
    }

    private static string NameOf(Role role) => "demo-" + role.ToString().ToLower(CultureInfo.InvariantCulture);
}
#endif
