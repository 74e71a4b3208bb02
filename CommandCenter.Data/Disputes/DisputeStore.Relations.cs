using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Disputes;

/// <summary>What making a dispute of an incident came to.</summary>
public enum FromIncidentOutcome
{
    Created,

    /// <summary>There is one of it already, and this is that one.</summary>
    Existed,

    NotFound,

    /// <summary>Its category is not 01.</summary>
    NotADispute,
}

/// <summary>What is said of a dispute that is made of an incident, beside what the incident says.</summary>
/// <param name="Category">Null for what the incident's category stands for.</param>
public sealed record FromIncident(string? Category, DisputeScale Scale, DisputeRisk Risk, string? RiskReason);

// Departments, links and incidents.
public sealed partial class DisputeStore
{
    /// <summary>Says which departments mediate together, all of them.</summary>
    /// <param name="lead">One of them; null where none leads.</param>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<DisputeChangeOutcome> JoinAsync(Sight sight, long id, IReadOnlyCollection<long> departments, long? lead, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Join(session, sight, id, [.. departments.Distinct().Order()], lead, actor), cancellationToken);

    /// <summary>Links two disputes. Neither is changed or lost: each goes its own way to the end.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<DisputeChangeOutcome> LinkAsync(Sight sight, long id, long other, DisputeLinkKind kind, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Link(session, sight, id, other, kind, actor), cancellationToken);

