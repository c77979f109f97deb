namespace Standstill.Testing;

/// <summary>A story with every kind of statement: three labs and a cloud, a trigger, a pact, a breach, a withdrawal, a release.</summary>
public static class PactStory
{
    /// <summary>A trigger whose pause level asks for a frontier horizon above 8 h.</summary>
    public const string Trigger = """
        trigger "Long work" version 1
          watch   when frontier horizon(50%) > 1 h with confidence 80%
          pause   when frontier horizon(50%) > 8 h with confidence 80%
          release when panel votes release
          evidence from at least 1 independent evaluator, none older than 365 days
          undetermined holds the last verdict
        """;

    /// <summary>Parties, accounts, an adopted trigger and an open pact without commitments.</summary>
    public static Scenario Founded()
    {
        var story = new Scenario();
        foreach (var lab in new[] { "ash", "birch", "cedar" })
        {
            story.Enrol(lab, "lab");
        }

        story.Enrol("elm", "cloud").Enrol("fern", "evaluator").Enrol("gorse", "inspector")
            .Enrol("hazel", "panel-member", "research").Enrol("ivy", "panel-member", "research").Enrol("juniper", "panel-member", "policy");
        foreach (var (party, count) in new[] { ("ash", 500), ("birch", 300), ("cedar", 150), ("elm", 50) })
        {
            story.Tell(party + ".key", "facility", new { facility = "hall", title = "Hall", jurisdiction = "nowhere", powerMegawatts = 10 })
                .Tell(party + ".key", "inventory", new { facility = "hall", counted = "2025-01-01", accelerators = new[] { new { accelerator = "H100", count, peakFlopPerSecond = 1e15 } } });
        }

        return story
            .Tell("hazel.key", "trigger-proposed", new { trigger = "long-work", text = Trigger, rationale = "sample" })
            .Tell("hazel.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "adopt" })
            .Tell("ivy.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "adopt" })
            .Tell("juniper.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "adopt" })
            .Tell("juniper.key", "trigger-adopted", new { trigger = "long-work", version = 1 })
            .Tell("ash.key", "pact-opened", new
            {
                pact = "pause",
                title = "Pause",
                text = "large runs stop",
                trainingFlopAbove = 1e26,
                allowed = new[] { "inference" },
                trigger = "long-work",
                noticeDays = 14,
                cureDays = 21,
                withdrawalDays = 30,
            });
    }

    /// <summary>Three labs bound together: ash and birch on one another, cedar on both.</summary>
    public static Scenario Armed() => Founded()
        .Tell("ash.key", "commitment", new { pact = "pause", condition = "all of birch and at least 60% of accounted compute" })
        .Tell("cedar.key", "commitment", new { pact = "pause", condition = "all of ash, birch" })
        .Tell("birch.key", "commitment", new { pact = "pause", condition = "at least 1 of ash, cedar" });

    /// <summary>A horizon of 12 h is published: the pact is called.</summary>
    public static Scenario Called() => Report(Armed(), "model-x", 720, 600, 900);

    /// <summary>Notice has run: the pause is in force.</summary>
    public static Scenario InForce()
    {
        var story = Called().WaitDays(15);
        Scenario.Expect(story.Tick());
        return story;
    }

    /// <summary>The whole story: a breach by cedar, a withdrawal, and the release by the panel.</summary>
    public static Scenario Told()
    {
        var story = InForce()
            .Tell("cedar.key", "run-declared", new { run = "big", facility = "hall", purpose = "pretraining", plannedFlop = 3e26, starts = "2025-02-01" })
            .Tell("cedar.key", "run-updated", new { run = "big", flopSoFar = 1e25, note = "going on" })
            .Tell("birch.key", "allegation", new { allegation = "big-run", pact = "pause", accused = "cedar", text = "it trains", evidence = Array.Empty<object>() })
            .Tell("gorse.key", "ruling", new { allegation = "big-run", decision = "upheld", text = "it does" })
            .WaitDays(22);
        Scenario.Expect(story.Tick());
        return story
            .Tell("cedar.key", "run-closed", new { run = "big", totalFlop = 2e25, ended = "2025-02-20" })
            .Tell("fern.key", "indicator-report", new { source = "fern", citation = "sample", lab = "ash", indicator = "ai-authored code share", measured = "2025-01-10", value = 0.8, low = 0.7, high = 0.9, censoring = "none" })
            .Tell("ash.key", "heartbeat", new { note = "all well" })
            .Tell("ash.key", "withdrawal", new { pact = "pause", reason = "sample" })
            .Tell("birch.key", "release", new { pact = "pause", reason = "sample" })
            .Tell("hazel.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "release" })
            .Tell("ivy.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "release" })
            .Tell("juniper.key", "trigger-voted", new { trigger = "long-work", version = 1, choice = "release" });
    }

    /// <summary>The evaluator reports a 50 % horizon in minutes.</summary>
    public static Scenario Report(Scenario story, string model, double p50, double low, double high) => story.Tell("fern.key", "capability-result", new
    {
        source = "fern",
        citation = "sample",
        model,
        released = $"{story.Clock:yyyy-MM-dd}",
        p50Minutes = p50,
        p50Low = low,
        p50High = high,
        censoring = "none",
    });
}
