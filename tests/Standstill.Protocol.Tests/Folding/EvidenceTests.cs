using Standstill.Protocol.Triggers;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Folding;

/// <summary>What evidence of both versions does to the world.</summary>
public sealed class EvidenceTests
{
    private static object Horizon(double? p80Low, double? p80High, string model = "m") => new
    {
        source = "fern",
        citation = "c",
        model,
        released = "2024-12-01",
        p50Minutes = 300,
        p50Low = 200,
        p50High = 500,
        p80Minutes = 120,
        p80Low,
        p80High,
        censoring = "none",
        supportMinutes = 960,
        method = "published",
    };

    private static object Share(double agreement, string allowance = "not-in-limits") => new
    {
        source = "fern",
        citation = "c",
        lab = "ash",
        indicator = "ai-authored code share",
        unit = "fraction",
        measured = "2024-12-31",
        value = 0.9,
        low = 0.88,
        high = 0.92,
        censoring = "none",
        raters = new { count = 2, exactAgreement = agreement, allowance },
    };

    private static Verdict Warn(Scenario story) => story.World.Triggers.Values.Single(t => t.Id.Value == "evidence").Levels.Single(l => l.Level == TriggerLevel.Warn).Raw;

    [Fact]
    public void A_trigger_on_the_80_percent_horizon_with_confidence_is_met_once_its_limits_are_stated()
    {
        // The trigger warns when `frontier horizon(80%) > 1 h with confidence 80%`. The first version cannot say that.
        var first = EvidenceStory.Founded().Tell("fern.key", "capability-result", Horizon(null, null));
        Assert.Equal(Verdict.Undetermined, Warn(first));

        var second = EvidenceStory.Founded().Tell("fern.key", "capability-result-v2", Horizon(80, 200));
        Assert.Equal(Verdict.Met, Warn(second));
    }

    [Fact]
    public void Limits_that_reach_across_the_threshold_leave_it_unmet()
    {
        // z = ln(120/60) / (ln(120/20)/1.96) = 0.758, so that the chance of more than an hour is 78 %: below the 80 % asked for. The
        // other arm of the level needs a trend, which one model does not give.
        var wide = EvidenceStory.Founded().Tell("fern.key", "capability-result-v2", Horizon(20, 400));
        var compared = (Explanation.Combined)wide.World.Explain(wide.World.Triggers.Values.Single(t => t.Id.Value == "evidence"))
            .Levels.Single(l => l.Level == TriggerLevel.Warn).Explanation;

        var horizon = (Explanation.Compared)compared.Parts[0];
        Assert.Equal(Verdict.NotMet, horizon.Verdict);
        Assert.Equal(0.7758, horizon.Probability!.Value.Low.Value, 0.04);
        Assert.Equal(horizon.Probability.Value.Low, horizon.Probability.Value.High);
    }

    [Fact]
    public void Without_limits_the_second_version_decides_no_more_than_the_first() =>
        Assert.Equal(Verdict.Undetermined, Warn(EvidenceStory.Founded().Tell("fern.key", "capability-result-v2", Horizon(null, null))));

    [Fact]
    public void The_world_document_says_how_a_horizon_came_about_and_the_first_version_is_written_as_it_was()
    {
        var story = EvidenceStory.Founded()
            .Tell("fern.key", "capability-result", Horizon(null, null, "first"))
            .Tell("fern.key", "capability-result-v2", Horizon(80, 200, "second"));
        var horizons = WorldDocument.Write(story.World)["horizons"]!.AsArray().ToDictionary(h => h!["model"]!.GetValue<string>(), h => h!.AsObject());

        string[] firstVersion = ["entry", "evaluator", "source", "model", "released", "p50Minutes", "p50Low", "p50High", "p80Minutes", "censoring", "supportMinutes"];
        Assert.Equal(firstVersion, horizons["first"].Select(f => f.Key));
        Assert.Equal([.. firstVersion, "p80Low", "p80High", "supportShare", "method", "runs", "settings"], horizons["second"].Select(f => f.Key));
        Assert.Equal("published", horizons["second"]["method"]!.GetValue<string>());
        Assert.Equal(80, horizons["second"]["p80Low"]!.GetValue<double>());
    }