    /// <summary>Makes a dispute of an incident of category 01; both know of each other from then on.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<(FromIncidentOutcome Outcome, RegisteredDispute Dispute)> FromIncidentAsync(
        Sight sight, long incident, FromIncident said, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => FromIncident(session, sight, incident, said, actor), cancellationToken, mayRepeat: true);

    private static DisputeChangeOutcome Join(WriteSession session, Sight sight, long id, List<long> departments, long? lead, string actor)
    {
        if (Load(session, sight, id) is not { } dispute)
        {
            return DisputeChangeOutcome.NotFound;
        }

        if (dispute.ClosedAt is not null)
        {
            return DisputeChangeOutcome.IsOver;
        }

        var inUse = departments.Count == 0 ? 0 : session.Connection.ExecuteScalar<int>(
            "SELECT COUNT(*) FROM department WHERE retired_at IS NULL AND id IN @departments", new { departments }, session.Transaction);
        if (inUse != departments.Count || (lead is { } one && !departments.Contains(one)))
        {
            return DisputeChangeOutcome.DepartmentUnknown;
        }

        var before = session.Connection.Query<(long Department, bool IsLead)>(
            "SELECT department_id, is_lead FROM dispute_joint WHERE dispute_id = @id ORDER BY department_id", new { id }, session.Transaction).AsList();
        if (before.Select(part => part.Department).SequenceEqual(departments) && before.Find(part => part.IsLead).Department == (lead ?? 0))
        {
            return DisputeChangeOutcome.AlreadySo;
        }

        session.Execute("DELETE FROM dispute_joint WHERE dispute_id = @id", ("@id", id));
        foreach (var department in departments)
        {
            session.Execute(
                "INSERT INTO dispute_joint (dispute_id, department_id, is_lead) VALUES (@id, @department, @lead)",
                ("@id", id), ("@department", department), ("@lead", department == lead));
        }

        Write(session, id, new DisputeJoined(departments, lead), actor, session.Now, []);
        return DisputeChangeOutcome.Changed;
    }

    private static DisputeChangeOutcome Link(WriteSession session, Sight sight, long id, long other, DisputeLinkKind kind, string actor)
    {
        if (id == other)
        {
            return DisputeChangeOutcome.IsItself;
        }

        if (Load(session, sight, id) is null)
        {
            return DisputeChangeOutcome.NotFound;
        }

        if (Load(session, sight, other) is null)
        {
            return DisputeChangeOutcome.OtherNotFound;
        }

        ReadOnlySpan<(string, object?)> pair = [("@kind", (int)kind), ("@first", Math.Min(id, other)), ("@second", Math.Max(id, other))];
        if (session.Scalar("SELECT kind FROM dispute_link WHERE dispute_id = @first AND other_id = @second", pair[1..]) is { } known)
        {
            if (Convert.ToInt32(known, System.Globalization.CultureInfo.InvariantCulture) == (int)kind)
            {
                return DisputeChangeOutcome.AlreadySo;
            }

            session.Execute("UPDATE dispute_link SET kind = @kind WHERE dispute_id = @first AND other_id = @second", pair);
        }
        else
        {
            session.Execute("INSERT INTO dispute_link (kind, dispute_id, other_id) VALUES (@kind, @first, @second)", pair);
        }

        var at = session.Now;
        Write(session, id, new DisputeLinked(other, kind), actor, at, []);
        Write(session, other, new DisputeLinked(id, kind), actor, at, []);
        return DisputeChangeOutcome.Changed;
    }

    private static (FromIncidentOutcome Outcome, RegisteredDispute Dispute) FromIncident(WriteSession session, Sight sight, long incident, FromIncident said, string actor)
    {
        session.Flush();
        var (conditions, arguments) = (new List<string> { "i.id = @id" }, new DynamicParameters());
        arguments.Add("id", incident);
        SightSql.Add(sight, "i.", conditions, arguments);
        if (session.Connection.QuerySingleOrDefault<StoredIncident>(
            $"SELECT {IncidentQueries.Columns} FROM incident i WHERE {string.Join(" AND ", conditions)}", arguments, session.Transaction)?.For(persons: true, session.Dialect.Keys) is not { } found)
        {
            return (FromIncidentOutcome.NotFound, default);
        }

        if (DisputeCategories.OfIncident(found.Category) is not { } category)
        {
            return (FromIncidentOutcome.NotADispute, default);
        }

        if (session.Connection.QuerySingleOrDefault<KnownRow>($"SELECT {KnownRow.Columns} FROM dispute WHERE incident_id = @incident", new { incident }, session.Transaction) is { } known)
        {
            return (FromIncidentOutcome.Existed, known.ToAnswer());
        }

        var now = session.Now;
        var registered = Register(session, [Draft(found, said, category)], actor, now)[0];
        session.Append(new IncidentBecameDispute(registered.Id, registered.Number), incident, actor, now);
        return (FromIncidentOutcome.Created, registered);
    }

    private static DisputeDraft Draft(Incident incident, FromIncident said, string category) =>
        new(incident.Source, ExternalId: null, said.Category ?? category, said.Scale, OriginOf(incident.Source), incident.Title.Length == 0 ? incident.Number : incident.Title)
        {
            OccurredOn = incident.OccurredAt is { } at ? CountyTime.Day(at) : null,
            Area = incident.GridCode,
            Lon = incident.Lon,
            Lat = incident.Lat,
            SourceCrs = incident.SourceCrs,
            Place = incident.Address,
            Summary = incident.Description,
            Risk = said.Risk,
            RiskReason = said.RiskReason,
            IncidentId = incident.Id,
            Parties = incident is { ReporterName: null, ReporterPhone: null, ReporterIdNumber: null }
                ? []
                : [new DisputeParty(PartyRole.Applicant, incident.ReporterName, incident.ReporterPhone, incident.ReporterIdNumber, Address: null)],
        };

    // Sources are short codes that each county gives; these are the usual ones.
    private static DisputeOrigin OriginOf(string source) => source switch
    {
        "110" => DisputeOrigin.Police,
        "court" => DisputeOrigin.Court,
        "petition" or "petition-office" => DisputeOrigin.PetitionOffice,
        "grid-worker" => DisputeOrigin.OwnInitiative,
        "resident" or "12345" => DisputeOrigin.Application,
        _ => DisputeOrigin.Other,
    };
}
