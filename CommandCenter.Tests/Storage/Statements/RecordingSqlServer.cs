using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using CommandCenter.Data.Storage;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>
/// The dialect of SQL Server over a driver that takes down what it is given and answers from a list. Parameters are SqlClient's
/// own, so that what they would be sent as is seen too.
/// </summary>
/// <param name="skip">As <c>Storage:SkipScripts</c>.</param>
internal sealed class RecordingSqlServer(string skip = "") : SqlServerDialect(
    new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = "Server=nowhere;Database=nothing", SkipScripts = skip, KeyFile = TestKeys.File })
{
    private readonly List<(string Fragment, Func<DataTable> Rows)> _answers = [];

    public ConcurrentQueue<RecordedStatement> Statements { get; } = new();

    /// <summary>Answers statements that hold a text with one row, instead of with nothing.</summary>
    public RecordingSqlServer Answering(string fragment, params (string Column, object Value)[] row)
    {
        _answers.Add((fragment, () =>
        {
            var table = new DataTable();
            table.Columns.AddRange([.. row.Select(cell => new DataColumn(cell.Column, cell.Value.GetType()))]);
            table.Rows.Add([.. row.Select(cell => cell.Value)]);
            return table;
        }));
        return this;
    }

    /// <summary>Answers statements that hold a text once another statement has been given.</summary>
    public RecordingSqlServer Stopping(string after, string fragment, params (string Column, object Value)[] row)
    {
        Answering(fragment, row);
        var (_, rows) = _answers[^1];
        _answers[^1] = (fragment, () => Statements.Any(s => s.Sql.Contains(after, StringComparison.Ordinal)) ? rows() : new DataTable());
        return this;
    }

    /// <summary>The database is not there until it is made.</summary>
    public bool IsMissing { get; set; }

    protected override DbConnection Connect() => new Connection(this, IsMissing && !Statements.Any(s => s.Sql.StartsWith("CREATE DATABASE", StringComparison.Ordinal)));

    protected internal override DbConnection ConnectToMaster() => new Connection(this, isMissing: false);

    protected internal override ServerError? ErrorOf(Exception failure) => failure is Refusal r ? new ServerError(r.Number, 14, r.Message) : base.ErrorOf(failure);

    /// <summary>Refuses statements that hold a text.</summary>
    public RecordingSqlServer Refusing(string fragment, int number)
    {
        _answers.Insert(0, (fragment, () => throw new Refusal(number)));
        return this;
    }

    private DataTable Answer(DbCommand command)
    {
        Statements.Enqueue(new RecordedStatement(
            command.CommandText,
            command.CommandType,
            [.. command.Parameters.Cast<SqlParameter>().Select(p => new RecordedParameter(p.ParameterName.TrimStart('@'), p.SqlDbType, p.Value))]));
        foreach (var result in command.Parameters.Cast<SqlParameter>().Where(p => p.Direction == ParameterDirection.ReturnValue))
        {
            result.Value = 0;
        }

        return _answers.Find(answer => command.CommandText.Contains(answer.Fragment, StringComparison.Ordinal)).Rows?.Invoke() ?? new DataTable();
    }

    private sealed class Refusal(int number) : DbException($"error {number}")
    {
        public int Number => number;
    }

    private sealed class Connection(RecordingSqlServer dialect, bool isMissing) : DbConnection
    {
        private ConnectionState _state;
        private DataTableReader? _reading;

        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "15.0";

        public override ConnectionState State => _state;

        public override void Open() => _state = isMissing ? throw new Refusal(4060) : ConnectionState.Open;

        public override void Close() => _state = ConnectionState.Closed;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        /// <summary>As SqlClient does without MARS, which is off unless asked for and which not every server has.</summary>
        public DataTable Answer(DbCommand command) => _reading is { IsClosed: false }
            ? throw new InvalidOperationException("There is already an open DataReader associated with this Connection which must be closed first.")
            : dialect.Answer(command);

        public DbDataReader Read(DbCommand command) => _reading = Answer(command).CreateDataReader();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new Transaction(this, isolationLevel);

        protected override DbCommand CreateDbCommand() => new Command(this) { Connection = this };
    }

    private sealed class Transaction(DbConnection connection, IsolationLevel isolationLevel) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => isolationLevel;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }

    private sealed class Command(Connection connection) : DbCommand
    {
        private readonly SqlCommand _parameters = new();

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => _parameters.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        // No row changed: whoever updates first and inserts then, does both.
        public override int ExecuteNonQuery()
        {
            connection.Answer(this).Dispose();
            return 0;
        }

        public override object? ExecuteScalar()
        {
            using var answer = connection.Answer(this);
            return answer.Rows.Count == 0 ? null : answer.Rows[0][0];
        }

        protected override DbParameter CreateDbParameter() => new SqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => connection.Read(this);

        protected override void Dispose(bool disposing)
        {
            _parameters.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>What a driver was given.</summary>
internal sealed record RecordedStatement(string Sql, CommandType Type, IReadOnlyList<RecordedParameter> Parameters);

internal sealed record RecordedParameter(string Name, SqlDbType Type, object? Value);
