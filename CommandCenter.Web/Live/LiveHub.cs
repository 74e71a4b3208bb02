using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Web.Live;

/// <summary>What a subscriber of the live feed asks for.</summary>
/// <param name="After">The last position it knows; null when it knows none.</param>
/// <param name="Area">Code of the area it wants to hear of; null for the whole store.</param>
public sealed record SubscribeRequest(long? After, string? Area);

/// <summary>
/// The live feed, at <c>/hubs/live</c>, for the map and for other programs.
/// </summary>
/// <remarks>
/// <para>
/// One streaming method, <c>Subscribe({ after, area })</c>. Its items are JSON objects with <c>type</c>, <c>position</c> and
/// <c>asOf</c> (when the node last knew that it had read all that the store holds; null while it has not):
/// </para>
/// <list type="bullet">
/// <item><c>snapshot</c>: the present. Replaces whatever the client holds. <c>open</c> (the newest open incidents, at most 5,000),
/// <c>openTotal</c>, <c>openByGrid</c> (counts by grid code, of all), <c>recent</c> (at most 50 entries, newest first).</item>
/// <item><c>changes</c>: what follows, oldest first, in <c>entries</c>. Sent at once, and above 100 entries a second at most one
/// message in 50 ms.</item>
/// <item><c>pulse</c>: nothing else was sent for two seconds, or the state changed. <c>state</c> is <c>live</c>, <c>behind</c> or
/// <c>storeAway</c>, the latter two with <c>since</c>.</item>
/// </list>
/// <para>
/// An entry is <c>{ position, at, kind, incident?, actor, note?, late? }</c> with kind <c>reported</c>, <c>accepted</c>,
/// <c>inProgress</c>, <c>closed</c>, <c>reminded</c>, <c>supervised</c> or <c>areasReplaced</c>; <c>incident</c> is how it stood after the entry. Of
/// sensitive categories its title is empty, its point null, and there is no note; guests' walls get no titles and notes at all. Instants are UTC.
/// </para>
/// <para>
/// To resume, subscribe with the position of the last message as <c>after</c>: the answer is a <c>changes</c> message with
/// everything since, or a <c>snapshot</c> when the node no longer keeps that much (10,000 entries), or never had it. A client that
/// is too slow, and everybody during a surge of more than 1,000 entries at once, gets a snapshot in place of the changes it
/// covers; nothing is left out in silence. With an <c>area</c>, or for whoever sees no more than one, only incidents in its grids are sent; those outside all grids
/// belong to the whole store, which is also what the only county of a store stands for.
/// </para>
/// </remarks>
public sealed class LiveHub(LiveFeed feed) : Hub
{
    // A page needs one, a program that watches several areas a few; each costs a queue.
    private const int MostStreams = 16;

    /// <summary>Streams the feed until the client cancels or disconnects.</summary>
    /// <exception cref="HubException">The request makes no sense; the message names the field and says what would.</exception>
    public IAsyncEnumerable<LiveMessage> Subscribe(SubscribeRequest? request, CancellationToken cancellationToken)
    {
        if (request?.After is < 0)
        {
            throw new HubException("'after' must be null or a position of the log, 0 or more.");
        }

        if (!string.IsNullOrEmpty(request?.Area) && !IsAreaCode(request.Area))
        {
            throw new HubException("'area' must be null or an area code: 6 digits for a county, 9 for a town, 12 for a village, 15 for a grid.");
        }

        var sight = Context.User.Subject() is { } subject ? AccessPolicy.SightOf(subject, Permission.SeeBoard) : null;
        if (sight is null)
        {
            throw new HubException("This connection may not hear the live feed.");
        }

        if (!string.IsNullOrEmpty(request?.Area) && !sight.Covers(request.Area))
        {
            throw new HubException($"'area' must lie in {sight.Area}, which is as far as you see.");
        }

        var streams = (StreamCount)(Context.Items[typeof(StreamCount)] ??= new StreamCount());
        if (Interlocked.Increment(ref streams.Value) > MostStreams)
        {
            Interlocked.Decrement(ref streams.Value);
            throw new HubException($"One connection may have at most {MostStreams} subscriptions; cancel one first, or open another connection.");
        }

        return Counted(feed.Subscribe(sight, request?.After, request?.Area, cancellationToken), streams);
    }

    private static bool IsAreaCode(string code) => code.Length is 6 or 9 or 12 or 15 && code.All(char.IsAsciiDigit);

    private static async IAsyncEnumerable<LiveMessage> Counted(IAsyncEnumerable<LiveMessage> messages, StreamCount streams)
    {
        try
        {
            await foreach (var message in messages)
            {
                yield return message;
            }
        }
        finally
        {
            Interlocked.Decrement(ref streams.Value);
        }
    }

    private sealed class StreamCount
    {
        public int Value;
    }
}
