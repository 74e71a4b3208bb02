using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>A figure that is to be published.</summary>
/// <param name="Period">As <see cref="PeriodText"/> writes it; a running period is published as far as it was reported.</param>
public sealed record PublishedQuestion(string Series, string AreaCode, string Period, Alignment Alignment = Alignment.Calendar);

/// <summary>A figure as it was published: it never changes.</summary>
/// <param name="Kind">Of its change from the same period last year.</param>
/// <param name="YoyPercent">To two decimals; null without a ratio.</param>
public sealed record PublishedFigure(
    PublishedQuestion Question, DateOnly From, DateOnly To, decimal? Value, decimal? Base, ChangeKind Kind, decimal? YoyPercent, DateOnly? AsOf, DateOnly? BaseAsOf, IReadOnlyList<string> Sources)
{
    internal static PublishedFigure Of(PublishedQuestion question, Figure figure) => new(
        question, figure.Period.From, figure.Period.To, figure.Value, figure.Yoy.Base.Value, figure.Yoy.Change.Kind, figure.Yoy.Change.Percent, figure.Amount.AsOf, figure.Yoy.Base.AsOf, figure.Amount.Sources);

    /// <summary>Whether the same question has the same answer: the same numbers of the same days.</summary>
    public bool Says(PublishedFigure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (From, To, Value, Base, Kind, YoyPercent) == (other.From, other.To, other.Value, other.Base, other.Kind, other.YoyPercent);
    }
}

/// <summary>Figures that were published together.</summary>
/// <param name="Id">Of the publication.</param>
/// <param name="Version">Of the statistics that they were taken from.</param>
/// <param name="WithdrawnAt">UTC; null while it stands.</param>
public sealed record StatisticPublication(long Id, DateTime PublishedAt, string Actor, string Title, long Version, IReadOnlyList<PublishedFigure> Figures, DateTime? WithdrawnAt);

/// <summary>A published figure beside what the statistics say now.</summary>
/// <param name="Now">For the days that were published.</param>
/// <param name="Since">The imports and undoings since then, whose days touch those of the figure: by one of them it changed.</param>
public sealed record PublishedDifference(PublishedFigure Published, PublishedFigure Now, IReadOnlyList<StatisticImport> Since);

