using System.Collections;
using System.Globalization;
using System.Resources;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Verification;
using CommandCenter.Web.Commands;

namespace CommandCenter.Tests.Commands;

/// <summary>What the program makes of its command line.</summary>
public class CommandLineTests
{
    [Fact]
    public async Task Help_names_every_verb_in_the_language_that_is_asked_for()
    {
        await using var world = new VerbWorld();

        var english = (await world.RunAsync("--help")).ShouldEndWith(0);
        var chinese = (await world.RunAsync("--help", "--lang", "zh-CN")).ShouldEndWith(0);

        foreach (var word in Verbs.All().Select(verb => verb.Name.Split(' ')[0]))
        {
            english.Output.ShouldContain($"  {word}");
            chinese.Output.ShouldContain($"  {word}");
        }

        english.Output.ShouldContain("Bring the database to this program's schema");
        chinese.Output.ShouldContain("把数据库升级到本程序的结构");
        Directory.EnumerateFileSystemEntries(world.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_verb_explains_itself_in_both_languages()
    {
        await using var world = new VerbWorld();
        foreach (var verb in Verbs.All())
        {
            foreach (var language in new[] { "zh-CN", "en" })
            {
                var help = (await world.RunAsync([.. verb.Name.Split(' '), "--help", "--lang", language])).ShouldEndWith(0);
                help.Output.ShouldContain(verb.Name);
                help.Output.ShouldContain("--lang");
            }
        }
    }

    [Theory]
    [InlineData("zh_CN.UTF-8", "没有“bakcup”。是否想用“backup”？")]
    [InlineData("en_US.UTF-8", "There is no \"bakcup\". Did you mean \"backup\"?")]
    public async Task Without_a_choice_it_speaks_the_language_of_the_system(string lang, string said)
    {
        await using var world = new VerbWorld();
        var environment = new Dictionary<string, string?> { ["LANG"] = lang, ["LC_ALL"] = lang };

        (await VerbProcess.RunAsync(world.Folder, language: null, environment, "bakcup")).ShouldEndWith(1).Error.ShouldContain(said);
    }

    [Theory]
    [InlineData("There is no \"bakcup\". Did you mean \"backup\"?", "bakcup", "x.db")]
    [InlineData("There is no \"--dryrun\". Did you mean \"--dry-run\"?", "migrate", "--dryrun")]
    [InlineData("There is no verb \"frobnicate\". There are: ", "frobnicate")]
    [InlineData("There is no option \"--frobnicate\". There are: ", "migrate", "--frobnicate")]
    [InlineData("\"two.db\" is one word too many", "backup", "one.db", "two.db")]
    [InlineData("--lang must be zh-CN or en", "migrate", "--lang", "fr")]
    [InlineData("Required argument missing for command: 'backup'", "backup")]
    [InlineData("Storage:Provider is 'Oracle'; it must be Sqlite or SqlServer", "migrate", "--Storage:Provider=Oracle")]
    [InlineData("Storage:Provider is 'Mysql'; it must be Sqlite or SqlServer", "--Storage:Provider=Mysql")]
    [InlineData("is a directory; name a file", "import", "areas", "/")]
    [InlineData("is a directory; name a file", "import", "incidents", "/")]
    [InlineData("is a directory; name a file", "restore", "/")]
    public async Task What_is_wrong_with_it_is_said_with_what_was_meant(string said, params string[] words)
    {
        await using var world = new VerbWorld();

        var answer = (await world.RunAsync(words)).ShouldEndWith(1);

        answer.Error.ShouldContain(said);
        answer.Output.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(world.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("--urls http://localhost:5080")]
    [InlineData("--Demo:Enabled=true --environment Development")]
    [InlineData("--Demo:Enabled true")]
    [InlineData("--anything=else")]
    public void Settings_alone_ask_for_the_server(string line) =>
        VerbArguments.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).AskForVerb.ShouldBeFalse();

    [Theory]
    [InlineData("verify --Storage:Provider=SqlServer", "verify", "--Storage:Provider=SqlServer")]
    [InlineData("--environment Development backup x.db --force", "backup x.db --force", "--environment Development")]
    [InlineData("copy --from sqlite:a.db --to sqlserver:Server=x", "copy --from sqlite:a.db --to sqlserver:Server=x", "")]
    public void Settings_and_words_are_told_apart_wherever_they_stand(string line, string words, string settings)
    {
        var arguments = VerbArguments.Of(line.Split(' '));

        arguments.AskForVerb.ShouldBeTrue();
        string.Join(' ', arguments.Words).ShouldBe(words);
        string.Join(' ', arguments.Settings).ShouldBe(settings);
    }

    [Fact]
    public void Both_languages_have_every_text_with_the_same_places()
    {
        var texts = new ResourceManager("CommandCenter.Web.Commands.VerbText", typeof(Verbs).Assembly);
        var (chinese, english) = (Texts(texts, ""), Texts(texts, "en"));

        english.Keys.Order(StringComparer.Ordinal).ShouldBe(chinese.Keys.Order(StringComparer.Ordinal));
        chinese.Where(text => Places(text.Value) != Places(english[text.Key])).Select(text => text.Key).ShouldBeEmpty();
        foreach (var reason in Enum.GetValues<RefusalReason>())
        {
            chinese.Keys.ShouldContain($"Refused.{reason}");
        }

        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            chinese.Keys.ShouldContain($"verify.{kind}");
        }

        foreach (var fault in Enum.GetValues<StoreFault>())
        {
            chinese.Keys.ShouldContain($"StoreAway.{fault}");
        }

        foreach (var kind in Enum.GetValues<OmissionKind>())
        {
            chinese.Keys.ShouldContain($"verify.Omitted.{kind}");
        }
    }

    private static Dictionary<string, string> Texts(ResourceManager resources, string culture) =>
        resources.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static string Places(string text) =>
        string.Join(',', Enumerable.Range(0, 10).Where(i => text.Contains($"{{{i}", StringComparison.Ordinal)));
}
