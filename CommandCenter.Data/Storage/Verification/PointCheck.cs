namespace CommandCenter.Data.Storage.Verification;

/// <summary>The point that SQL Server keeps beside longitude and latitude, for its spatial queries, is the same place.</summary>
internal static class PointCheck
{
    /// <returns>The condition that it is not; null where the database keeps no such point.</returns>
    /// <param name="row">The table's alias.</param>
    public static string? Condition(Dialect dialect, string row) => dialect.PointColumn("place") is null
        ? null
        : $"""
          ({row}.lon IS NULL AND {row}.place IS NOT NULL OR {row}.lon IS NOT NULL
            AND ({row}.place IS NULL OR {row}.place.Long <> {row}.lon OR {row}.place.Lat <> {row}.lat))
          """;
}
