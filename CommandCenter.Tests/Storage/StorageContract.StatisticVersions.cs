using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.PoliceStatistics;
using Dapper;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task A_version_can_be_seen_as_it_was_and_undoing_it_restores_exactly()
    {
        var first = await ImportAsync("2026-02-01", draft => draft.AddMonth(Criminal, EastTown, NewYear, 60));
        var before = await StandingAsync();
        var second = await ImportAsync("2026-02-10", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 66.5m);
            draft.AddDay(Traffic, EastTown, NewYear, 1);
        });
        (await ValueAsync(Criminal, EastTown)).ShouldBe(66.5m);
        (await ValueAsync(Criminal, EastTown, first.Position)).ShouldBe(60);
        var after = await StandingAsync();

        (await Statistics.UndoAsync(second.Position, "错版", ChangedBy.Program, Ended)).ShouldBeTrue();
        (await Statistics.UndoAsync(second.Position, "错版", ChangedBy.Program, Ended)).ShouldBeFalse();

        (await StandingAsync()).ShouldBe(before);
        (await ValueAsync(Criminal, EastTown, second.Position)).ShouldBe(66.5m);
        var undone = (await Statistics.ListAsync(after: null, 10, Ended))[0];
        (undone.Position, undone.UndoneReason, undone.UndoneBy).ShouldBe((second.Position, "错版", "program"));

        // Taken in again it is a version of its own.
        var third = await ImportAsync("2026-02-10", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 66.5m);
            draft.AddDay(Traffic, EastTown, NewYear, 1);
        });
        third.Position.ShouldNotBe(second.Position);
        (await StandingAsync()).Select(row => row with { ImportPosition = 0 }).ShouldBe(after.Select(row => row with { ImportPosition = 0 }));
        (await WholeLogAsync()).Select(e => e.Event).OfType<StatisticsUndone>().ShouldBe([new StatisticsUndone(second.Position, "公安局", "错版")]);
    }

    [Fact]
    public async Task The_same_content_again_changes_nothing()
    {
        var first = await ImportAsync("2026-02-01", draft => draft.AddMonth(Criminal, EastTown, NewYear, 60), hash: "same");
        var again = await ImportAsync("2026-02-01", draft => draft.AddMonth(Criminal, EastTown, NewYear, 60), hash: "same");

        again.Position.ShouldBe(first.Position);
        (await WholeLogAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_order_in_which_files_of_different_days_are_imported_does_not_matter_and_undoing_some_is_as_if_they_never_came()
    {
        var day = Gen.Choose(1, 28);
        var file =
            from cells in Gen.ArrayOf(
                from at in day
                from month in Gen.Choose(0, 2)
                from whole in Gen.Choose(0, 5)
                from value in Gen.Choose(-3, 500)
                from decimals in Gen.Choose(0, 2)
                select (month, at, whole: whole == 0, value: new decimal(value, 0, 0, value < 0, (byte)decimals)))
            where cells.Length > 0
            select cells;
        foreach (var files in file.ArrayOf(4).Sample(6, 12))
        {
            var numbered = files.Select((cells, i) => (Cells: cells, AsOf: new DateOnly(2026, 4, 1).AddDays(i))).ToList();
            List<Standing>? expected = null;
            foreach (var order in new[] { numbered, [.. numbered.AsEnumerable().Reverse()], [.. numbered.OrderBy(one => one.Cells.Length)] })
            {
                var taken = new List<StatisticImport>();
                foreach (var (cells, asOf) in order)
                {
                    taken.Add(await ImportAsync(asOf.ToString("yyyy-MM-dd", null), draft => Fill(draft, cells)));
                }

                // One that is not to count, in between.
                var extra = await ImportAsync("2026-04-02", draft => draft.AddDay(Criminal, EastTown, NewYear, 77));
                await Statistics.UndoAsync(extra.Position, "x", ChangedBy.Program, Ended);
                var stands = (await StandingAsync()).ConvertAll(row => row with { ImportPosition = 0 });
                (expected ??= stands).ShouldBe(stands);
                foreach (var import in taken)
                {
                    await Statistics.UndoAsync(import.Position, "x", ChangedBy.Program, Ended);
                }

                (await StandingAsync()).ShouldBeEmpty();
            }
        }

        static void Fill(StatisticDraft draft, (int Month, int At, bool Whole, decimal Value)[] cells)
        {
            foreach (var (month, at, whole, value) in cells.DistinctBy(cell => (cell.Month, cell.Whole ? 0 : cell.At)))
            {
                if (whole)
                {
                    draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(month), value);
                }
                else
                {
                    draft.AddDay(Criminal, EastTown, NewYear.AddMonths(month).AddDays(at - 1), value);
                }
            }
        }
    }

    private async Task<List<Standing>> StandingAsync()
    {
        await using var connection = await _database.ConnectAsync();
        return (await connection.QueryAsync<Standing>(
            """
            SELECT series, area_code AS AreaCode, month, decimals, COALESCE(whole, -99999) AS Whole, total, given_days AS GivenDays, last_day AS LastDay, as_of AS AsOf,
              import_position AS ImportPosition
            FROM statistic_month ORDER BY month, series, area_code
            """)).AsList();
    }

    private sealed record Standing
    {
        public string Series { get; init; } = "";

        public string AreaCode { get; init; } = "";

        public long Month { get; init; }

        public long Decimals { get; init; }

        public long Whole { get; init; }

        public long Total { get; init; }

        public long GivenDays { get; init; }

        public long LastDay { get; init; }

        public DateOnly AsOf { get; init; }

        public long ImportPosition { get; init; }
    }
}
