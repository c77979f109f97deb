using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

public static class TriggerEvaluatorTests
{
    private const string Frontier = "frontier horizon(50%) > 8 h with confidence 80%";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Yesterday = new(2026, 2, 28);

    /// <summary>How often each verdict of two clauses gives each verdict of their joining (Kleene 1952, § 64).</summary>
    public static TheoryData<Verdict, Verdict, Verdict, Verdict> Kleene => new()
    {
        { Verdict.NotMet, Verdict.NotMet, Verdict.NotMet, Verdict.NotMet },
        { Verdict.NotMet, Verdict.Undetermined, Verdict.NotMet, Verdict.Undetermined },
        { Verdict.NotMet, Verdict.Met, Verdict.NotMet, Verdict.Met },
        { Verdict.Undetermined, Verdict.NotMet, Verdict.NotMet, Verdict.Undetermined },
        { Verdict.Undetermined, Verdict.Undetermined, Verdict.Undetermined, Verdict.Undetermined },
        { Verdict.Undetermined, Verdict.Met, Verdict.Undetermined, Verdict.Met },
        { Verdict.Met, Verdict.NotMet, Verdict.NotMet, Verdict.Met },
        { Verdict.Met, Verdict.Undetermined, Verdict.Undetermined, Verdict.Met },
        { Verdict.Met, Verdict.Met, Verdict.Met, Verdict.Met },
    };

    private static TriggerEvaluation Evaluate(
        string levels, Evidence evidence, DateTimeOffset? asOf = null, TriggerMemory? memory = null, bool release = false) =>
        TriggerEvaluator.Evaluate(
            TriggerParser.Parse("trigger \"T\" version 1 " + levels).OrThrow(), evidence, release, asOf ?? Noon, memory ?? TriggerMemory.Empty);

    private static LevelFinding Watch(string condition, Evidence evidence) => Evaluate("watch when " + condition, evidence).Levels.Single();

    private static Evidence Of(params ImmutableArray<FrontierSource> sources) => new(sources, []);

    private static Evidence Of(params ImmutableArray<IndicatorEvidence> reports) => new([], reports);

    private static IndicatorEvidence Speed(string lab, double value, string source = "survey", Censoring censoring = Censoring.None) => new(
        new EntryIndex(7), new PartyId("evaluator"), source, new PartyId(lab), IndicatorKind.Find("research speed-up")!, Yesterday,
        IndicatorDistribution.FromPublished(value, null, null, censoring, Scale.Ratio));

    /// <summary>A clause of a given verdict, on the evidence of <see cref="Kleene"/>'s test.</summary>
    private static string Clause(Verdict verdict) => verdict switch
    {
        Verdict.Met => "frontier horizon(50%) > 1 h",
        Verdict.NotMet => "frontier horizon(50%) > 100 h",
        _ => "frontier horizon(80%) > 1 h",
    };

    [Theory]
    [MemberData(nameof(Kleene))]
    public static void Clauses_join_by_Kleenes_strong_tables(Verdict left, Verdict right, Verdict both, Verdict either)
    {
        var evidence = Of(Generated.Source("a", Yesterday, 600, 1.1));

        Assert.Equal(both, Watch($"{Clause(left)} and {Clause(right)}", evidence).Raw);
        Assert.Equal(either, Watch($"{Clause(left)} or {Clause(right)}", evidence).Raw);
    }

    [Fact]
    public static void Nothing_on_record_is_no_evidence()
    {
        Assert.IsType<Reason.NoEvidence>(Watch(Frontier, Evidence.None).Explanation.Reason);
        Assert.IsType<Reason.NoEvidence>(Watch("research speed-up > 2x at 1 or more labs", Evidence.None).Explanation.Reason);
        Assert.Equal(Verdict.Undetermined, Watch("research speed-up > 2x at 1 or more labs", Evidence.None).Raw);
        Assert.IsType<Reason.NoEvidence>(Watch("frontier horizon(80%) > 1 h", Of(Generated.Source("a", Yesterday, 600, 2))).Explanation.Reason);
    }

