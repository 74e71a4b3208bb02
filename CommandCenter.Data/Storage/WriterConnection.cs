using System.Data.Common;

namespace CommandCenter.Data.Storage;

/// <summary>The one connection that writes, with the statements prepared on it.</summary>
internal sealed class WriterConnection(DbConnection connection, Dialect dialect) : IDisposable
{
    private readonly Dictionary<RowTable, IRowWriter> _rows = new(ReferenceEqualityComparer.Instance);

    public DbConnection Connection { get; } = connection;

    public Dialect Dialect { get; } = dialect;

    public PreparedStatements Statements { get; } = new(connection);

    public IRowWriter RowsOf(RowTable table)
    {
        if (!_rows.TryGetValue(table, out var writer))
        {
            _rows.Add(table, writer = Dialect.OpenRowWriter(Connection, table));
        }

        return writer;
    }

    public void Flush(DbTransaction transaction)
    {
        foreach (var writer in _rows.Values)
        {
            writer.Flush(transaction);
        }
    }

    public void Forget()
    {
        foreach (var writer in _rows.Values)
        {
            writer.Forget();
        }
    }

    public void Dispose()
    {
        foreach (var writer in _rows.Values)
        {
            writer.Dispose();
        }

        Statements.Dispose();
        Connection.Dispose();
    }
}
