using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Live.Storage;
using Standstill.Protocol;

namespace Standstill.Live.Tests;

/// <summary>Several silos over one PostgreSQL: killed, restarted, raced.</summary>
public sealed class SilosTests(PostgresServer server)
{
    private const string Cluster = "sample";
    private const int Areas = 200;
    private const int Hours = 50;
    private const int Tries = 400;
    private static readonly string[] Parties = ["sample-ash", "sample-birch", "sample-cedar", "sample-dogwood"];

    [Fact]
    public async Task A_silo_killed_while_clients_post_loses_and_doubles_no_period()
    {
        var connection = await server.NewDatabaseAsync();
        using var first = await SiloProcess.StartAsync(connection, Cluster);
        using var second = await SiloProcess.StartAsync(connection, Cluster);
        foreach (var party in Parties)
        {
            using var opened = await first.Http.PostAsync("/areas", Json(OpeningOf(party)));
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }

        var all = Enumerable.Range(0, Areas).Select(i => (Party: Parties[i % 4], Area: i / 4, Periods: SampleAreas.Periods(i, Hours))).ToArray();
        var clients = new Clients([first, second], killAfter: Areas * Hours / 3);

        // Four clients with a quarter of the areas each, and one that posts some of theirs as well.
        var posting = Task.WhenAll(
            [.. Enumerable.Range(0, 4).Select(c => clients.PostAsync(all.Where((_, i) => i % 4 == c).ToArray())), clients.PostAsync(all.Where((_, i) => i % 10 == 9).ToArray())]);
        await await Task.WhenAny(clients.TimeToKill, posting);
        await first.KillAsync();
        Assert.False(posting.IsCompleted, "it was killed while they posted");
        using var third = await SiloProcess.StartAsync(connection, Cluster);
        clients.Silos = [second, third];
        await posting;

        foreach (var silo in new[] { second, third })
        {
            foreach (var (party, area, periods) in all)
            {
                var report = await GetAsync(silo, $"/areas/{SampleAreas.Key(party, area)}");
                var expected = SampleAreas.Fold(periods);
                Assert.Equal(Hours, (int)report["standing"]!["periods"]!);
                Assert.Equal(Text(expected.Book), report["book"]!.ToJsonString());
                Assert.Equal(Text(expected.Alarms), report["alarms"]!.ToJsonString());
            }

            foreach (var party in Parties)
            {
                var report = await GetAsync(silo, $"/areas/{party}");
                var expected = SampleAreas.Fold(SampleAreas.Sums(party, all.Where(a => a.Party == party).Select(a => (a.Area, a.Periods))));
                Assert.Equal(Text(expected.Book), report["book"]!.ToJsonString());
                Assert.Equal(Text(expected.Alarms), report["alarms"]!.ToJsonString());
            }
        }

        Assert.Equal(0, await second.StopAsync());
        Assert.Equal(0, await third.StopAsync());
    }

    [Fact]
    public async Task After_a_restart_of_everything_the_books_go_on()
    {
        var settings = new LiveSettings { Listen = null, PostgresConnection = await server.NewDatabaseAsync() };
        var periods = SampleAreas.Periods(9, 200);
        AreaPeriod[] posts = [.. periods.Select(p => new AreaPeriod(SampleAreas.Key("sample-ash", 9), p))];
        string before;
        await using (var host = await LiveHost.StartAsync(settings, TimeProvider.System))
        {
            await host.OpenAsync(SampleAreas.Opening("sample-ash", 10));
            await host.PostAsync(posts[..130]);
            before = Text(await host.AreaAsync(posts[0].Area)) + Text(await host.PartiesAsync());
        }

        await using (var host = await LiveHost.StartAsync(settings, TimeProvider.System))
        {
            Assert.Equal(before, Text(await host.AreaAsync(posts[0].Area)) + Text(await host.PartiesAsync()));
            Assert.All(await host.PostAsync(posts), o => Assert.IsType<PostOutcome.Posted>(o));

            // The party was only told of this area, and asks the others for what they have.
            await host.PostAsync([.. Enumerable.Range(0, 9).SelectMany(i => SampleAreas.Periods(i, 200).Select(p => new AreaPeriod(SampleAreas.Key("sample-ash", i), p)))]);
            Assert.Equal(Text(SampleAreas.Fold(periods).Book), Text((await host.AreaAsync(posts[0].Area))!.Book));
            var sums = SampleAreas.Sums("sample-ash", Enumerable.Range(0, 10).Select(i => (i, SampleAreas.Periods(i, 200))));
            Assert.Equal(Text(SampleAreas.Fold(sums).Book), Text((await host.PartyAsync(new PartyId("sample-ash")))!.Book));
        }
    }

    [Fact]
    public async Task Clients_of_two_silos_that_race_on_one_area_leave_the_book_of_one()
    {
        var settings = new LiveSettings { Listen = null, PostgresConnection = await server.NewDatabaseAsync(), Cluster = Cluster };
        await using var first = await LiveHost.StartAsync(settings, TimeProvider.System);
        await using var second = await LiveHost.StartAsync(settings, TimeProvider.System);
        await first.OpenAsync(SampleAreas.Opening("sample-ash", 3));
        var periods = SampleAreas.Periods(0, 70);

        async Task<string[]> ClientAsync(LiveHost host)
        {
            var answers = new List<string>();
            foreach (var period in periods)
            {
                answers.Add(Text((await host.PostAsync([new AreaPeriod(SampleAreas.Key("sample-ash", 0), period)]))[0]));
            }

            return [.. answers];
        }

        var all = await Task.WhenAll(ClientAsync(first), ClientAsync(second), ClientAsync(first), ClientAsync(second));

        var expected = SampleAreas.Fold(periods);
        Assert.All(all, answers => Assert.Equal(expected.Readings.Select(r => Text<PostOutcome>(new PostOutcome.Posted(r))), answers));
        Assert.Equal(Text(expected.Book), Text((await second.AreaAsync(SampleAreas.Key("sample-ash", 0)))!.Book));
    }

