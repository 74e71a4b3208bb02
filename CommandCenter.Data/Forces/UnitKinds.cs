namespace CommandCenter.Data.Forces;

/// <summary>Kinds as the interface names them.</summary>
public static class UnitKinds
{
    /// <summary>All of them, for a message.</summary>
    public const string Names = "jointStation, volunteerPatrol, minEmergencyUnit, patrol";

    public static bool TryParse(string? text, out UnitKind kind)
    {
        (var known, kind) = text?.ToUpperInvariant() switch
        {
            "JOINTSTATION" => (true, UnitKind.JointStation),
            "VOLUNTEERPATROL" => (true, UnitKind.VolunteerPatrol),
            "MINEMERGENCYUNIT" => (true, UnitKind.MinEmergencyUnit),
            "PATROL" => (true, UnitKind.Patrol),
            _ => (false, default),
        };
        return known;
    }
}
