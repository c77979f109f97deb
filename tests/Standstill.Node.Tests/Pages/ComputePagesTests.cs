using System.Net;
using Standstill.Protocol;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Node.Tests.Pages;

/// <summary>The pages of compute and inspections, over a registry in which a balance has alarmed.</summary>
public sealed class ComputePagesTests : IAsyncLifetime
{
    private static readonly string Root = new('a', 64);

    private StartedNode? started;

    private StartedNode Started => started!;

    public async ValueTask InitializeAsync()
    {
        started = await StartedNode.StartAsync(sample: true);
        var ash = await Registrant.EnrolAsync(started, "ash", "lab", "Ash");
        var elm = await Registrant.EnrolAsync(started, "elm", "cloud", "Elm");
        var gorse = await Registrant.EnrolAsync(started, "gorse", "inspector", "Gorse");
        var key = World.Keys.Single(k => k.Value.Party.Value == "ash" && k.Value.Roles.Contains(Role.Compute)).Key;
        await ash.SayAsync("facility", new { facility = "hall", title = "Hall", jurisdiction = "nowhere", powerMegawatts = 1 });
        await ash.SayAsync("inventory", new { facility = "hall", counted = "2026-02-20", accelerators = new[] { new { accelerator = "H100 SXM", count = 150, peakFlopPerSecond = 9.894e14 } } });
        await ash.SayAsync("balance-area", new { facility = "hall", area = "row", title = HostileRegistry.Script, accelerator = "H100 SXM", peakFlopPerSecond = 9.894e14, periodMinutes = 1440, meterKey = key.Text });
        await ash.SayAsync("area-counted", new { facility = "hall", area = "row", counted = "2026-02-20T00:00:00Z", count = 100, serialsRoot = Root });
        foreach (var (facility, area) in new[] { ("hall", "row"), (null, (string?)null) })
        {
            await gorse.SayAsync("balance-design", new { party = "ash", facility, area, randomPercent = 1, systematicPercent = 0.1, countingPercent = 0.1, falseAlarmsPerYear = 0.1, method = HostileRegistry.Image });
        }

        for (var day = 0; day < 6; day++)
        {
            var (from, to) = ($"2026-02-{20 + day:00}T00:00:00Z", $"2026-02-{21 + day:00}T00:00:00Z");
            await ash.SayAsync("compute-digest", Digest(from, to));
            await ash.SayAsync("use-declared", new { facility = "hall", area = "row", from, to, uses = new[] { new { use = "inference", chipHours = day == 5 ? 1000 : 1400 } } });
        }

        await ash.SayAsync("movement", new { movement = "spring", step = "received", counterparty = "elm", accelerator = HostileRegistry.Script, count = 9, on = "2026-02-25T00:00:00Z" });
        await elm.SayAsync("movement", new { movement = "spring", step = "shipped", counterparty = "ash", accelerator = HostileRegistry.Script, count = 11, on = "2026-02-25T00:00:00Z" });
        await ash.SayAsync("rental-commitments", new { from = "2026-01-01", to = "2026-01-31", commitments = new[] { new { sha256 = Root } } });
        await gorse.SayAsync("inspection-plan", new
        {
            plan = "spring",
            party = "ash",
            from = "2026-02-01",
            to = "2026-04-30",
            visits = 3,
            challengesPerMonth = 2,
            chunksPerChallenge = 5,
            cost = 2,
            costUnit = HostileRegistry.Image,
            text = "looks",
            strata = new[] { new { facility = "hall", area = "row", population = 100, defects = 10, identificationPercent = 100, sample = 20, costEach = 1 } },
        });
        await gorse.SayAsync("challenge", new { challenge = "first", party = "ash", kind = "chunks", entry = World.Areas.Values.Single().LatestDigest!.Entry.Value, draw = 3, checkpointSize = World.Size, checkpointRoot = Root, dueHours = 48 });
        await gorse.SayAsync("inspection-finding", new { party = "ash", facility = "hall", area = "row", result = "unresolved", text = HostileRegistry.Image });
    }

    public async ValueTask DisposeAsync() => await Started.DisposeAsync();

    [Fact]
    public async Task The_fleet_shows_what_is_under_a_meter_and_what_stands_against_a_party()
    {
        var page = await GetAsync("/compute");

        Assert.All(
            ["1.48 × 10¹⁷ FLOP/s", "9.89 × 10¹⁶ FLOP/s", "test loss of ash/hall/row has alarmed", "shipment", "11", "Matched: both ends have the same commitment"],
            words => Assert.Contains(words, page.Words, StringComparison.Ordinal));
        Assert.Contains("/compute/ash", page.All("href"));
    }

    [Fact]
    public async Task A_party_s_page_says_why_its_assurance_counts_as_nothing_and_shows_the_sum_over_its_areas()
    {
        var page = await GetAsync("/compute/ash");

        Assert.All(
            ["unsettled", "the assurance counts as 0 %", "All areas together", "0.1 a year", "Alarms", "6"],
            words => Assert.Contains(words, page.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_area_s_page_has_a_control_chart_whose_alarm_leads_to_its_entry()
    {
        var alarm = World.Areas.Values.Single().Line.Alarms[0];
        var page = await GetAsync("/compute/ash/hall/row");

        Assert.Contains($"/ledger/{alarm.At.Entry}", page.All("href"));
        Assert.All(["CUF of each period", "2,400", "1,000", "400", "busy", "Root over 24 chunks", "energy-counter"], words => Assert.Contains(words, page.Words, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(HostileRegistry.Script, page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inspector_s_page_has_open_challenges_with_their_draw_plans_with_their_chance_and_findings()
    {
        var page = await GetAsync("/inspections");

        // 1 − C(90, 20)/C(100, 20) = 0.9049, by scipy.stats.hypergeom(100, 10, 20).
        Assert.All(
            ["first", "3 of 24 chunks", "Drawn:", "standstill meter run", "90.5 %", "unresolved", HostileRegistry.Image],
            words => Assert.Contains(words, page.Words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/compute/nobody")]
    [InlineData("/compute/ash/hall/none")]
    [InlineData("/compute/%3Cb%3E/hall/row")]
    public async Task What_is_not_there_is_answered_with_a_page(string path)
    {
        using var response = await Started.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, (await Html.ReadAsync(response)).Status);
    }

    [Fact]
    public async Task A_party_without_balance_areas_has_a_page_too()
    {
        var page = await GetAsync("/compute/elm");

        Assert.Contains("none on record", page.Words, StringComparison.Ordinal);
    }

    private World World => Started.Node.Current.World;

    private static object Digest(string from, string to) => new
    {
        facility = "hall",
        area = "row",
        from,
        to,
        chips = 100,
        busyHours = 1400.0,
        lightHours = 0,
        idleHours = 1000.0,
        darkHours = 0,
        activeHours = 900.0,
        energyKilowattHours = 0,
        energySource = "none",
        trafficBytes = 0,
        gaps = 0,
        longestGapSeconds = 0,
        counterResets = 0,
        clockStepMilliseconds = 0,
        outOfOrder = 0,
        deadLetters = 0,
        samples = 100,
        features = new[] { new { name = "tensor-mean", value = 0.5 } },
        missing = new[] { "energy-counter" },
        chunks = 24,
        root = Root,
    };

    private async Task<Html> GetAsync(string path)
    {
        using var response = await Started.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await Html.ReadAsync(response);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }
}