    [Fact]
    public static void A_source_is_too_old_from_the_first_moment_after_its_days()
    {
        const string text = "watch when frontier horizon(50%) > 1 h evidence from at least 1 independent evaluator, none older than 10 days";
        var evidence = Of(Generated.Source("a", Yesterday, 600, 2));
        var last = new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

        var fresh = Evaluate(text, evidence, last);
        var old = Evaluate(text, evidence, last.AddTicks(1), fresh.Memory);

        Assert.Equal(Verdict.Met, fresh.Levels[0].Raw);
        Assert.Equal(last.AddTicks(1), fresh.NextChange);
        var reason = Assert.IsType<Reason.TooOld>(old.Levels[0].Explanation.Reason);
        Assert.Equal([new StaleSource("a", last.AddTicks(1))], reason.Sources);
        Assert.Equal("too old: `a` since 2026-03-10", reason.Text);
        Assert.Null(old.NextChange);
    }

    [Fact]
    public static void Too_few_sources_says_how_many_are_missing()
    {
        var evidence = Of(Generated.Source("a", Yesterday, 6000, 1.1), Generated.Source("b", new DateOnly(2025, 1, 1), 6000, 1.1));

        var finding = Watch(Frontier + " evidence from at least 2 independent evaluators, none older than 30 days", evidence);

        Assert.Equal((Verdict.Undetermined, "1 of 2 independent sources; missing 1"), (finding.Raw, finding.Explanation.Reason.Text));
    }

    [Fact]
    public static void One_source_relayed_twice_is_one_source()
    {
        var evidence = Of(Speed("ash", 3), Speed("ash", 3));

        var labs = (Explanation.Labs)Watch(
            "research speed-up > 2x at 1 or more labs evidence from at least 2 independent evaluators", evidence).Explanation;

        Assert.IsType<Reason.TooFewSources>(labs.Findings.Single().Explanation.Reason);
    }

    [Fact]
    public static void Sources_that_disagree_leave_it_undetermined()
    {
        var evidence = Of(Generated.Source("a", Yesterday, 6000, 1.1), Generated.Source("b", Yesterday, 60, 1.1));

        var finding = Watch(Frontier, evidence);

        Assert.Equal((Verdict.Undetermined, "sources disagree: met by `a`, not met by `b`"), (finding.Raw, finding.Explanation.Reason.Text));
        var probability = ((Explanation.Compared)finding.Explanation).Probability!.Value;
        Assert.Equal((0, 1), (probability.Low.Value, probability.High.Value));
        Assert.IsType<Reason.SourcesDisagree>(Watch("frontier horizon(50%) > 8 h", evidence).Explanation.Reason);
    }

    [Fact]
    public static void A_bound_settles_what_lies_on_its_side_only()
    {
        var evidence = Of(Generated.Source("a", Yesterday, 960, null, censoring: Censoring.AtLeast));

        Assert.Equal(Verdict.Met, Watch("frontier horizon(50%) > 8 h", evidence).Raw);
        Assert.Equal(Verdict.Met, Watch("frontier horizon(50%) >= 16 h", evidence).Raw);
        Assert.IsType<Reason.OnlyABound>(Watch("frontier horizon(50%) > 16 h", evidence).Explanation.Reason);
        Assert.IsType<Reason.OnlyABound>(Watch("frontier horizon(50%) < 40 h", evidence).Explanation.Reason);
        Assert.Equal(Verdict.NotMet, Watch("frontier horizon(50%) < 8 h", evidence).Raw);
        Assert.Equal(Verdict.Met, Watch(Frontier, evidence).Raw);
        Assert.IsType<Reason.OnlyABound>(Watch("frontier horizon(50%) > 20 h with confidence 80%", evidence).Explanation.Reason);
    }