    [Fact]
    public async Task Two_writers_of_one_page_do_not_both_succeed()
    {
        var settings = new LiveSettings { Listen = null, PostgresConnection = await server.NewDatabaseAsync(), Cluster = "sample-a" };
        await using var one = await LiveHost.StartAsync(settings, TimeProvider.System);
        await one.OpenAsync(SampleAreas.Opening("sample-ash", 1));
        var periods = SampleAreas.Periods(0, 3);
        AreaPeriod At(int i) => new(SampleAreas.Key("sample-ash", 0), periods[i]);
        Assert.IsType<PostOutcome.Posted>((await one.PostAsync([At(0)]))[0]);

        // As a silo does that was taken for dead and is not: the page is written behind the back of the grain that has it.
        await using (var source = Npgsql.NpgsqlDataSource.Create(PostgresSchema.Connection(settings.PostgresConnection!)))
        await using (var command = source.CreateCommand("update book set version = version + 1 where kind = 'area-page'"))
        {
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        Assert.IsType<PostOutcome.Unanswered>((await one.PostAsync([At(1)]))[0]);
        Assert.IsType<PostOutcome.Posted>((await one.PostAsync([At(1)]))[0]);
        Assert.IsType<PostOutcome.Posted>((await one.PostAsync([At(2)]))[0]);
        Assert.Equal(Text(SampleAreas.Fold(periods).Book), Text((await one.AreaAsync(At(0).Area))!.Book));
    }

    [Fact]
    public async Task A_form_that_this_program_does_not_know_is_not_read()
    {
        var settings = new LiveSettings { Listen = null, PostgresConnection = await server.NewDatabaseAsync() };
        await using (var host = await LiveHost.StartAsync(settings, TimeProvider.System))
        {
            await host.OpenAsync(SampleAreas.Opening("sample-ash", 1));
        }

        await using (var source = Npgsql.NpgsqlDataSource.Create(PostgresSchema.Connection(settings.PostgresConnection!)))
        await using (var command = source.CreateCommand("update book set document = convert_to(replace(convert_from(document, 'UTF8'), '\"version\":1,', '\"version\":2,'), 'UTF8') where kind = 'area-head'"))
        {
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        await using var later = await LiveHost.StartAsync(settings, TimeProvider.System);
        var outcome = (await later.PostAsync([new AreaPeriod(SampleAreas.Key("sample-ash", 0), SampleAreas.Periods(0, 1)[0])]))[0];
        Assert.IsType<PostOutcome.Unanswered>(outcome);
    }

    private static string Text<T>(T value) => JsonNode.Parse(LiveJson.Write(value))!.ToJsonString();

    private static StringContent Json(JsonNode node) => new(node.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static async Task<JsonNode> GetAsync(SiloProcess silo, string path) => JsonNode.Parse(await silo.Http.GetStringAsync(path))!;

    private static JsonObject OpeningOf(string party) => HttpBodies.Opening(SampleAreas.Opening(party, Areas / Parties.Length));

    /// <summary>Clients that post each period until it is answered as posted, at whichever silo answers.</summary>
    private sealed class Clients(SiloProcess[] silos, int killAfter)
    {
        private readonly TaskCompletionSource kill = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile SiloProcess[] silos = silos;
        private int posted;

        public Task TimeToKill => kill.Task;

        public SiloProcess[] Silos
        {
            set => silos = value;
        }

        public async Task PostAsync((string Party, int Area, System.Collections.Immutable.ImmutableArray<Measurement.Accounting.BalancePeriod> Periods)[] areas)
        {
            for (var hour = 0; hour < Hours; hour++)
            {
                var body = HttpBodies.Periods(areas.Select(a => new AreaPeriod(SampleAreas.Key(a.Party, a.Area), a.Periods[hour])));
                await UntilPostedAsync(body, hour);
                if (Interlocked.Add(ref posted, areas.Length) >= killAfter)
                {
                    kill.TrySetResult();
                }
            }
        }

        private async Task UntilPostedAsync(JsonObject body, int start)
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                try
                {
                    var now = silos;
                    using var response = await now[(start + tries) % now.Length].Http.PostAsync("/periods", Json(body));
                    var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                    var results = answer["outcomes"]!.AsArray().Select(o => (string)o!["result"]!).ToArray();
                    Assert.DoesNotContain("refused", results);
                    if (results.All(r => r == "posted"))
                    {
                        return;
                    }
                }
                catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException)
                {
                    // The silo is gone, before or within its answer, or does not answer in time: the next one is asked.
                }

                // As any client does that is told to post again: until the dead silo is taken for dead, its areas fail at once.
                await Task.Delay(TimeSpan.FromMilliseconds(250));
            }

            Assert.Fail("no silo answered for a minute and more");
        }
    }
}