/// <summary>
/// Figures that somebody published, pinned as they were: what is imported later changes none of them, and what differs since then
/// is told. Errors: <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class StatisticPublications(Store store, FigureQueries figures, AuditLog audit)
{
    public const int LongestTitle = 200;

    /// <summary>Publishes figures as they stand.</summary>
    /// <returns>Null when an area is out of sight.</returns>
    /// <exception cref="FormatException">A question is none.</exception>
    public async Task<StatisticPublication?> PublishAsync(Sight sight, string title, IReadOnlyList<PublishedQuestion> questions, ChangedBy by, CancellationToken cancellationToken)
    {
        var version = await figures.VersionAsync(cancellationToken);
        var asked = await AskAsync(sight, [.. questions.Select(question => (question, (DateOnly?)null))], version, cancellationToken);
        var published = questions.Select(question => asked.GetValueOrDefault((question, null))).OfType<PublishedFigure>().ToList();
        if (published.Count < questions.Count)
        {
            return null;
        }

        return await store.WriteAsync(
            session =>
            {
                var id = AccessTable.NextId(session, "statistic_publication");
                var now = session.Now;
                session.Execute(
                    "INSERT INTO statistic_publication (id, published_at, actor, title, version, figures) VALUES (@id, @at, @actor, @title, @version, @figures)",
                    ("@id", id), ("@at", session.Dialect.Instant(now)), ("@actor", by.Subject), ("@title", title), ("@version", version),
                    ("@figures", JsonSerializer.Serialize(published, PublicationJson.Default.ListPublishedFigure)));
                audit.Append(session, new AuditEntry(by.Subject, StatisticActions.Published, FormattableString.Invariant($"publication:{id}"), AuditResult.Done, by.Address, title));
                return new StatisticPublication(id, now, by.Subject, title, version, published, WithdrawnAt: null);
            },
            cancellationToken);
    }

    /// <summary>Takes a publication back; it stays on record.</summary>
    /// <returns>False when none of this id stands.</returns>
    public Task<bool> WithdrawAsync(long id, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var done = session.Execute(
                    "UPDATE statistic_publication SET withdrawn_at = @at, withdrawn_by = @by WHERE id = @id AND withdrawn_at IS NULL",
                    ("@at", session.Dialect.Instant(session.Now)), ("@by", by.Subject), ("@id", id)) > 0;
                if (done)
                {
                    audit.Append(session, new AuditEntry(by.Subject, StatisticActions.Withdrawn, FormattableString.Invariant($"publication:{id}"), AuditResult.Done, by.Address, Detail: null));
                }

                return done;
            },
            cancellationToken);

    /// <summary>What was published, the latest first; what concerns areas out of sight is left out.</summary>
    public async Task<IReadOnlyList<StatisticPublication>> ListAsync(Sight sight, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        var (top, rest) = store.Dialect.First("@limit");
        var rows = await store.ReadAsync(
            async connection => (await connection.QueryAsync<Row>(new CommandDefinition(
                $"SELECT {top} id, published_at AS PublishedAt, actor, title, version, figures, withdrawn_at AS WithdrawnAt FROM statistic_publication ORDER BY id DESC {rest}",
                new { limit },
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
        return [.. rows.Select(row => row.ToPublication()).Where(publication => publication.Figures.All(figure => sight.Covers(figure.Question.AreaCode)))];
    }

    /// <summary>What the statistics say now otherwise than was published.</summary>
    public async Task<IReadOnlyList<PublishedDifference>> DifferencesAsync(StatisticPublication publication, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publication);
        var differences = new List<PublishedDifference>();

        // Of the days that were published, whatever a running period has become since.
        var asked = await AskAsync(Sight.OfTheProgram, [.. publication.Figures.Select(figure => (figure.Question, (DateOnly?)figure.To))], version: null, cancellationToken);
        foreach (var figure in publication.Figures)
        {
            if (asked.GetValueOrDefault((figure.Question, figure.To)) is { } now && !now.Says(figure))
            {
                differences.Add(new PublishedDifference(figure, now, await SinceAsync(publication.Version, figure, cancellationToken)));
            }
        }

        return differences;
    }

    // All series of an area and period at once; areas out of sight are left out.
    private async Task<Dictionary<(PublishedQuestion, DateOnly?), PublishedFigure>> AskAsync(
        Sight sight, IReadOnlyList<(PublishedQuestion Question, DateOnly? Until)> asked, long? version, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<(PublishedQuestion, DateOnly?), PublishedFigure>();
        foreach (var same in asked.Distinct().GroupBy(one => (one.Question.AreaCode, one.Question.Period, one.Question.Alignment, one.Until)))
        {
            var period = PeriodText.TryParse(same.Key.Period, out var read) ? read : throw new FormatException($"'{same.Key.Period}' is no period.");
            var questions = same.ToList();
            var query = new TableQuery(
                same.Key.AreaCode, same.Key.Until is { } day ? period.Through(day) : period, [.. questions.Select(one => StatisticSeries.Parse(one.Question.Series))], same.Key.Alignment, version);
            if ((await figures.TableAsync(sight, query, cancellationToken)).Rows.FirstOrDefault(row => row.AreaCode == same.Key.AreaCode) is { } row)
            {
                foreach (var (one, figure) in questions.Zip(row.Figures))
                {
                    answers[one] = PublishedFigure.Of(one.Question, figure);
                }
            }
        }

        return answers;
    }

    private Task<IReadOnlyList<StatisticImport>> SinceAsync(long version, PublishedFigure figure, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<StatisticImport>>(
            async connection => (await connection.QueryAsync<StatisticImport>(new CommandDefinition(
                $"""
                SELECT {StatisticTables.ImportColumns} FROM statistic_import
                WHERE (position > @version OR undone_position > @version)
                  AND ((first_day <= @to AND last_day >= @from) OR (first_day <= @toBefore AND last_day >= @fromBefore))
                ORDER BY position
                """,
                new
                {
                    version, from = store.Dialect.Day(figure.From), to = store.Dialect.Day(figure.To),
                    fromBefore = store.Dialect.Day(figure.From.AddDays(-400)), toBefore = store.Dialect.Day(figure.To.AddDays(-320)),
                },
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    private sealed record Row
    {
        public long Id { get; init; }

        public DateTime PublishedAt { get; init; }

        public string Actor { get; init; } = "";

        public string Title { get; init; } = "";

        public long Version { get; init; }

        public string Figures { get; init; } = "";

        public DateTime? WithdrawnAt { get; init; }

        public StatisticPublication ToPublication() => new(
            Id, PublishedAt, Actor, Title, Version, JsonSerializer.Deserialize(Figures, PublicationJson.Default.ListPublishedFigure) ?? [], WithdrawnAt);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<PublishedFigure>))]
internal sealed partial class PublicationJson : JsonSerializerContext;