    [Fact]
    public static void A_figure_without_interval_says_nothing_with_confidence_and_something_without()
    {
        var evidence = Of(Generated.Source("a", Yesterday, 6000, 1.1), Generated.Source("b", Yesterday, 6000, null));

        var finding = Watch(Frontier, evidence);

        Assert.Equal((Verdict.Undetermined, "no interval published: `b`"), (finding.Raw, finding.Explanation.Reason.Text));
        Assert.Equal(Verdict.Met, Watch("frontier horizon(50%) > 8 h", evidence).Raw);
    }

    [Fact]
    public static void One_model_makes_no_trend()
    {
        var finding = Watch("doubling time of frontier horizon(50%) < 90 days", Of(Generated.Source("a", Yesterday, 600, 2)));

        Assert.Equal((Verdict.Undetermined, "too few models for a trend: `a`"), (finding.Raw, finding.Explanation.Reason.Text));
    }

    [Theory]
    [InlineData(1, Verdict.Met)]
    [InlineData(2, Verdict.Undetermined)]
    [InlineData(3, Verdict.NotMet)]
    public static void Labs_are_counted_with_the_open_ones_open(int count, Verdict verdict)
    {
        var evidence = Of(Speed("ash", 3), Speed("birch", 1, censoring: Censoring.AtLeast), Speed("cedar", 1), Speed("dogwood", 1.5));

        Assert.Equal(verdict, Watch($"research speed-up > 2x at {count} or more labs", evidence).Raw);
    }

    [Fact]
    public static void Labs_that_nobody_reports_on_are_not_taken_for_not_met()
    {
        var finding = Watch("research speed-up > 2x at 3 or more labs", Of(Speed("ash", 3), Speed("birch", 3)));

        Assert.Equal((Verdict.Undetermined, "evidence of 2 of 3 labs; missing 1"), (finding.Raw, finding.Explanation.Reason.Text));
    }

    [Fact]
    public static void A_condition_on_labs_is_one_on_the_same_lab()
    {
        var share = Speed("birch", 0.99) with { Kind = IndicatorKind.Find("ai-authored code share")! };
        var low = Speed("ash", 0.1) with { Kind = share.Kind };

        var finding = Watch(
            "(ai-authored code share >= 95% and research speed-up >= 2x) at 1 or more labs", Of(Speed("ash", 3), Speed("birch", 1), share, low));

        Assert.Equal(Verdict.NotMet, finding.Raw);
    }

    [Fact]
    public static void The_strict_and_the_other_comparison_part_at_a_bare_figure()
    {
        Assert.Equal(Verdict.Met, Watch("research speed-up >= 2x at 1 or more labs", Of(Speed("ash", 2))).Raw);
        Assert.Equal(Verdict.NotMet, Watch("research speed-up > 2x at 1 or more labs", Of(Speed("ash", 2))).Raw);
        Assert.Equal(Verdict.Met, Watch("research speed-up <= 2x at 1 or more labs", Of(Speed("ash", 2))).Raw);
        Assert.Equal(Verdict.NotMet, Watch("research speed-up < 2x at 1 or more labs", Of(Speed("ash", 2))).Raw);
    }

    [Theory]
    [InlineData(">= 2x with confidence 80%", Verdict.Met)]
    [InlineData(">= 2x with confidence 80.000001%", Verdict.NotMet)]
    [InlineData("> 2x with confidence 80%", Verdict.NotMet)]
    [InlineData("<= 2x with confidence 60%", Verdict.Met)]
    [InlineData("< 2x with confidence 60%", Verdict.NotMet)]
    public static void A_confidence_is_reached_at_exactly_its_share_of_the_draws(string comparison, Verdict verdict)
    {
        var report = Speed("ash", 2) with { Figure = IndicatorDistribution.FromDraws([1, 2, 2, 3, 3], 2, hasInterval: true) };

        Assert.Equal(verdict, Watch($"research speed-up {comparison} at 1 or more labs", Of(report)).Raw);
    }

