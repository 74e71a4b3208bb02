namespace CommandCenter.Data.Incidents;

/// <summary>Where a reported matter stands. The numbers are stored; they follow the order of handling.</summary>
public enum IncidentStatus
{
    /// <summary>上报: received, nobody has answered for it yet.</summary>
    Reported = 10,

    /// <summary>受理: a dispatcher has taken it on.</summary>
    Accepted = 20,

    /// <summary>处置中: somebody is at work on it.</summary>
    InProgress = 50,

    /// <summary>办结.</summary>
    Closed = 80,
}
