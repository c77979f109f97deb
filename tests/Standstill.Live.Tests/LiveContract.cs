using System.Collections.Immutable;
using CsCheck;
using Standstill.Live.Storage;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;

namespace Standstill.Live.Tests;

/// <summary>What a host answers, wherever it keeps its books. Run over memory and over PostgreSQL.</summary>
public abstract class LiveContract : IAsyncLifetime
{
    private LiveHost host = null!;

    protected LiveHost Host => host;

    public async ValueTask InitializeAsync() => host = await LiveHost.StartAsync(await SettingsAsync(), TimeProvider.System);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    protected abstract Task<LiveSettings> SettingsAsync();

    /// <summary>Text that is equal exactly when the values are, to the bit.</summary>
    protected static string Text<T>(T value) => System.Text.Encoding.UTF8.GetString(LiveJson.Write(value));

    [Fact]
    public async Task Every_areas_book_is_that_of_a_plain_loop()
    {
        await OpenAsync("sample-ash", 12);
        var all = Enumerable.Range(0, 12).Select(i => (Area: i, Periods: SampleAreas.Periods(i, 150))).ToArray();

        var outcomes = await host.PostAsync([.. all.SelectMany(a => a.Periods.Select(p => new AreaPeriod(SampleAreas.Key("sample-ash", a.Area), p)))]);

        Assert.All(outcomes, o => Assert.IsType<PostOutcome.Posted>(o));
        foreach (var (area, periods) in all)
        {
            var expected = SampleAreas.Fold(periods);
            var report = await host.AreaAsync(SampleAreas.Key("sample-ash", area));
            Assert.Equal(Text(expected.Book), Text(report!.Book));
            Assert.Equal(expected.Alarms, report.Alarms);
            Assert.Equal(expected.Alarms.Length, report.Standing.AlarmCount);
            Assert.Equal(150, report.Standing.Periods);
            Assert.Equal(Text(expected.Readings[^1]), Text(report.Standing.Last));
        }

        Assert.NotEmpty(SampleAreas.Fold(all[9].Periods).Alarms);
    }

    [Fact]
    public async Task The_global_book_is_that_of_the_sums()
    {
        await OpenAsync("sample-birch", 25);
        var all = Enumerable.Range(0, 25).Select(i => (Area: i, Periods: SampleAreas.Periods(i, 100))).ToArray();
        await PostAsync("sample-birch", all);

        var party = await host.PartyAsync(new PartyId("sample-birch"));

        var expected = SampleAreas.Fold(SampleAreas.Sums("sample-birch", all));
        Assert.Equal(Text(expected.Book), Text(party!.Book));
        Assert.Equal(expected.Alarms, party.Alarms);
        Assert.Equal(SampleAreas.Start.AddHours(100), party.Global.Next);
        Assert.Equal(25, party.Areas.Length);
    }

    [Fact]
    public async Task The_global_book_waits_for_the_last_area_and_names_it()
    {
        await OpenAsync("sample-ash", 3);
        var all = Enumerable.Range(0, 3).Select(i => (Area: i, Periods: SampleAreas.Periods(i, 300))).ToArray();
        await PostAsync("sample-ash", all.Where(a => a.Area != 1));

        var waiting = await host.PartyAsync(new PartyId("sample-ash"));
        Assert.Equal(0, waiting!.Global.Periods);
        Assert.Equal([SampleAreas.Key("sample-ash", 1)], waiting.Waiting);

        await PostAsync("sample-ash", all.Where(a => a.Area == 1));

        var party = await host.PartyAsync(new PartyId("sample-ash"));
        Assert.Equal(300, party!.Global.Periods);
        Assert.Equal(Text(SampleAreas.Fold(SampleAreas.Sums("sample-ash", all)).Book), Text(party.Book));
    }

    [Fact]
    public async Task Areas_that_close_at_different_times_are_not_summed()
    {
        await OpenAsync("sample-ash", 2);
        var hour = SampleAreas.Periods(0, 1)[0];
        var day = SampleAreas.Periods(1, 1)[0] with { To = SampleAreas.Start.AddDays(1) };

        await host.PostAsync([new(SampleAreas.Key("sample-ash", 0), hour), new(SampleAreas.Key("sample-ash", 1), day)]);

        var party = await host.PartyAsync(new PartyId("sample-ash"));
        Assert.True(party!.Uneven);
        Assert.Equal(0, party.Global.Periods);
        Assert.All(party.Areas, a => Assert.Equal(1, a.Standing.Periods));
    }

