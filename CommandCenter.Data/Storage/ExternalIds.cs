using Dapper;

namespace CommandCenter.Data.Storage;

/// <summary>Finds what was taken in before by the sender's own ids, so that the same thing sent again is found and not made twice.</summary>
internal static class ExternalIds
{
    // Below the 2,100 parameters that SQL Server takes.
    private const int MostIdsPerLookup = 500;

    /// <param name="columns">Of <paramref name="table"/>, as <typeparamref name="T"/> has them; external_id AS ExternalId among them.</param>
    /// <param name="ids">Source and id; those without an id are known to nobody.</param>
    /// <returns>By source and id.</returns>
    public static Dictionary<(string Source, string ExternalId), T> Find<T>(
        WriteSession session, string table, string columns, IEnumerable<(string Source, string? ExternalId)> ids, Func<T, string> idOf)
    {
        var known = new Dictionary<(string, string), T>();
        var flushed = false;
        foreach (var bySource in ids.Where(id => id.ExternalId is not null).GroupBy(id => id.Source))
        {
            if (!flushed)
            {
                session.Flush();
                flushed = true;
            }

            foreach (var some in bySource.Select(id => id.ExternalId!).Distinct().Chunk(MostIdsPerLookup))
            {
                var (isOneOf, argument) = session.Dialect.IsOneOf("external_id", "@ids", some);
                var arguments = new DynamicParameters(new { source = bySource.Key });
                arguments.Add("ids", argument);
                foreach (var row in session.Connection.Query<T>($"SELECT {columns} FROM {table} WHERE source = @source AND {isOneOf}", arguments, session.Transaction))
                {
                    known.Add((bySource.Key, idOf(row)), row);
                }
            }
        }

        return known;
    }
}
