using CommandCenter.Data.Accounts;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>What was published of the figures, and publishing those that are shown.</summary>
public sealed partial class StatisticsPage
{
    private const int PublicationsShown = 5;

    [SupplyParameterFromForm] private string? PublicationTitle { get; set; }

    [Inject] private StatisticPublications PublicationStore { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "published")] private string? PublishedId { get; set; }

    private IReadOnlyList<StatisticPublication> Published { get; set; } = [];

    private StatisticPublication? Opened { get; set; }

    private IReadOnlyList<PublishedDifference> Differences { get; set; } = [];

    private bool MayPublish => AccessPolicy.Allows(Context.Subject(), Permission.ManageStatistics);

    private string? Done { get; set; }

    private string Proposed => T["ProposedTitle", Names.Area(View.Area), StatisticsText.Of(View.Period), T[$"Show_{View.Show}"]];

    private async Task ListPublishedAsync()
    {
        Published = await PublicationStore.ListAsync(Sight, PublicationsShown, Context.RequestAborted);
        Opened = Published.FirstOrDefault(publication => publication.Id == ApiRequest.Position(PublishedId));
        Differences = Opened is null ? [] : await PublicationStore.DifferencesAsync(Opened, Context.RequestAborted);
    }

    // What is published is what stands now: figures of a version from before are looked at, not published.
    private async Task PublishAsync()
    {
        var title = PublicationTitle?.Trim() ?? "";
        var questions = Table!.Rows.SelectMany(row => row.Figures).Where(figure => figure.Value is not null)
            .Select(figure => new PublishedQuestion(figure.Series.Code, figure.AreaCode, PeriodText.Of(View.Period), View.Alignment)).ToList();
        if (!MayPublish || View.Version is not null || questions.Count == 0 || title.Length is 0 or > StatisticPublications.LongestTitle
            || await PublicationStore.PublishAsync(Sight, title, questions, Context.By(), CancellationToken.None) is not { } publication)
        {
            Problem = T["NotPublished"];
            return;
        }

        Done = T["PublishedNow", publication.Figures.Count, publication.Title];
        await ListPublishedAsync();
    }

    private async Task WithdrawAsync(long id)
    {
        if (MayPublish && await PublicationStore.WithdrawAsync(id, Context.By(), CancellationToken.None))
        {
            Done = T["WithdrawnNow"];
            await ListPublishedAsync();
        }
    }
}