    [Fact]
    public async Task A_period_that_comes_again_has_the_answer_that_it_had()
    {
        await OpenAsync("sample-ash", 1);
        var periods = Batch("sample-ash", 0, SampleAreas.Periods(0, 200));
        var first = await host.PostAsync(periods);

        foreach (var index in new[] { 199, 0, 63, 64, 127, 128, 130 })
        {
            var again = await host.PostAsync([periods[index]]);
            Assert.Equal(Text(first[index]), Text(again[0]));
        }

        Assert.Equal(Text(first), Text(await host.PostAsync(periods)));
        Assert.Equal(200, (await host.AreaAsync(periods[0].Area))!.Standing.Periods);
    }

    [Fact]
    public async Task Other_content_for_a_posted_period_is_refused()
    {
        await OpenAsync("sample-ash", 1);
        var periods = SampleAreas.Periods(0, 130);
        await host.PostAsync(Batch("sample-ash", 0, periods));

        foreach (var index in new[] { 0, 64, 129 })
        {
            var posted = periods[index];
            foreach (var other in new[] { posted with { Declared = new(posted.Declared.Value + 0.001) }, posted with { Energy = null }, posted with { To = posted.To.AddMinutes(1) }, posted with { From = posted.From.AddMinutes(1) } })
            {
                var refused = await RefusedAsync(other);
                Assert.Equal(RefusalReason.OtherContent, refused.Reason);
                Assert.Equal(SampleAreas.Start.AddHours(130), refused.Expected);
            }
        }

        Assert.Equal(Text(SampleAreas.Fold(periods).Book), Text((await host.AreaAsync(SampleAreas.Key("sample-ash", 0)))!.Book));
    }