    [Fact]
    public void The_rules_of_the_first_version_hold_for_the_second()
    {
        var story = EvidenceStory.Founded().Tell("fern.key", "capability-result-v2", Horizon(80, 200));
        var early = new { source = "fern", citation = "c", model = "n", released = "2099-01-01", p50Minutes = 1, censoring = "none", method = "published" };
        var foreign = early with { source = "other", released = "2024-01-01" };

        RegistryTests.Refused(story.Say("fern.key", "capability-result-v2", early), "body.released: lies in the future");
        RegistryTests.Refused(story.Say("fern.key", "capability-result-v2", foreign), "`fern` reports under `fern`");
        RegistryTests.Refused(
            story.Say("ash.key", "indicator-report-v2", new { source = "ash", citation = "c", lab = "birch", indicator = "largest training run", unit = "FLOP", measured = "2024-12-31", value = 1e26, censoring = "none" }),
            "a lab reports on itself alone");
        Assert.Equal(VoidReason.NotPermitted, Assert.IsType<Outcome.Void>(story.Say("ash.key", "capability-result-v2", Horizon(80, 200))).Reason);
    }

    [Fact]
    public void A_later_statement_of_either_version_replaces_the_earlier()
    {
        var story = EvidenceStory.Founded().Tell("fern.key", "capability-result", Horizon(null, null)).Tell("fern.key", "capability-result-v2", Horizon(80, 200));
        Assert.NotNull(Assert.Single(story.World.Horizons.Values).Claim);

        story.Tell("fern.key", "capability-result", Horizon(null, null));
        Assert.Null(Assert.Single(story.World.Horizons.Values).Claim);
    }

    [Fact]
    public void Compute_is_on_record_in_its_own_unit()
    {
        var story = EvidenceStory.Founded().Tell("ash.key", "indicator-report-v2", new
        {
            source = "ash",
            citation = "c",
            lab = "ash",
            indicator = "largest training run",
            unit = "FLOP",
            measured = "2024-12-31",
            value = 5e26,
            low = 2e26,
            high = 1e27,
            censoring = "none",
            note = "pretraining",
        });
        var written = WorldDocument.Write(story.World)["indicators"]![0]!.AsObject();

        Assert.Equal(
            ["entry", "evaluator", "source", "lab", "indicator", "measured", "value", "low", "high", "censoring", "unit", "raters", "note"], written.Select(f => f.Key));
        Assert.Equal(("FLOP", 5e26, "pretraining"), (written["unit"]!.GetValue<string>(), written["value"]!.GetValue<double>(), written["note"]!.GetValue<string>()));
        Assert.Null(written["raters"]);
        Assert.Equal(5e26, Assert.Single(story.World.Evidence.Indicators).Figure.PointEstimate);
    }

    [Fact]
    public void Raters_who_disagree_leave_a_share_open_and_raters_who_agree_do_not()
    {
        Verdict Pause(object report) => Level(EvidenceStory.Founded().Tell("fern.key", "indicator-report-v2", report));

        // The trigger asks for a share of at least 70 %: 90 % less what 59 % agreement leaves in doubt could be 49 %.
        Assert.Equal(Verdict.Undetermined, Pause(Share(0.59)));
        Assert.Equal(Verdict.Met, Pause(Share(0.95)));
        Assert.Equal(Verdict.Met, Pause(Share(0.59, "in-limits")));

        static Verdict Level(Scenario story)
        {
            var trigger = TriggerParser.Parse(
                "trigger \"T\" version 1 watch when ai-authored code share >= 70% at 1 or more labs").OrThrow();
            return TriggerEvaluator.Evaluate(
                trigger, story.World.Evidence, panelVotesRelease: false, story.World.Now, TriggerMemory.Empty).Levels.Single().Raw;
        }
    }

    [Fact]
    public void A_report_on_what_no_trigger_can_ask_changes_no_verdict()
    {
        var story = EvidenceStory.Told();
        string Levels() => WorldDocument.Write(story.World)["triggers"]!.ToJsonString();
        var before = Levels();

        story.Tell("fern.key", "indicator-report-v2", new
        {
            source = "fern",
            citation = "c",
            lab = "cedar",
            indicator = "compute in operation",
            unit = "H100e",
            measured = "2024-12-31",
            low = 1e5,
            high = 3e5,
            censoring = "none",
        });

        Assert.Equal(before, Levels());
    }

    [Fact]
    public void A_text_that_asks_for_an_indicator_of_the_second_version_is_refused_as_it_always_was() =>
        Assert.NotEmpty(TriggerParser.Parse("trigger \"T\" version 1 watch when largest training run >= 2x at 1 or more labs").Faults);
}
