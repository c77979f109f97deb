using System.Text.Json;

namespace Standstill.Node.Tests.Pages;

/// <summary>A registry in which everything has happened once, told by parties that write whatever the statements let them.</summary>
public sealed class HostileRegistry : IAsyncLifetime
{
    public const string Script = "<script>alert('name')</script>";
    public const string Image = "\"><img src=x onerror=alert(1)>";
    public const string Turned = "مختبر \u202Etxet denrut";
    public static readonly string Long = new('W', 100);

    private StartedNode? started;

    internal StartedNode Started => started!;

    public HttpClient Http => Started.Http;

    public StandstillNode Node => Started.Node;

    public async ValueTask InitializeAsync()
    {
        started = await StartedNode.StartAsync(sample: true);
        var ash = await Registrant.EnrolAsync(started, "ash", "lab", Script);
        var birch = await Registrant.EnrolAsync(started, "birch", "lab", Long);
        var cedar = await Registrant.EnrolAsync(started, "cedar", "lab", Turned);
        var names = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            names.Add($"lab-{new string((char)('a' + i), 50)}");
            await Registrant.EnrolAsync(started, names[^1], "lab", "Lab " + i);
        }

        var fern = await Registrant.EnrolAsync(started, "fern", "evaluator", "Fern & Sons");
        var seat = await Registrant.EnrolAsync(started, "seat", "panel-member", "Seat", "research");
        var gorse = await Registrant.EnrolAsync(started, "gorse", "inspector", "Gorse");
        foreach (var (lab, count) in new[] { (ash, 3000), (birch, 1000) })
        {
            await lab.SayAsync("facility", new { facility = "hall", title = Image, jurisdiction = Script, powerMegawatts = 12.5 });
            await lab.SayAsync("inventory", new { facility = "hall", counted = "2026-02-28", accelerators = new[] { new { accelerator = "H100 " + Script, count, peakFlopPerSecond = 9.89e14 } } });
        }

        await ash.SayAsync("run-declared", new { run = "big", facility = "hall", purpose = "pretraining", plannedFlop = 3e26, starts = "2026-02-01" });
        await seat.SayAsync("trigger-proposed", new { trigger = "long-work", rationale = Image, text = """
            trigger "<i>Long</i> work" version 1
              warn when doubling time of frontier horizon(50%) < 200 days with confidence 80% sustained for 30 days
              pause when frontier horizon(50%) > 1 h with confidence 80% or ai-authored code share >= 90% with confidence 80% at 1 or more labs
              release when panel votes release
              evidence from at least 1 independent evaluator, none older than 3650 days
            """ });
        await seat.SayAsync("trigger-voted", new { trigger = "long-work", version = 1, choice = "adopt" });
        await seat.SayAsync("trigger-adopted", new { trigger = "long-work", version = 1 });
        await ash.SayAsync("pact-opened", new { pact = "pause", title = Script, text = Image, trainingFlopAbove = 1e26, allowed = new[] { Image }, trigger = "long-work", noticeDays = 0, cureDays = 10, withdrawalDays = 30 });
        await ash.SayAsync("commitment", new { pact = "pause", condition = "all of birch and at least 60% of accounted compute" });
        await birch.SayAsync("commitment", new { pact = "pause", condition = "all of ash" });
        await cedar.SayAsync("commitment", new { pact = "pause", condition = $"all of {string.Join(", ", names)}" });
        await seat.SayAsync("trigger-proposed", new { trigger = "second", rationale = "a second look", text = """
            trigger "Second" version 1
              pause when frontier horizon(80%) > 8 h
              release when panel votes release
            """ });
        await ash.SayAsync("pact-opened", new { pact = "later", title = "Later", text = "nothing yet", allowed = Array.Empty<string>(), trigger = "second", noticeDays = 7, cureDays = 7, withdrawalDays = 7, maximumDays = 90 });
        foreach (var (model, released, p50, low, high, censoring) in new (string, string, double, double?, double?, string)[]
        {
            ("small", "2023-03-14", 4, 2, 8, "none"),
            (Image, "2024-06-20", 20, 10, 40, "none"),
            ("beside", "2024-09-01", 5, 3, 9, "none"),
            (Long, "2025-06-01", 100, 60, 180, "none"),
            ("best", "2026-01-15", 960, null, null, "at-least"),
        })
        {
            await fern.SayAsync("capability-result", new { source = "fern-suite", citation = Image, model, released, p50Minutes = p50, p50Low = low, p50High = high, censoring, supportMinutes = 1800 });
        }

        await fern.SayAsync("indicator-report", new { source = "fern-suite", citation = Image, lab = "ash", indicator = "ai-authored code share", measured = "2026-02-01", value = 0.8, low = 0.7, high = 0.88, censoring = "none" });
        await cedar.SayAsync("allegation", new { allegation = "big-run", pact = "pause", accused = "ash", text = Image, evidence = Array.Empty<string>() });
        await gorse.SayAsync("ruling", new { allegation = "big-run", decision = "upheld", text = Script });
        await birch.SayAsync("withdrawal", new { pact = "pause", reason = Script });
        await birch.SayAsync("heartbeat", new { note = Turned });
        await birch.SayUnknownAsync();
        await seat.SayAsync("trigger-proposed", new { trigger = "long-work", rationale = "stricter", text = """
            trigger "Long work" version 2
              pause when frontier horizon(50%) > 30 min with confidence 80%
              release when panel votes release
            """ });
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
        {
            await started.DisposeAsync();
        }
    }

    /// <summary>A page as a browser gets it.</summary>
    public async Task<Html> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return await Html.ReadAsync(response);
    }

    internal static JsonElement Parse(string json) => JsonElement.Parse(json);
}
