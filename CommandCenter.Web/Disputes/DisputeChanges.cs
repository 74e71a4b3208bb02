using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Disputes;

/// <summary>What a change of one dispute needs, and how it is carried out and answered.</summary>
internal sealed record DisputeChanges(HttpContext Context, DisputeStore Store, DisputeQueries Queries, MediationStore Mediation, AreaDirectory Areas)
{
    /// <summary>Reads what is wanted, changes, and answers the dispute as it stands.</summary>
    /// <param name="change">Answers null where all went well.</param>
    public async Task<IResult> ChangeAsync<T>(long id, Func<ChangeFields, T> read, Func<Sight, T, string, Task<DisputeProblem?>> change)
    {
        var (subject, errors) = (Context.Subject(), new FieldErrors());
        var wanted = JsonFields.Read((await Context.BodyAsync()).Span, errors, fields =>
        {
            var checking = new ChangeFields(fields, errors);
            return new Wanted<T>(read(checking), checking.Checked("actor", IncidentLimits.Actor));
        });
        if (wanted is null || errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var sight = Context.Sight(Permission.HandleDisputes);
        if (await change(sight, wanted.Value, ApiRequest.Actor(subject, wanted.Actor)) is { } problem)
        {
            return problem.ToResult(id);
        }

        // People come masked: whoever wants to see them reads the dispute, which is put on record.
        var file = (await Queries.FindAsync(sight.Masked, id, Context.RequestAborted))!;
        return AccessPolicy.Allows(subject, Permission.SeeDisputes)
            ? TypedResults.Ok(file.ToDetail(
                Areas.Current, Areas.Today, await Mediation.ReadAsync(Context.RequestAborted), await Queries.HistoryAsync(sight, id, Context.RequestAborted)))
            : TypedResults.Ok(new DisputeReceipt(file.Dispute.Id, file.Dispute.Number, file.Dispute.Area, file.Dispute.Stage, file.Dispute.RegisteredAt));
    }

    private sealed record Wanted<T>(T Value, string? Actor);
}

/// <summary>The fields of a change, each checked as it is read.</summary>
internal sealed class ChangeFields(JsonFields fields, FieldErrors errors)
{
    public long? WholeNumber(string name, long least, long most) => fields.WholeNumber(name, least, most);

    public IReadOnlyList<long>? WholeNumbers(string name, long least, long most, int mostItems) => fields.WholeNumbers(name, least, most, mostItems);

    public bool? Flag(string name) => fields.Flag(name);

    /// <summary>A text of at most so many characters; null where nothing is written in it.</summary>
    public string? Checked(string name, int longest)
    {
        var text = fields.Text(name);
        IncidentValidator.CheckText(name, text, longest, errors);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A text that must be given.</summary>
    public string? Owed(string name, int longest)
    {
        var text = Checked(name, longest);
        if (text is null)
        {
            errors.Add(name, "Required");
        }

        return text;
    }

    /// <summary>A word of the register; null where none is given.</summary>
    public T? Word<T>(string name, IReadOnlyList<DisputeWord<T>> words, bool isOwed)
        where T : struct, Enum
    {
        var text = fields.Text(name);
        if (string.IsNullOrEmpty(text))
        {
            if (isOwed)
            {
                errors.Add(name, "Required");
            }

            return null;
        }

        return DisputeValidator.Word(name, words, text, default, errors);
    }
}
