using System.Globalization;
using System.Resources;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Admin;
using CommandCenter.Web.Grids;

namespace CommandCenter.Tests.Grids;

public class AreaTextTests
{
    [Theory]
    [InlineData(typeof(GridText))]
    [InlineData(typeof(AreasText))]
    public void Both_languages_have_every_text(Type texts)
    {
        var resources = new ResourceManager(texts);
        var english = Keys(resources, "en");
        english.ShouldBe(Keys(resources, ""));
        english.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_page_has_a_word_for_every_repair()
    {
        var keys = Keys(new ResourceManager(typeof(AreasText)), "");
        foreach (var repair in Enum.GetValues<AreaRepairs>().Where(repair => repair != AreaRepairs.None))
        {
            keys.ShouldContain(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(repair.ToString()));
        }
    }

    private static List<string> Keys(ResourceManager resources, string culture) =>
        [.. resources.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal)];
}
