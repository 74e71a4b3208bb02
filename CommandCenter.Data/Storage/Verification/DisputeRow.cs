using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>A dispute's row, as far as its events speak of it.</summary>
internal sealed record DisputeRow
{
    public const string Columns =
        """
        id, number, source, category, scale, origin, area_code AS Area, registered_at AS RegisteredAt, incident_id AS Incident, stage, risk, accepted_at AS AcceptedAt,
        extended, body_code AS Body, mediator_id AS Mediator, outcome, outcome_at AS OutcomeAt, closed_at AS ClosedAt, criminal_at AS CriminalAt, revision,
        changed_position AS Position
        """;

    public long Id { get; init; }

    public string Number { get; init; } = "";

    public string Source { get; init; } = "";

    public string Category { get; init; } = "";

    public DisputeScale Scale { get; init; }

    public DisputeOrigin Origin { get; init; }

    public string? Area { get; init; }

    public DateTime RegisteredAt { get; init; }

    public long? Incident { get; init; }

    public DisputeStage Stage { get; init; }

    public DisputeRisk Risk { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public bool Extended { get; init; }

    public string? Body { get; init; }

    public long? Mediator { get; init; }

    public DisputeOutcome? Outcome { get; init; }

    public DateTime? OutcomeAt { get; init; }

    public DateTime? ClosedAt { get; init; }

    public DateTime? CriminalAt { get; init; }

    public int Revision { get; init; }

    public long Position { get; init; }

    /// <summary>The row after an event, as the store writes it.</summary>
    public DisputeRow After(StoredEvent happened)
    {
        var next = this with { Revision = Revision + 1, Position = happened.Position };
        return happened.Event switch
        {
            DisputeRegistered registered => next with
            {
                Number = registered.Number, Source = registered.Source, Category = registered.Category, Scale = registered.Scale, Origin = registered.Origin, Area = registered.Area,
                RegisteredAt = registered.RegisteredAt, Incident = registered.Incident, Stage = DisputeStage.Registered, Risk = registered.Risk,
            },
            DisputeMoved moved => next.Moved(moved, happened.RecordedAt),
            DisputeExtended => next with { Extended = true },
            DisputeRated rated => next with { Risk = rated.To },
            DisputeTurnedCriminal => next with { CriminalAt = happened.RecordedAt },
            DisputeHandedOver handed => next with { Body = handed.Body, Mediator = handed.Mediator },
            _ => next,
        };
    }

    /// <summary>Where two say something else: field, what is stored, what the events say.</summary>
    public IEnumerable<(string Field, object? Stored, object? Logged)> Differences(DisputeRow logged)
    {
        (string, object?, object?)[] fields =
        [
            ("number", Number, logged.Number), ("source", Source, logged.Source), ("category", Category, logged.Category), ("scale", Scale, logged.Scale), ("origin", Origin, logged.Origin),
            ("area_code", Area, logged.Area), ("registered_at", Text(RegisteredAt), Text(logged.RegisteredAt)), ("incident_id", Incident, logged.Incident), ("stage", Stage, logged.Stage),
            ("risk", Risk, logged.Risk), ("accepted_at", Text(AcceptedAt), Text(logged.AcceptedAt)), ("extended", Extended, logged.Extended), ("body_code", Body, logged.Body),
            ("mediator_id", Mediator, logged.Mediator), ("outcome", Outcome, logged.Outcome), ("outcome_at", Text(OutcomeAt), Text(logged.OutcomeAt)),
            ("closed_at", Text(ClosedAt), Text(logged.ClosedAt)), ("criminal_at", Text(CriminalAt), Text(logged.CriminalAt)), ("revision", Revision, logged.Revision),
            ("changed_position", Position, logged.Position),
        ];
        return fields.Where(field => !Equals(field.Item2, field.Item3));
    }

    private static string? Text(DateTime? instant) => IncidentFold.Text(instant);

    private DisputeRow Moved(DisputeMoved moved, DateTime at)
    {
        var next = this with { Stage = moved.To, Body = moved.Body ?? Body, Mediator = moved.Body is null ? Mediator : moved.Mediator };
        return moved.To switch
        {
            DisputeStage.Accepted => next with { AcceptedAt = at },
            DisputeStage.Agreed => next with { Outcome = DisputeOutcome.Agreed, OutcomeAt = at },
            DisputeStage.Failed => next with { Outcome = DisputeOutcome.Failed, OutcomeAt = at },
            DisputeStage.Closed => next with { ClosedAt = at },
            _ => next,
        };
    }
}