    [Fact]
    public async Task A_period_ahead_is_refused_with_what_is_missing()
    {
        await OpenAsync("sample-ash", 1);
        var periods = SampleAreas.Periods(0, 5);
        await host.PostAsync(Batch("sample-ash", 0, periods[..2]));

        var refused = await RefusedAsync(periods[3]);

        Assert.Equal(RefusalReason.Ahead, refused.Reason);
        Assert.Equal(periods[2].From, refused.Expected);
        Assert.Contains("2031-01-06T02:00:00Z", refused.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await host.AreaAsync(SampleAreas.Key("sample-ash", 0)))!.Standing.Periods);
    }

    [Fact]
    public async Task A_hole_in_a_batch_stops_it_there()
    {
        await OpenAsync("sample-ash", 1);
        var periods = SampleAreas.Periods(0, 10);

        var outcomes = await host.PostAsync(Batch("sample-ash", 0, periods.RemoveAt(4)));

        Assert.All(outcomes[..4], o => Assert.IsType<PostOutcome.Posted>(o));
        Assert.All(outcomes[4..], o => Assert.Equal(RefusalReason.Ahead, Assert.IsType<PostOutcome.Refused>(o).Reason));
        Assert.All(await host.PostAsync(Batch("sample-ash", 0, periods)), o => Assert.IsType<PostOutcome.Posted>(o));
    }

    [Fact]
    public async Task A_period_of_an_unknown_area_is_refused()
    {
        var refused = await RefusedAsync(SampleAreas.Periods(0, 1)[0]);

        Assert.Equal(RefusalReason.UnknownArea, refused.Reason);
        Assert.Contains("`sample-ash/site-0/hall-0`", refused.Fault.Message, StringComparison.Ordinal);
        Assert.Null(await host.AreaAsync(SampleAreas.Key("sample-ash", 0)));
        Assert.Null(await host.PartyAsync(new PartyId("sample-ash")));
    }

    [Fact]
    public async Task A_period_from_before_the_account_is_refused()
    {
        await OpenAsync("sample-ash", 1);

        var refused = await RefusedAsync(SampleAreas.Periods(0, 1)[0] with { From = SampleAreas.Start.AddHours(-1), To = SampleAreas.Start });

        Assert.Equal(RefusalReason.BeforeOpening, refused.Reason);
    }

    [Fact]
    public async Task A_period_that_is_wrong_by_itself_is_refused_and_nothing_is_posted()
    {
        await OpenAsync("sample-ash", 1);
        var good = SampleAreas.Periods(0, 1)[0];

        foreach (var (bad, place) in new[]
        {
            (good with { To = good.From }, "to"),
            (good with { To = good.To.AddSeconds(1) }, "to"),
            (good with { To = good.From.AddYears(2) }, "to"),
            (good with { Present = new(-1) }, "present"),
            (good with { Energy = new(double.NaN, new(1)) }, "energy"),
        })
        {
            var refused = await RefusedAsync(bad);
            Assert.Equal(RefusalReason.Malformed, refused.Reason);
            Assert.Equal(place, refused.Fault.Place);
        }

        await host.PostAsync(Batch("sample-ash", 0, [good with { Count = 3 }]));
        var counted = await RefusedAsync(SampleAreas.Periods(0, 2)[1] with { Count = 2 });
        Assert.Equal("count", counted.Fault.Place);
        Assert.Equal(1, (await host.AreaAsync(SampleAreas.Key("sample-ash", 0)))!.Standing.Periods);
    }

    [Fact]
    public async Task Clients_that_race_on_one_area_leave_the_book_of_one()
    {
        await OpenAsync("sample-ash", 1);
        var periods = Batch("sample-ash", 0, SampleAreas.Periods(0, 40));

        async Task<string[]> ClientAsync()
        {
            var answers = new string[periods.Length];
            for (var i = 0; i < periods.Length; i++)
            {
                answers[i] = Text((await host.PostAsync([periods[i]]))[0]);
            }

            return answers;
        }

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(ClientAsync)));

        Assert.All(all, answers => Assert.Equal(all[0], answers));
        Assert.All(all[0], a => Assert.Contains("\"posted\"", a, StringComparison.Ordinal));
        Assert.Equal(Text(SampleAreas.Fold(periods.Select(p => p.Period)).Book), Text((await host.AreaAsync(periods[0].Area))!.Book));
    }

    [Fact]
    public async Task In_whatever_order_and_however_often_periods_come_the_books_are_the_same()
    {
        var party = 0;
        await Gen.Select(Gen.Shuffle(Enumerable.Range(0, 90).ToArray()), Gen.Int[1, 40], Gen.Int[0, 89].Array[0, 30]).SampleAsync(
            async (order, size, repeats) =>
            {
                var name = $"sample-{(char)('a' + (Interlocked.Increment(ref party) % 26))}-{party}";
                await OpenAsync(name, 3);
                var all = Enumerable.Range(0, 3).Select(i => (Area: i, Periods: SampleAreas.Periods(i, 30))).ToArray();
                AreaPeriod At(int i) => new(SampleAreas.Key(name, i % 3), all[i % 3].Periods[i / 3]);
                var open = order.Concat(repeats).Select(At).ToList();
                while (open.Count > 0)
                {
                    var still = new List<AreaPeriod>();
                    foreach (var batch in open.Chunk(size))
                    {
                        var outcomes = await host.PostAsync(batch);
                        still.AddRange(batch.Where((_, i) => outcomes[i] is PostOutcome.Refused { Reason: RefusalReason.Ahead }));
                    }

                    Assert.True(still.Count < open.Count, "every round posts something");
                    open = still;
                }

                var report = await host.PartyAsync(new PartyId(name));
                Assert.Equal(Text(SampleAreas.Fold(SampleAreas.Sums(name, all)).Book), Text(report!.Book));
                foreach (var (area, periods) in all)
                {
                    Assert.Equal(Text(SampleAreas.Fold(periods).Book), Text((await host.AreaAsync(SampleAreas.Key(name, area)))!.Book));
                }
            },
            seed: "0000KqzBnP24",
            iter: 12,
            threads: 1);
    }

    [Fact]
    public async Task Opening_again_changes_nothing_and_opening_otherwise_is_refused()
    {
        await OpenAsync("sample-ash", 2);
        await PostAsync("sample-ash", [(0, SampleAreas.Periods(0, 3)), (1, SampleAreas.Periods(1, 3))]);
        var opening = SampleAreas.Opening("sample-ash", 2);

        Assert.Empty(await host.OpenAsync(opening));

        var otherDesign = SampleAreas.Design with { FalseAlarmsPerYear = 1 };
        Assert.Equal("design", Assert.Single(await host.OpenAsync(opening with { Design = otherDesign })).Place);
        Assert.Equal("areas[1]", Assert.Single(await host.OpenAsync(opening with { Areas = opening.Areas.SetItem(1, opening.Areas[1] with { Design = otherDesign }) })).Place);
        Assert.Equal("areas[0]", Assert.Single(await host.OpenAsync(opening with { Areas = opening.Areas.SetItem(0, opening.Areas[0] with { From = SampleAreas.Start.AddHours(1) }) })).Place);
        Assert.Equal(3, (await host.PartyAsync(new PartyId("sample-ash")))!.Global.Periods);
    }

    [Fact]
    public async Task An_area_opened_later_joins_the_global_book_from_its_beginning()
    {
        await OpenAsync("sample-ash", 1);
        await host.PostAsync(Batch("sample-ash", 0, SampleAreas.Periods(0, 10)));
        var later = new AreaOpening(SampleAreas.Key("sample-ash", 1), SampleAreas.Start.AddHours(12), SampleAreas.Design);
        var opening = new PartyOpening(new PartyId("sample-ash"), SampleAreas.Design, [later]);

        Assert.Equal("areas[0].from", Assert.Single(await host.OpenAsync(opening with { Areas = [later with { From = SampleAreas.Start.AddHours(9) }] })).Place);
        Assert.Empty(await host.OpenAsync(opening));
        await host.PostAsync(Batch("sample-ash", 0, SampleAreas.Periods(0, 20)));

        Assert.Equal(12, (await host.PartyAsync(new PartyId("sample-ash")))!.Global.Periods);

        var second = SampleAreas.Periods(1, 20)[12..];
        await host.PostAsync(Batch("sample-ash", 1, second));

        var first = SampleAreas.Periods(0, 20);
        var expected = SampleAreas.Fold([.. first[..12], .. first[12..].Zip(second, (a, b) => BalancePeriod.Sum([a, b]))]);
        Assert.Equal(Text(expected.Book), Text((await host.PartyAsync(new PartyId("sample-ash")))!.Book));
    }

    [Fact]
    public async Task Alarms_are_listed_with_their_places()
    {
        await OpenAsync("sample-ash", 10);
        var all = Enumerable.Range(0, 10).Select(i => (Area: i, Periods: SampleAreas.Periods(i, 100))).ToArray();
        await PostAsync("sample-ash", all);

        var alarms = await host.AlarmsAsync();

        var expected = all.SelectMany(a => SampleAreas.Fold(a.Periods).Alarms.Select(d => new PlacedAlarm(new PartyId("sample-ash"), SampleAreas.Key("sample-ash", a.Area), d)));
        var global = SampleAreas.Fold(SampleAreas.Sums("sample-ash", all)).Alarms.Select(d => new PlacedAlarm(new PartyId("sample-ash"), null, d));
        Assert.Equal([.. global, .. expected.OrderBy(a => a.Area)], alarms);
        Assert.Contains(alarms, a => a.Area == SampleAreas.Key("sample-ash", 9));
    }

    protected async Task OpenAsync(string party, int areas) => Assert.Empty(await host.OpenAsync(SampleAreas.Opening(party, areas)));

    protected static AreaPeriod[] Batch(string party, int area, IEnumerable<BalancePeriod> periods) => [.. periods.Select(p => new AreaPeriod(SampleAreas.Key(party, area), p))];

    private async Task PostAsync(string party, IEnumerable<(int Area, ImmutableArray<BalancePeriod> Periods)> areas)
    {
        var outcomes = await host.PostAsync([.. areas.SelectMany(a => Batch(party, a.Area, a.Periods))]);
        Assert.All(outcomes, o => Assert.IsType<PostOutcome.Posted>(o));
    }

    private async Task<PostOutcome.Refused> RefusedAsync(BalancePeriod period) =>
        Assert.IsType<PostOutcome.Refused>((await host.PostAsync([new AreaPeriod(SampleAreas.Key("sample-ash", 0), period)]))[0]);
}
