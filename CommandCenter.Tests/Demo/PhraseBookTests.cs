using CommandCenter.Data.Incidents;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Demo;

public class PhraseBookTests
{
    [Fact]
    public void Has_words_for_every_level_2_category_and_for_no_other()
    {
        PhraseBook.Instance.All.Select(p => p.Category).ShouldBe(
            IncidentCategories.All.Where(c => c.Parent is not null).Select(c => c.Code), ignoreOrder: true);
        PhraseBook.Instance.All.ShouldAllBe(p => p.Titles.Distinct().Count() >= 8 && p.Descriptions.Count >= 3 && p.Handling.AtWork.Count >= 4 && p.Handling.Closed.Count >= 6);
    }

    [Fact]
    public void Sources_are_those_of_a_county()
    {
        string[] known = ["grid-worker", "110", "12345", "resident-page", "petition-office", "court", "platform"];
        PhraseBook.Instance.All.SelectMany(p => p.Sources.Choices).Distinct().ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public void Every_wording_can_be_filled_in_town_and_country_within_the_limits()
    {
        var dice = new Dice("wordings");
        var county = DemoCounty.Instance;
        foreach (var village in county.Villages)
        {
            var addresses = new DemoAddresses(county.Towns.Single(t => village.Code.StartsWith(t.Code, StringComparison.Ordinal)), village);
            foreach (var phrases in PhraseBook.Instance.All)
            {
                var scene = addresses.Scene(phrases.Category, dice.Below(24), dice);
                addresses.Address(scene, dice).Length.ShouldBeLessThan(IncidentLimits.Address);
                foreach (var wording in phrases.Titles.Concat(phrases.Descriptions))
                {
                    var text = addresses.Fill(wording, scene, dice);
                    text.ShouldNotContain("{");

                    // A title is read on a wall from some metres away.
                    text.Length.ShouldBeLessThanOrEqualTo(phrases.Titles.Contains(wording) ? 40 : 100);
                }
            }
        }
    }

    [Fact]
    public void Reporters_have_numbers_that_no_operator_gives_out()
    {
        var dice = new Dice("reporters");
        for (var i = 0; i < 200; i++)
        {
            var (name, phone) = DemoAddresses.Reporter(dice);
            name.Length.ShouldBeInRange(2, 4);
            phone.ShouldMatch("^1000000[0-9]{4}$");
        }
    }

    [Fact]
    public void Dice_of_one_name_always_fall_the_same()
    {
        var first = new Dice("one");
        var second = new Dice("one");
        Enumerable.Range(0, 100).Select(_ => first.Next()).ShouldBe(Enumerable.Range(0, 100).Select(_ => second.Next()));
        var mean = Enumerable.Range(0, 20_000).Select(_ => first.Waiting(10)).Average();
        mean.ShouldBe(10, 0.5);
    }
}
