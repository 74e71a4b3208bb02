using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Disputes;

/// <summary>From stored disputes to what programs are told.</summary>
internal static class DisputeMapping
{
    /// <param name="today">County day.</param>
    public static DisputeSummary ToSummary(this Dispute dispute, AreaIndex areas, DateOnly today) => new()
    {
        Id = dispute.Id,
        Number = dispute.Number,
        Source = dispute.Source,
        ExternalId = dispute.ExternalId,
        Category = dispute.Category,
        Scale = dispute.Scale,
        Origin = dispute.Origin,
        Title = dispute.Title,
        Area = dispute.Area,
        AreaName = areas.Find(dispute.Area)?.Name,
        Lon = dispute.Lon,
        Lat = dispute.Lat,
        Place = dispute.Place,
        Risk = dispute.Risk,
        Stage = dispute.Stage,
        RegisteredAt = dispute.RegisteredAt,
        AcceptedAt = dispute.AcceptedAt,
        DueOn = dispute.DueOn,
        Extended = dispute.Extended,
        Overdue = dispute.IsOverdue(today),
        Body = dispute.Body,
        Mediator = dispute.Mediator,
        Outcome = dispute.Outcome,
        ClosedAt = dispute.ClosedAt,
        CriminalAt = dispute.CriminalAt,
        Incident = dispute.IncidentId,
    };

    /// <param name="today">County day.</param>
    public static DisputeDetail ToDetail(this DisputeFile file, AreaIndex areas, DateOnly today, MediationDirectory mediation, IReadOnlyList<LoggedEvent> history)
    {
        var dispute = file.Dispute;
        return new DisputeDetail(dispute.ToSummary(areas, today))
        {
            Summary = dispute.Summary,
            Units = dispute.Units,
            People = dispute.People,
            OccurredOn = dispute.OccurredOn,
            Crs = dispute.SourceCrs,
            RiskReason = dispute.RiskReason,
            ExtensionReason = dispute.ExtensionReason,
            BodyName = mediation.Body(dispute.Body)?.Name,
            MediatorName = mediation.Mediator(dispute.Mediator)?.Name,
            Method = dispute.Method,
            OutcomeAt = dispute.OutcomeAt,
            Agreement = dispute.Agreement,
            ConfirmUntil = dispute is { Stage: DisputeStage.Agreed, OutcomeAt: { } agreed } ? DisputeLifecycle.ConfirmUntil(agreed) : null,
            Confirmation = dispute.Confirmation,
            ConfirmationAt = dispute.ConfirmationAt,
            Referral = dispute.Referral,
            Resolution = dispute.Resolution,
            ReviewedOn = dispute.ReviewedOn,
            ReviewOpinion = dispute.ReviewOpinion,
            CriminalReason = dispute.CriminalReason,
            Revision = dispute.Revision,
            ErasedAt = dispute.ErasedAt,
            Parties = [.. file.Parties.Select(party => new DisputePartySummary(party.Role, party.Name, party.Phone, party.IdNumber, party.Address))],
            Joint = [.. file.Joint.Select(part => new JointDepartmentSummary(part.Id, part.Name, part.IsLead))],
            Links = [.. file.Links.Select(link => new DisputeLinkSummary(link.Id, link.Number, link.Kind, link.Stage))],
            Next = DisputeLifecycle.Next(dispute.Stage),
            History = [.. history.Select(ToEntry)],
        };
    }

    public static DisputeHistoryEntry ToEntry(LoggedEvent entry)
    {
        return entry.Event switch
        {
            DisputeRegistered registered => Of("registered") with { To = DisputeStage.Registered, Risk = registered.Risk },
            DisputeMoved moved => Of("moved") with { From = moved.From, To = moved.To, Body = moved.Body, Mediator = moved.Mediator, Note = moved.Note },
            DisputeExtended extended => Of("extended") with { DueOn = extended.DueOn, Note = extended.Reason },
            DisputeRated rated => Of("rated") with { Risk = rated.To, Note = rated.Reason },
            DisputeTurnedCriminal criminal => Of("turnedCriminal") with { Note = criminal.Reason },
            DisputeHandedOver handed => Of("handedOver") with { Body = handed.Body, Mediator = handed.Mediator, Note = handed.Note },
            DisputeJoined joined => Of("joined") with { Departments = joined.Departments },
            DisputeLinked linked => Of("linked") with { Other = linked.Other },
            _ => throw new InvalidDataException($"{entry.Event.GetType().Name} is no part of a dispute's history."),
        };

        DisputeHistoryEntry Of(string what) => new(entry.Position, entry.RecordedAt, entry.Actor, what);
    }
}
