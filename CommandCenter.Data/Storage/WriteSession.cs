using System.Data.Common;
using System.Globalization;
using CommandCenter.Data.Events;

namespace CommandCenter.Data.Storage;

/// <summary>
/// What a piece of writing work gets: the transaction that holds the write lock, and the event log to append to. State and
/// event go in together or not at all.
/// </summary>
public sealed class WriteSession
{
    private readonly WriterConnection _writer;
    private readonly TimeProvider _time;
    private readonly Dictionary<Type, object> _scoped = [];
    private readonly List<Action> _beforeCommit = [];
    private long _position;

    internal WriteSession(WriterConnection writer, DbTransaction transaction, TimeProvider time)
    {
        _writer = writer;
        _time = time;
        Transaction = transaction;
        _position = Convert.ToInt64(Scalar(EventLogTable.HeadSql) ?? 0L, CultureInfo.InvariantCulture);
        FirstPosition = _position;
    }

    public DbConnection Connection => _writer.Connection;

    public DbTransaction Transaction { get; }

    public Dialect Dialect => _writer.Dialect;

    /// <summary>UTC, cut to the milliseconds that are stored.</summary>
    public DateTime Now
    {
        get
        {
            var now = _time.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        }
    }

    /// <summary>The position that the next <see cref="Append"/> gives out.</summary>
    public long NextPosition => _position + 1;

    internal long FirstPosition { get; }

    internal long LastPosition => _position;

    /// <summary>Appends an event.</summary>
    /// <param name="subjectId">The incident it concerns; null when the event itself begins one, whose id is then its position.</param>
    /// <param name="actor">Account, API key or source.</param>
    /// <param name="at">UTC; now when not given. Only history that is brought in has another time.</param>
    /// <returns>The event's position.</returns>
    public long Append(DomainEvent happened, long? subjectId, string actor, DateTime? at = null)
    {
        var position = ++_position;
        Insert(EventLogTable.Rows, EventLogTable.Row(Dialect, position, at ?? Now, happened, subjectId ?? position, actor));
        return position;
    }

    /// <summary>Appends a row, buffered: <see cref="Flush"/> before reading the table in this session.</summary>
    /// <exception cref="ArgumentException">A text is longer than its column: SQL Server's driver would cut it off in silence.</exception>
    public void Insert(RowTable table, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is string text && table.Columns[i] is { Size: > 0 } column && text.Length > column.Size)
            {
                throw new ArgumentException($"{table.Name}.{column.Name} takes at most {column.Size} characters; it was given {text.Length}.", nameof(values));
            }
        }

        _writer.RowsOf(table).Add(Transaction, values);
    }

    /// <summary>Writes the buffered rows.</summary>
    public void Flush() => _writer.Flush(Transaction);

    /// <summary>Runs a statement of the hot path, prepared once a connection. Flush first where it reads what was inserted.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        _writer.Statements.Execute(Transaction, sql, arguments);

    /// <summary>Reads one value on the hot path, prepared once a connection. Flush first where it reads what was inserted.</summary>
    /// <returns>Null when there is no row or no value.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        _writer.Statements.Scalar(Transaction, sql, arguments);

    /// <summary>Something that lives as long as this transaction, made on first use.</summary>
    public T Scoped<T>(Func<WriteSession, T> make)
        where T : class
    {
        if (!_scoped.TryGetValue(typeof(T), out var value))
        {
            _scoped.Add(typeof(T), value = make(this));
        }

        return (T)value;
    }

    /// <summary>Runs before the transaction commits, once.</summary>
    public void BeforeCommit(Action action) => _beforeCommit.Add(action);

    /// <summary>Everything that goes before the commit itself.</summary>
    internal void Complete()
    {
        foreach (var action in _beforeCommit)
        {
            action();
        }

        Flush();
    }
}
