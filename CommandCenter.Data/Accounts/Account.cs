namespace CommandCenter.Data.Accounts;

/// <summary>A person who signs in. Instants UTC.</summary>
public sealed record Account
{
    public long Id { get; init; }

    /// <summary>What is typed to sign in.</summary>
    public string Name { get; init; } = "";

    /// <summary>What others read: 张调度.</summary>
    public string DisplayName { get; init; } = "";

    public Role Role { get; init; }

    /// <summary>Area code; null for the whole store.</summary>
    public string? Area { get; init; }

    public long? DepartmentId { get; init; }

    /// <summary>In the form of ASP.NET Core's hasher.</summary>
    public string PasswordHash { get; init; } = "";

    public DateTime PasswordChangedAt { get; init; }

    /// <summary>The password was given by somebody else and serves once.</summary>
    public bool MustChange { get; init; }

    /// <summary>The secret of the second factor, protected; null when there is none.</summary>
    public string? SecondFactor { get; init; }

    /// <summary>The time step of the last code that was taken, so that none serves twice.</summary>
    public long? SecondFactorStep { get; init; }

    /// <summary>Wrong passwords and codes since the last right one.</summary>
    public int Failures { get; init; }

    public DateTime? LockedUntil { get; init; }

    public DateTime? DisabledAt { get; init; }

    public DateTime CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTime? LastSignInAt { get; init; }

    /// <summary>The name as it is compared: without case, full-width letters as narrow ones.</summary>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant();
    }
}

/// <summary>An account that is to be made.</summary>
public sealed record NewAccount(
    string Name, string DisplayName, Role Role, string? Area, long? DepartmentId, string PasswordHash, bool MustChange);

/// <summary>A time that somebody is signed in. Instants UTC.</summary>
public sealed record AccountSession
{
    public string Id { get; init; } = "";

    public long AccountId { get; init; }

    public DateTime BegunAt { get; init; }

    public DateTime LastActiveAt { get; init; }

    public string? Address { get; init; }

    public string? Agent { get; init; }

    /// <summary>Begun with a second factor.</summary>
    public bool SecondFactor { get; init; }

    public DateTime? EndedAt { get; init; }
}