    [Theory]
    [InlineData("holds the last verdict", Verdict.Met, Verdict.Undetermined)]
    [InlineData("counts as met", Verdict.Met, Verdict.Met)]
    [InlineData("counts as not met", Verdict.NotMet, Verdict.NotMet)]
    public static void What_undetermined_counts_as_is_said_by_the_trigger(string rule, Verdict afterMet, Verdict afterNothing)
    {
        var text = $"watch when {Frontier} undetermined {rule}";
        var met = Evaluate(text, Of(Generated.Source("a", Yesterday, 6000, 1.1)));

        Assert.Equal((Verdict.Met, Verdict.Met), (met.Levels[0].Raw, met.Levels[0].Effective));
        Assert.Equal(afterMet, Evaluate(text, Evidence.None, memory: met.Memory).Levels[0].Effective);
        Assert.Equal(afterNothing, Evaluate(text, Evidence.None).Levels[0].Effective);
        Assert.Equal(Verdict.Undetermined, Evaluate(text, Evidence.None, memory: met.Memory).Levels[0].Raw);
    }

    [Fact]
    public static void The_panel_is_asked_for_release()
    {
        const string text = "watch when frontier horizon(50%) > 8 h release when panel votes release";

        Assert.Equal(Verdict.NotMet, Evaluate(text, Evidence.None).Of(TriggerLevel.Release)!.Raw);
        Assert.Equal(Verdict.Met, Evaluate(text, Evidence.None, release: true).Of(TriggerLevel.Release)!.Raw);
        Assert.Null(Evaluate(text, Evidence.None).Of(TriggerLevel.Pause));
    }

    [Fact]
    public static void What_must_last_is_met_at_the_moment_it_has_lasted()
    {
        const string text = "watch when frontier horizon(50%) > 1 h sustained for 60 days";
        var evidence = Of(Generated.Source("a", Yesterday, 600, 2));

        var first = Evaluate(text, evidence);
        var before = Evaluate(text, evidence, Noon.AddDays(60).AddTicks(-1), first.Memory);
        var then = Evaluate(text, evidence, Noon.AddDays(60), before.Memory);

        Assert.Equal(Verdict.NotMet, first.Levels[0].Raw);
        Assert.Equal(new Reason.NotYetSustained(Noon.AddDays(60)), first.Levels[0].Explanation.Reason);
        Assert.Equal(Noon.AddDays(60), first.NextChange);
        Assert.Equal(Verdict.NotMet, before.Levels[0].Raw);
        Assert.Equal(Verdict.Met, then.Levels[0].Raw);
        Assert.Null(then.NextChange);
    }

    [Fact]
    public static void A_gap_in_the_evidence_neither_advances_nor_ends_what_must_last()
    {
        const string text = "watch when frontier horizon(50%) > 1 h sustained for 60 days";
        var evidence = Of(Generated.Source("a", Yesterday, 600, 2));

        var first = Evaluate(text, evidence);
        var gap = Evaluate(text, Evidence.None, Noon.AddDays(59), first.Memory);
        var later = Evaluate(text, Evidence.None, Noon.AddDays(80), gap.Memory);
        var again = Evaluate(text, evidence, Noon.AddDays(100), later.Memory);

        Assert.Equal(Verdict.Undetermined, gap.Levels[0].Raw);
        Assert.Equal(Verdict.NotMet, again.Levels[0].Raw);
        Assert.Equal(Noon.AddDays(101), again.NextChange);
        Assert.Equal(Verdict.Met, Evaluate(text, evidence, Noon.AddDays(101), again.Memory).Levels[0].Raw);
    }

    [Fact]
    public static void A_moment_of_not_met_starts_what_must_last_anew()
    {
        const string text = "watch when frontier horizon(50%) > 1 h sustained for 60 days";
        var evidence = Of(Generated.Source("a", Yesterday, 600, 2));

        var first = Evaluate(text, evidence);
        var down = Evaluate(text, Of(Generated.Source("a", Yesterday, 6, 2)), Noon.AddDays(59), first.Memory);
        var again = Evaluate(text, evidence, Noon.AddDays(60), down.Memory);

        Assert.Empty(down.Memory.Runs);
        Assert.Equal(Noon.AddDays(120), again.NextChange);
    }

