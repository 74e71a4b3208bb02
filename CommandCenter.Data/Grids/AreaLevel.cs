namespace CommandCenter.Data.Grids;

/// <summary>The levels of a county, from the outside in. The numbers are stored.</summary>
public enum AreaLevel
{
    /// <summary>县: six digits of GB/T 2260.</summary>
    County = 1,

    /// <summary>镇街: three more digits.</summary>
    Town = 2,

    /// <summary>村社: three more digits.</summary>
    Village = 3,

    /// <summary>网格: the smallest governed area, fifteen digits in all.</summary>
    Grid = 4,
}
