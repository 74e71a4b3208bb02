using CommandCenter.Data.Walls;
using CommandCenter.Web.Map;

namespace CommandCenter.Tests.Walls;

public sealed class WallSceneTests
{
    [Theory]
    [InlineData(null, "overview:60,police:30,disputes:30")]
    [InlineData("disputes:20,overview", "disputes:20,overview:60")]
    [InlineData("police:1,overview:99999", "police:5,overview:3600")]
    [InlineData("moon:30,police:40,police:50", "police:40")]
    [InlineData("", "overview:60")]
    [InlineData("moon", "overview:60")]
    [InlineData("police:x", "police:30")]
    public void Scenes_are_read_in_their_order_each_once_with_what_is_usual_where_nothing_is_said(string? stored, string read)
    {
        WallScenes.Text(WallScenes.Read(stored)).ShouldBe(read);
    }

    [Fact]
    public void What_was_read_is_written_and_read_as_the_same()
    {
        WallScenes.Read(WallScenes.Text(WallScenes.Default)).ShouldBe(WallScenes.Default);
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0 }, "0 1 2 3 ≥4")]
    [InlineData(new[] { 1, 3, 3, 4, 6, 7, 7, 8, 8, 9, 15, 29 }, "0 1–4 5–9 10–14 ≥15")]
    [InlineData(new[] { 90000, 1, 2 }, "0 1–999 1000–2499 2500–4999 ≥5000")]
    public void The_classes_of_a_map_hold_every_count_and_none_is_a_class_of_its_own(int[] counts, string texts)
    {
        var classes = MapClasses.OfCounts(counts);

        string.Join(' ', classes.Texts).ShouldBe(texts);
        classes.Of(0).ShouldBe(0);
        classes.Of(1).ShouldBe(1);
        classes.Of(int.MaxValue).ShouldBe(4);
    }
}