    [Fact]
    public static void Equal_clauses_of_different_labs_last_each_for_itself()
    {
        const string text = "watch when research speed-up > 2x sustained for 10 days at 2 or more labs";

        var first = Evaluate(text, Of(Speed("ash", 3), Speed("birch", 1)));
        var second = Evaluate(text, Of(Speed("ash", 3), Speed("birch", 3)), Noon.AddDays(5), first.Memory);
        var third = Evaluate(text, Of(Speed("ash", 3), Speed("birch", 3)), Noon.AddDays(10), second.Memory);

        Assert.Equal(Noon.AddDays(10), second.NextChange);
        Assert.Equal(Verdict.NotMet, third.Levels[0].Raw);
        Assert.Equal(Noon.AddDays(15), third.NextChange);
    }

    [Fact]
    public static void Time_that_goes_back_is_a_mistake_of_the_caller()
    {
        const string text = "watch when frontier horizon(50%) > 1 h sustained for 60 days";
        var evidence = Of(Generated.Source("a", Yesterday, 600, 2));
        var first = Evaluate(text, evidence);

        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(text, evidence, Noon.AddTicks(-1), first.Memory));
    }

    [Fact]
    public static void A_finding_explains_itself_down_to_the_entries()
    {
        var evidence = new Evidence(
            [Generated.Source("a", Yesterday, 600, null, p80: 120), Generated.Source("b", new DateOnly(2025, 10, 1), 60, 2)],
            [Speed("ash", 3), Speed("birch", 1, censoring: Censoring.AtLeast)]);

        var evaluation = Evaluate(
            """
            watch when frontier horizon(50%) > 8 h with confidence 80%
                    or frontier horizon(80%) > 1 h sustained for 30 days
                    or research speed-up >= 2x at 2 or more labs
              release when panel votes release
              evidence from at least 1 independent evaluator, none older than 90 days
              undetermined counts as met
            """,
            evidence);

        Assert.Equal(
            """
            watch: undetermined, counts as met
              frontier horizon(50%) > 8 h with confidence 80% or frontier horizon(80%) > 1 h sustained for 30 days or research speed-up >= 2x at 2 or more labs: undetermined
                frontier horizon(50%) > 8 h with confidence 80%: undetermined (no interval published: `a`)
                  probability 0 to 1, demanded 0.8
                  `a` of 2026-02-28, 1 day old, entry 1: point 10 h, no interval published
                  `b` of 2025-10-01, 151 days old, entry 1: too old since 2025-12-30
                frontier horizon(80%) > 1 h sustained for 30 days: not met (not yet sustained: until 2026-03-31 12:00:00Z if nothing changes)
                  shown met for 0 days
                  frontier horizon(80%) > 1 h: met
                    no confidence is demanded: point estimates are compared
                    `a` of 2026-02-28, 1 day old, entry 1: point 2 h, no interval published
                    `b` of 2025-10-01, 151 days old, entry 1: too old since 2025-12-30
                research speed-up >= 2x at 2 or more labs: undetermined
                  ash: research speed-up >= 2x: met
                    no confidence is demanded: point estimates are compared
                    `survey` of 2026-02-28, 1 day old, entry 7: point 3x, no interval published
                  birch: research speed-up >= 2x: undetermined (the figure is only a bound, and leaves it open)
                    no confidence is demanded: point estimates are compared
                    `survey` of 2026-02-28, 1 day old, entry 7: median at least 1x, 95 % limits 1x to no limit
            release: not met
              panel votes release: not met (the vote of the panel settles it)
            """,
            ExplanationText.Of(evaluation, Noon));
        Assert.Equal([new EntryIndex(1), new EntryIndex(7)], evaluation.Levels[0].Explanation.Entries);
    }
}
