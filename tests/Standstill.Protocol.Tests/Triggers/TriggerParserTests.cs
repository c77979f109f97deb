using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

public static class TriggerParserTests
{
    private const string Design = """
        trigger "Self-improvement" version 1
          watch   when frontier horizon(50%) > 8 h with confidence 80%
          warn    when doubling time of frontier horizon(50%) < 90 days with confidence 80% sustained for 60 days
          pause   when frontier horizon(80%) > 40 h with confidence 90%
                  or (ai-authored code share >= 95% and research speed-up >= 2x) at 2 or more labs
          release when panel votes release
          evidence from at least 2 independent evaluators, none older than 120 days
        """;

    private static readonly string Approved = Path.Combine(AppContext.BaseDirectory, "testdata", "triggers", "errors.txt");

    /// <summary>Texts that are refused, each with what is said: blocks of `&lt;&lt;&lt;`, text, `---`, faults.</summary>
    public static TheoryData<string, string> Refused
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var block in File.ReadAllText(Approved).ReplaceLineEndings("\n").Split("<<<\n").Skip(1))
            {
                var parts = block.Split("---\n");
                cases.Add(parts[0].TrimEnd('\n'), parts[1].TrimEnd('\n'));
            }

            return cases;
        }
    }

    [Fact]
    public static void The_example_of_the_design_is_read_part_by_part()
    {
        var trigger = TriggerParser.Parse(Design).OrThrow();

        var share = new Condition.Compare(
            new Indicator.OfLab(IndicatorKind.Find("ai-authored code share")!), Comparison.AtLeast, new Quantity(95, ThresholdUnit.Percent), null, null);
        var speed = new Condition.Compare(
            new Indicator.OfLab(IndicatorKind.Find("research speed-up")!), Comparison.AtLeast, new Quantity(2, ThresholdUnit.Times), null, null);
        var expected = new Trigger(
            "Self-improvement",
            1,
            [
                new(TriggerLevel.Watch, new Condition.Compare(
                    new Indicator.FrontierHorizon(50), Comparison.Above, new Quantity(8, ThresholdUnit.Hours), 80, null)),
                new(TriggerLevel.Warn, new Condition.Compare(
                    new Indicator.DoublingTime(null), Comparison.Below, new Quantity(90, ThresholdUnit.Days), 80, 60)),
                new(TriggerLevel.Pause, new Condition.Or(
                    [
                        new Condition.Compare(new Indicator.FrontierHorizon(80), Comparison.Above, new Quantity(40, ThresholdUnit.Hours), 90, null),
                        new Condition.AtLabs(2, new Condition.And([share, speed])),
                    ])),
                new(TriggerLevel.Release, new Condition.PanelVotesRelease()),
            ],
            new EvidenceClause(2, 120),
            WhenUndetermined.HoldsTheLastVerdict);
        Assert.Equal(expected, trigger);
    }

    [Fact]
    public static void The_canonical_text_of_the_example_is_the_example_with_its_default_written_out()
    {
        var text = TriggerFormatter.Format(TriggerParser.Parse(Design).OrThrow());

        Assert.Equal(Design + "\n  undetermined holds the last verdict", text);
    }

    [Fact]
    public static void Defaults_are_written_out()
    {
        var text = TriggerFormatter.Format(TriggerParser.Parse("trigger\"T\"version 7 pause when frontier horizon(50%)>=480.50 min").OrThrow());

        Assert.Equal(
            """
            trigger "T" version 7
              pause   when frontier horizon(50%) >= 480.5 min
              evidence from at least 1 independent evaluator
              undetermined holds the last verdict
            """,
            text);
    }

    [Theory]
    [InlineData("A or B and C", "A\n          or B and C")]
    [InlineData("(A or B) and C", "(A or B)\n          and C")]
    [InlineData("((A)) or (B or (C))", "A\n          or B\n          or C")]
    [InlineData("(A and B) and (C and A)", "A\n          and B\n          and C\n          and A")]
    [InlineData("(A and (B or C and (A or B))) or C", "A and (B or C and (A or B))\n          or C")]
    [InlineData("(L) at 1 or more labs", "L at 1 or more labs")]
    [InlineData("L at 1 or more labs or A", "L at 1 or more labs\n          or A")]
    [InlineData("(L or L and L) at 3 or more labs", "(L or L and L) at 3 or more labs")]
    public static void Parentheses_stand_only_where_they_are_needed(string condition, string canonical)
    {
        var text = TriggerFormatter.Format(TriggerParser.Parse("trigger \"T\" version 1 pause when " + Spelt(condition)).OrThrow());

        Assert.Contains("when " + Spelt(canonical) + "\n  evidence", text, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_comparison_that_stands_twice_is_two_comparisons()
    {
        var trigger = TriggerParser.Parse("trigger \"T\" version 1 pause when " + Spelt("A or A")).OrThrow();

        Assert.Equal(2, trigger.Levels[0].Condition.Atoms().Count());
    }

    [Theory]
    [InlineData("undetermined holds the last verdict", WhenUndetermined.HoldsTheLastVerdict)]
    [InlineData("undetermined counts as met", WhenUndetermined.CountsAsMet)]
    [InlineData("undetermined counts as not met", WhenUndetermined.CountsAsNotMet)]
    public static void Each_undetermined_clause_is_read(string clause, WhenUndetermined rule) =>
        Assert.Equal(rule, TriggerParser.Parse("trigger \"T\" version 1 watch when " + Spelt("A") + "\n" + clause).OrThrow().Undetermined);

    [Fact]
    public static void Every_indicator_of_the_list_can_be_compared_in_its_unit()
    {
        foreach (var kind in IndicatorKind.OfVersion1)
        {
            var unit = kind.Unit == "fraction" ? "%" : "x";
            var text = $"trigger \"T\" version 1 watch when {kind.Name} < 3{unit} at 1 or more labs";
            Assert.Equal(new Indicator.OfLab(kind), TriggerParser.Parse(text).OrThrow().Levels[0].Condition.Atoms().OfType<Condition.Compare>().Single().Indicator);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public static void Every_refusal_says_where_what_and_what_to_do(string text, string faults)
    {
        var said = string.Join('\n', TriggerParser.Parse(text).Faults);

        Assert.Equal(faults, said);
    }

    [Fact]
    public static void A_text_beyond_the_limit_is_refused_unread() =>
        Assert.Equal(
            "the text has 65536 characters; shorten it to at most 8192",
            TriggerParser.Parse(new string('(', 65536)).Faults.Single().ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public static void A_fault_cuts_no_character_in_half(int shift)
    {
        var said = TriggerParser.Parse("trigger \"T\" version \"" + new string('a', shift) + string.Concat(Enumerable.Repeat("🙂", 50)) + "\"").Faults.Single().Message;

        Assert.DoesNotContain(said.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public static void Sixty_four_comparisons_are_read_and_sixty_five_are_refused()
    {
        string Text(int count) => "trigger \"T\" version 1 watch when " + Spelt(string.Join(" or ", Enumerable.Repeat("A", count)));

        Assert.True(TriggerParser.Parse(Text(64)).IsGood);
        Assert.Equal(
            "line 1, column 2018: there are 65 comparisons; make do with 64", TriggerParser.Parse(Text(65)).Faults.Single().ToString());
    }

    [Fact]
    public static void Thirty_two_parentheses_are_read_and_thirty_three_are_refused()
    {
        string Text(int count) => "trigger \"T\" version 1 watch when " + new string('(', count) + Spelt("A") + new string(')', count);

        Assert.True(TriggerParser.Parse(Text(32)).IsGood);
        Assert.Equal(
            "line 1, column 66: the condition is nested too deeply; use at most 32 parentheses within one another",
            TriggerParser.Parse(Text(33)).Faults.Single().ToString());
    }

    [Fact]
    public static void Parentheses_side_by_side_are_not_nested()
    {
        var text = "trigger \"T\" version 1 watch when " + string.Join(" and ", Enumerable.Repeat("(" + Spelt("A") + ")", 40));

        Assert.True(TriggerParser.Parse(text).IsGood);
    }

    [Fact]
    public static void A_tree_that_breaks_a_rule_cannot_be_made()
    {
        var panel = new LevelClause(TriggerLevel.Pause, new Condition.PanelVotesRelease());

        Assert.Throws<ArgumentException>(() => new Trigger("T", 1, [panel], EvidenceClause.Default, WhenUndetermined.CountsAsMet));
        Assert.Throws<ArgumentException>(() => new Condition.And([new Condition.PanelVotesRelease()]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Indicator.FrontierHorizon(60));
    }

    [Fact]
    public static void The_thresholds_of_frontier_horizons_are_listed_in_minutes()
    {
        var thresholds = TriggerParser.Parse(Design).OrThrow().HorizonThresholds();

        Assert.Equal(
            [(TriggerLevel.Watch, 0.5, Comparison.Above, 480.0), (TriggerLevel.Pause, 0.8, Comparison.Above, 2400.0)],
            thresholds.Select(line => (line.Level, line.Success.Value, line.Comparison, line.Length.Value)));
        Assert.Equal("frontier horizon(80%) > 40 h with confidence 90%", thresholds[1].Clause);
    }

    private static string Spelt(string condition) => string.Concat(condition.Select(letter => letter switch
    {
        'A' => "frontier horizon(50%) > 8 h",
        'B' => "frontier horizon(80%) > 8 h",
        'C' => "doubling time of frontier horizon(50%) since 2023-01-01 < 1 day",
        'L' => "research led by ai > 50%",
        _ => letter.ToString(),
    }));
}
