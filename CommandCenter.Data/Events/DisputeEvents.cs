using CommandCenter.Data.Disputes;

namespace CommandCenter.Data.Events;

/// <summary>Something that happened in the register of disputes. Nothing of people is in it: titles, texts and parties stay in the rows.</summary>
public abstract record DisputeEvent : DomainEvent;

/// <summary>A dispute was written into the register. Its id is the position of this event.</summary>
/// <param name="Area">Area code of any level; null where its place is not known.</param>
/// <param name="RegisteredAt">UTC; before the event's own instant where it was registered elsewhere first.</param>
/// <param name="Incident">Id of the incident that it was made of.</param>
public sealed record DisputeRegistered(
    string Number, string Source, string Category, DisputeScale Scale, DisputeOrigin Origin, DisputeRisk Risk, string? Area, DateTime RegisteredAt, long? Incident) : DisputeEvent;

/// <summary>A dispute moved from one stage to another.</summary>
/// <param name="Body">Code of the body that has it from here on, where the move says so.</param>
/// <param name="Mediator">Id of the mediator, where the move says so.</param>
/// <param name="Confirmed">What the court decided about the agreement.</param>
/// <param name="Note">Of the handling; what it told of people is masked.</param>
public sealed record DisputeMoved(
    DisputeStage From, DisputeStage To, string? Body, long? Mediator, AgreementForm? Agreement, ReferralKind? Referral, bool? Confirmed, string? Note) : DisputeEvent;

/// <summary>Its month was extended by another.</summary>
/// <param name="DueOn">The last county day from here on.</param>
public sealed record DisputeExtended(DateOnly DueOn, string Reason) : DisputeEvent;

/// <summary>Its risk was judged anew.</summary>
public sealed record DisputeRated(DisputeRisk From, DisputeRisk To, string Reason) : DisputeEvent;

/// <summary>民转刑: it became a crime.</summary>
public sealed record DisputeTurnedCriminal(string Reason) : DisputeEvent;

/// <summary>Another body, or another mediator of it, has it from here on.</summary>
public sealed record DisputeHandedOver(string Body, long? Mediator, string? Note) : DisputeEvent;

/// <summary>Departments mediate together.</summary>
/// <param name="Departments">Ids; all that take part from here on.</param>
/// <param name="Lead">One of them.</param>
public sealed record DisputeJoined(IReadOnlyList<long> Departments, long? Lead) : DisputeEvent;

/// <summary>It was linked with another; each of the two has such an event.</summary>
public sealed record DisputeLinked(long Other, DisputeLinkKind Kind) : DisputeEvent;

/// <summary>People and free text were erased from closed disputes.</summary>
/// <param name="Disputes">Their ids.</param>
public sealed record DisputesErased(IReadOnlyList<long> Disputes) : DisputeEvent;

/// <summary>A dispute was made of an incident, which goes on by itself.</summary>
/// <param name="Dispute">Its id.</param>
/// <param name="Number">Its number.</param>
public sealed record IncidentBecameDispute(long Dispute, string Number) : DomainEvent;
