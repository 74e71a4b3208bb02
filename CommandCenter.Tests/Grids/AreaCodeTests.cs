using CommandCenter.Data.Grids;

namespace CommandCenter.Tests.Grids;

public class AreaCodeTests
{
    [Theory]
    [InlineData("330481", AreaLevel.County)]
    [InlineData("330481001", AreaLevel.Town)]
    [InlineData("330481399", AreaLevel.Town)]
    [InlineData("330481001003", AreaLevel.Village)]
    [InlineData("330481001299", AreaLevel.Village)]
    [InlineData("330481001003001", AreaLevel.Grid)]
    public void A_code_that_keeps_the_rule_is_valid_for_its_level(string code, AreaLevel level)
    {
        AreaCode.IsValid(code, level, out var fault).ShouldBeTrue();
        fault.ShouldBe(AreaCodeFault.None);
        AreaCode.LevelOf(code).ShouldBe(level);
        AreaCode.LengthOf(level).ShouldBe(code.Length);
    }

    [Theory]
    [InlineData("", AreaLevel.County, AreaCodeFault.Length)]
    [InlineData("33048", AreaLevel.County, AreaCodeFault.Length)]
    [InlineData("33048a", AreaLevel.County, AreaCodeFault.NotDigits)]
    [InlineData("３３０４８１", AreaLevel.County, AreaCodeFault.NotDigits)]
    [InlineData("030481", AreaLevel.County, AreaCodeFault.County)]
    [InlineData("330481001", AreaLevel.County, AreaCodeFault.Level)]
    [InlineData("330481000", AreaLevel.Town, AreaCodeFault.Town)]
    [InlineData("330481400", AreaLevel.Town, AreaCodeFault.Town)]
    [InlineData("330481001000", AreaLevel.Village, AreaCodeFault.Village)]
    [InlineData("330481001100", AreaLevel.Village, AreaCodeFault.Village)]
    [InlineData("330481001300", AreaLevel.Village, AreaCodeFault.Village)]
    [InlineData("330481001003000", AreaLevel.Grid, AreaCodeFault.Grid)]
    public void A_code_that_breaks_the_rule_says_how(string code, AreaLevel level, AreaCodeFault expected)
    {
        AreaCode.IsValid(code, level, out var fault).ShouldBeFalse();
        fault.ShouldBe(expected);
    }

    [Fact]
    public void Parents_follow_from_the_code()
    {
        AreaCode.Parent("330481001003001").ShouldBe("330481001003");
        AreaCode.Parent("330481001003").ShouldBe("330481001");
        AreaCode.Parent("330481001").ShouldBe("330481");
        AreaCode.Parent("330481").ShouldBeNull();
    }
}
