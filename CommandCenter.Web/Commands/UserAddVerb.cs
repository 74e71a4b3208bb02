using System.CommandLine;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Accounts;

namespace CommandCenter.Web.Commands;

/// <summary><c>user add</c>: makes an account whose password serves once. A made password stands alone on the last line of standard output.</summary>
internal sealed class UserAddVerb : Verb
{
    private Option<string> _name = null!;
    private Option<bool> _input = null!;
    private Option<string> _role = null!;
    private Option<string?> _area = null!;
    private Option<string?> _display = null!;
    private Option<long?> _department = null!;

    public override string Name => "user add";

    public override void Describe(Command command)
    {
        command.Options.Add(_name = Option<string>("--name", "NAME", required: true));
        command.Options.Add(_input = Option<bool>("--password-stdin"));
        command.Options.Add(_role = Option<string>("--role", "ROLE", required: true));
        command.Options.Add(_area = Option<string?>("--area", "CODE"));
        command.Options.Add(_display = Option<string?>("--display", "NAME"));
        command.Options.Add(_department = Option<long?>("--department", "ID"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var name = given.GetRequiredValue(_name).Trim();
        if (!AccountNames.IsGood(name))
        {
            throw run.Refused("BadName");
        }

        var word = given.GetRequiredValue(_role).Replace("-", "", StringComparison.Ordinal);
        if (!Enum.TryParse<Role>(word, ignoreCase: true, out var role) || !Enum.IsDefined(role) || char.IsDigit(word[0]))
        {
            throw run.Refused("BadRole", given.GetRequiredValue(_role), string.Join(", ", Enum.GetNames<Role>()));
        }

        var area = given.GetValue(_area);
        if (area is not null && !AreaCode.IsValid(area))
        {
            throw run.Refused("BadArea", area);
        }

        if ((area is not null && role is Role.Administrator or Role.Auditor) || (area is null && role == Role.AreaStaff))
        {
            throw run.Refused(area is null ? "AreaNeeded" : "WholeStoreOnly");
        }

        if (given.GetValue(_department) is not null != (role == Role.DepartmentStaff))
        {
            throw run.Refused("DepartmentAndStaff");
        }

        var display = given.GetValue(_display)?.Trim() is { Length: > 0 } shown ? shown : name;
        if (display.Length > 64 || display.Any(char.IsControl))
        {
            throw run.Refused("BadDisplay");
        }

        await run.RequireSchemaAsync();
        var (password, isMade) = UserPassword.Take(name, given.GetValue(_input));
        var account = new NewAccount(name, display, role, area, given.GetValue(_department), UserPassword.Hash(password), MustChange: true);
        var (outcome, _) = await run.Get<AccountChanges>().AddAsync(account, ChangedBy.Program, run.Stopped);
        if (outcome != AccountOutcome.Done)
        {
            throw run.Refused(outcome.ToString(), outcome == AccountOutcome.NoDepartment ? given.GetValue(_department) : name);
        }

        run.Say(isMade ? "DoneMade" : "Done", name, role);
        if (isMade)
        {
            run.Line(password);
        }

        return ExitCodes.Done;
    }
}
