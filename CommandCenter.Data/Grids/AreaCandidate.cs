namespace CommandCenter.Data.Grids;

/// <summary>A feature of an uploaded file on its way through the checks.</summary>
internal sealed class AreaCandidate(int index)
{
    /// <summary>Its place in the file, from 0.</summary>
    public int Index { get; } = index;

    public string? Code { get; set; }

    public string Name { get; set; } = "";

    public AreaLevel Level { get; set; }

    public int? Population { get; set; }

    public int? Households { get; set; }

    public string? Type { get; set; }

    /// <summary>WGS84, exterior counter-clockwise; empty until the shape was found good.</summary>
    public byte[] Wkb { get; set; } = [];

    public AreaRepairs Repairs { get; set; }

    public AreaRejection? Rejection { get; set; }

    public bool IsGood => Rejection is null;
}
