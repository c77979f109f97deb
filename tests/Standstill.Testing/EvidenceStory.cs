namespace Standstill.Testing;

/// <summary>A story with every kind of evidence of the first version: horizons with and without limits and bounds, and each indicator
/// of a lab, before a trigger that watches them all.</summary>
public static class EvidenceStory
{
    /// <summary>A trigger on both horizons, the doubling time and two indicators, with and without confidence.</summary>
    public const string Trigger = """
        trigger "Evidence" version 1
          watch   when frontier horizon(80%) > 1 h
          warn    when frontier horizon(80%) > 1 h with confidence 80%
                  or doubling time of frontier horizon(50%) < 200 days with confidence 60%
          pause   when (ai-authored code share >= 70% and research speed-up >= 1.2x) at 1 or more labs
                  and frontier horizon(50%) > 2 h with confidence 80%
          evidence from at least 1 independent evaluator, none older than 2000 days
          undetermined holds the last verdict
        """;

    /// <summary>An adopted trigger and no evidence.</summary>
    public static Scenario Founded() => PactStory.Founded()
        .Tell("hazel.key", "trigger-proposed", new { trigger = "evidence", text = Trigger, rationale = "sample" })
        .Tell("hazel.key", "trigger-voted", new { trigger = "evidence", version = 1, choice = "adopt" })
        .Tell("ivy.key", "trigger-voted", new { trigger = "evidence", version = 1, choice = "adopt" })
        .Tell("juniper.key", "trigger-voted", new { trigger = "evidence", version = 1, choice = "adopt" })
        .Tell("juniper.key", "trigger-adopted", new { trigger = "evidence", version = 1 });

    /// <summary>The whole story.</summary>
    public static Scenario Told()
    {
        var story = Founded();
        foreach (var (model, released, p50, low, high, p80, censoring, support) in new (string, string, double, double?, double?, double?, string, double?)[]
        {
            ("alpha", "2023-03-14", 4, 2, 9, 1, "none", null),
            ("beta", "2024-05-13", 9.5, 5, 20, 2.5, "none", 960),
            ("gamma", "2024-09-12", 39, 20, 80, null, "none", 960),
            ("delta", "2024-12-05", 60, null, null, 12, "none", null),
            ("epsilon", "2024-12-20", 203, 114, 407, 38, "none", 960),
            ("zeta", "2024-12-24", 960, 400, 2000, 70, "at-least", 960),
            ("eta", "2024-12-28", 3, null, null, null, "at-most", null),
        })
        {
            story.Tell("fern.key", "capability-result", new
            {
                source = "fern",
                citation = "sample",
                model,
                released,
                p50Minutes = p50,
                p50Low = low,
                p50High = high,
                p80Minutes = p80,
                censoring,
                supportMinutes = support,
            });
        }

        foreach (var (indicator, value, low, high, censoring) in new (string, double, double?, double?, string)[]
        {
            ("ai-authored code share", 0.8, 0.7, 1, "none"),
            ("code per engineer", 8, null, null, "none"),
            ("research speed-up", 1.5, 1.1, 2.5, "none"),
            ("training speed-up", 52, null, null, "at-least"),
            ("staff productivity", 2, 1.3, 8, "none"),
            ("open-ended task success", 0.76, 0.6, 0.85, "none"),
            ("research led by ai", 0.26, null, null, "at-most"),
        })
        {
            story.Tell("fern.key", "indicator-report", new { source = "fern", citation = "sample", lab = "ash", indicator, measured = "2024-12-31", value, low, high, censoring });
        }

        return story
            .Tell("birch.key", "indicator-report", new { source = "birch", citation = "sample", lab = "birch", indicator = "code per engineer", measured = "2024-12-31", value = 3.0, censoring = "none" })
            .WaitDays(30)
            .Tell("ash.key", "heartbeat", new { note = "all well" });
    }

    /// <summary>The whole story, and then evidence of the second version: horizons with limits at both levels, relayed and computed, a
    /// range, an amount of compute, and shares whose raters disagree.</summary>
    public static Scenario ToldAgain()
    {
        var story = Told();
        story.Tell("fern.key", "capability-result-v2", new
        {
            source = "fern",
            citation = "sample",
            model = "theta",
            released = "2025-01-10",
            p50Minutes = 700,
            p50Low = 400,
            p50High = 1300,
            p80Minutes = 150,
            p80Low = 80,
            p80High = 300,
            censoring = "none",
            supportMinutes = 1900,
            supportShare = 0.04,
            method = "published",
        });
        story.Tell("fern.key", "capability-result-v2", new
        {
            source = "fern",
            citation = "sample",
            model = "epsilon",
            released = "2024-12-20",
            p50Minutes = 203,
            p50Low = 114,
            p50High = 407,
            p80Minutes = 38,
            p80Low = 20,
            p80High = 71,
            censoring = "none",
            supportMinutes = 960,
            supportShare = 0.2,
            method = "standstill-horizon-v1",
            runs = new { files = new[] { new { sha256 = new string('a', 64) } }, agent = "epsilon", count = 2000, families = 40, agentRuns = 400, agentTasks = 80 },
            settings = new { weighting = "equal-task", resampling = "hierarchical", lambda = 0.1, score = "continuous", alleged = "failed", fatal = "left-out", draws = 1000, seed = "sample" },
        });
        foreach (var (indicator, unit, value, low, high) in new (string, string, double?, double?, double?)[]
        {
            ("largest training run", "FLOP", 5e26, 2e26, 1e27),
            ("compute in operation", "H100e", 4e5, null, null),
            ("capability slope ratio", "ratio", null, 1.86, 4.3),
            ("better next step than human", "fraction", 0.64, null, null),
        })
        {
            story.Tell("fern.key", "indicator-report-v2", new { source = "fern", citation = "sample", lab = "ash", indicator, unit, measured = "2025-01-15", value, low, high, censoring = "none" });
        }

        return story.Tell("fern.key", "indicator-report-v2", new
        {
            source = "fern",
            citation = "sample",
            lab = "ash",
            indicator = "ai-authored code share",
            unit = "fraction",
            measured = "2025-01-20",
            value = 0.9,
            low = 0.85,
            high = 0.95,
            censoring = "none",
            raters = new { count = 2, exactAgreement = 0.9, allowance = "not-in-limits" },
            note = "sample",
        });
    }
}
