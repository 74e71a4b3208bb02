using CommandCenter.Data.Storage;
using CommandCenter.Web.Live;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Hosting;

public enum CheckState
{
    Ok,

    /// <summary>It works; somebody should look at it.</summary>
    Warning,

    /// <summary>The node can't do its work.</summary>
    Failed,
}

/// <summary>What one check found.</summary>
/// <param name="Code">Names the finding in <c>HealthText</c>: what it is, and with <c>Do</c> behind it what to do.</param>
/// <param name="Arguments">What the texts mention.</param>
/// <param name="Detail">What the store itself said, for operators.</param>
public sealed record Finding(CheckState State, string Code, object[]? Arguments = null, string? Detail = null)
{
    /// <summary>What was found, in the language of this request.</summary>
    public string Says(IStringLocalizer<HealthText> texts) => texts[Code, Arguments ?? []].Value;

    /// <summary>What to do about it; null where there is nothing to do.</summary>
    public string? Asks(IStringLocalizer<HealthText> texts) => State == CheckState.Ok ? null : texts[$"{Code}Do", Arguments ?? []].Value;
}

/// <summary>How this node is, at one instant.</summary>
/// <param name="At">When the store was asked, UTC.</param>
/// <param name="Head">Last position of the log; null while the store does not answer.</param>
/// <param name="BoardPosition">Up to which event the board shows.</param>
/// <param name="BoardAge">Since when the board may lack something; null until it was loaded.</param>
/// <param name="Room">Null while the store does not say.</param>
public sealed record HealthReport(
    DateTime At, Finding Store, Finding Board, Finding Disk, long? Head, long BoardPosition, TimeSpan? BoardAge, LiveState Live, StoreRoom? Room)
{
    /// <summary>Whether the node can do its work: nothing has failed.</summary>
    public bool Ready => Worst != CheckState.Failed;

    public CheckState Worst => new[] { Store.State, Board.State, Disk.State }.Max();

    /// <summary>Events that the log holds and the board does not; null while the store does not answer.</summary>
    public long? Lag => Head is { } head ? Math.Max(0, head - BoardPosition) : null;
}
