using CommandCenter.Web.Hosting;

namespace CommandCenter.Tests.Hosting;

/// <summary>Wrong settings stop the start, all of them told at once.</summary>
public class ConfigurationTests
{
    [Fact]
    public async Task Several_wrong_settings_are_all_named_and_the_program_ends_with_1()
    {
        await using var server = ServerProcess.Launch(
            folder: null, port: null, "--Storage:Provider=Oracle", "--Storage:LockTimeoutSeconds=soon", "--Storage:LockTimeout=5", "--Storag:Provider=Sqlite", "--Demo:ReportsPerMinute=many", "--Wall:Area=12", "--Urls=garbage");

        (await server.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe(1, server.Output);

        string[] told =
        [
            "Settings that are wrong: 7", "Storage:Provider is 'Oracle'; it must be Sqlite or SqlServer", "Storage:LockTimeoutSeconds is 'soon'; it must be a whole number",
            "Storage:LockTimeout is not a setting", "Storag is not a section; Storage was probably meant", "Demo:ReportsPerMinute is 'many'",
            "Urls holds 'garbage'", "Wall:Area is '12'; it must be an area code",
        ];
        told.Where(sentence => !server.Output.Contains(sentence, StringComparison.Ordinal)).ShouldBeEmpty(server.Output);
        server.Output.ShouldNotContain("   at ");
        Directory.EnumerateFileSystemEntries(server.Folder).ShouldBeEmpty();
        Directory.Delete(server.Folder);
    }

    [Theory]
    [InlineData("--Retention:ArchiveEventsAfterDays=30 --Retention:ArchiveFolder=/no/such/folder", "Retention:ArchiveEventsAfterDays is 30; it must be 0 (never) or between 90 and 36500", "Retention:ArchiveFolder is '/no/such/folder', which is not there")]
    [InlineData("--Retention:ArchiveEventsAfterDays=-1", "Retention:ArchiveEventsAfterDays is -1; it must be 0 (never) or between 90 and 36500")]
    [InlineData("--Retention:ArchiveEventsAfterDays=90", "Retention:ArchiveFolder is empty")]
    [InlineData("--Retention:ArchiveEventsAfterDays=ever --Retention:ArchiveFoldr=/tmp", "Retention:ArchiveEventsAfterDays is 'ever'; it must be a whole number", "Retention:ArchiveFoldr is not a setting")]
    [InlineData("--Audit:KeepDays=182", "Audit:KeepDays is 182; it must be between 183 (half a year) and 36500")]
    [InlineData("--Audit:KeepDays=36501", "Audit:KeepDays is 36501; it must be between 183 (half a year) and 36500")]
    [InlineData("--Audit:KeepDays=never", "Audit:KeepDays is 'never'; it must be a whole number")]
    [InlineData("--Audit:KeepDay=365", "Audit:KeepDay is not a setting")]
    [InlineData("--Retentions:ArchiveEventsAfterDays=90", "Retentions is not a section; Retention was probably meant")]
    public async Task Retention_that_makes_no_sense_stops_the_start(string settings, params string[] told)
    {
        await using var server = ServerProcess.Launch(folder: null, port: null, settings.Split(' '));

        (await server.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe(1, server.Output);

        told.Where(sentence => !server.Output.Contains(sentence, StringComparison.Ordinal)).ShouldBeEmpty(server.Output);
        Directory.EnumerateFileSystemEntries(server.Folder).ShouldBeEmpty();
        Directory.Delete(server.Folder);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named_and_the_program_ends_with_1()
    {
        await using var first = await ServerProcess.StartAsync();
        await using var second = ServerProcess.Launch(folder: null, port: first.Address.Port);

        (await second.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe(1, second.Output);

        second.Output.ShouldContain("it can't listen at Urls");
        second.Output.ShouldContain("in use");
    }

    [Theory]
    [InlineData("--Storage:LockTimeoutSeconds=0", "Storage:LockTimeoutSeconds is 0; it must be between 1 and 60")]
    [InlineData("--ConnectionStrings:CommandCenter=Data Sauce=x", "ConnectionStrings:CommandCenter can't be read")]
    [InlineData("--Storage:Provider=SqlServer --ConnectionStrings:CommandCenter=", "ConnectionStrings:CommandCenter is empty")]
    public void A_wrong_value_is_told_with_what_would_be_right(string settings, string told)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(settings.Split(' ').Aggregate(new List<string>(), (all, word) =>
        {
            // A value may hold spaces: only what begins with two dashes begins another setting.
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                all.Add(word);
            }
            else
            {
                all[^1] += $" {word}";
            }

            return all;
        }).ToArray());
        builder.AddHosting();

        builder.ConfigurationCheck().Problems.ShouldHaveSingleItem().ShouldContain(told);
    }

    [Theory]
    [InlineData("Storage", "Storag", true)]
    [InlineData("Storage", "Storages", true)]
    [InlineData("Storage", "Stroage", true)]
    [InlineData("Storage", "stprage", true)]
    [InlineData("Storage", "Logging", false)]
    [InlineData("Storage", "Store", false)]
    [InlineData("Wall", "Walls", true)]
    public void A_slip_of_the_pen_is_told_from_another_word(string right, string written, bool isSlip) => ConfigurationCheck.IsSlip(right, written).ShouldBe(isSlip);
}
