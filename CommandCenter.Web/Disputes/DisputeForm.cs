using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Disputes;

/// <summary>What somebody sent from a dispute's page: read, carried out, and what came of it in words.</summary>
/// <param name="field">What was written in a field.</param>
internal sealed class DisputeForm(DisputeStore store, IStringLocalizer<DisputeText> texts, Func<string, string?> field, HttpContext context)
{
    private Sight Sight => context.Sight(Permission.HandleDisputes);

    private string Actor => context.Subject().Label;

    /// <returns>What was wrong; null where it is done.</returns>
    /// <exception cref="Data.Storage.StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public async Task<string?> ChangeAsync(long id)
    {
        if (TooLong() is { } problem)
        {
            return problem;
        }

        switch (field("what"))
        {
            case "move":
                var move = new DisputeMove(
                    DisputeWords.Find(DisputeWords.Stages, field("stage")) ?? default, field("body"), DisputeWords.Find(DisputeWords.Agreements, field("agreement")),
                    DisputeWords.Find(DisputeWords.Referrals, field("referral")), field("note"))
                {
                    Mediator = Number("mediator"),
                    Resolution = field("resolution"),
                    Confirmed = field("confirmed") switch { "true" => true, "false" => false, _ => null },
                };
                var moved = await store.MoveAsync(Sight, id, move, Actor, CancellationToken.None);
                return moved.Outcome is DisputeMoveOutcome.Moved or DisputeMoveOutcome.AlreadyThere ? null : texts[$"Move_{moved.Outcome}"].Value;
            case "extend":
                var extended = await store.ExtendAsync(Sight, id, field("reason"), Actor, CancellationToken.None);
                return extended == ExtensionOutcome.Extended ? null : texts[$"Extension_{extended}"].Value;
            case "risk":
                return Said(await store.RateAsync(Sight, id, DisputeWords.Find(DisputeWords.Risks, field("risk")) ?? DisputeRisk.Blue, field("reason"), Actor, CancellationToken.None));
            case "criminal":
                return Said(await store.TurnCriminalAsync(Sight, id, field("reason"), Actor, CancellationToken.None));
            case "hand":
                return Said(await store.HandOverAsync(Sight, id, field("body") ?? "", Number("mediator"), field("note"), Actor, CancellationToken.None));
            case "joint":
                var departments = context.Request.Form["department"].Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out var one) ? one : 0).ToList();
                return Said(await store.JoinAsync(Sight, id, departments, Number("lead"), Actor, CancellationToken.None));
            case "link":
                return Said(await store.LinkAsync(Sight, id, Number("other") ?? 0, DisputeWords.Find(DisputeWords.Links, field("kind")) ?? DisputeLinkKind.Related, Actor, CancellationToken.None));
            default:
                return texts["NotAllowed"].Value;
        }
    }

    private string? Said(DisputeChangeOutcome outcome) => outcome is DisputeChangeOutcome.Changed or DisputeChangeOutcome.AlreadySo ? null : texts[$"Change_{outcome}"].Value;

    private long? Number(string name) => long.TryParse(field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? TooLong()
    {
        var errors = new FieldErrors();
        foreach (var (name, longest) in new[] { ("note", DisputeLimits.Note), ("reason", DisputeLimits.Reason), ("resolution", DisputeLimits.Resolution) })
        {
            IncidentValidator.CheckText(name, field(name), longest, errors);
        }

        return errors.Any ? string.Join(' ', errors.ToDictionary().SelectMany(pair => pair.Value)) : null;
    }
}
