using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Numerics;
using Standstill.Protocol.Recomputation;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Tests.Recomputation;

public sealed class CapabilityRecomputationTests
{
    private static readonly IReadOnlyDictionary<string, AgentHorizon> Rows =
        CapabilityRecomputation.Fit(SampleRuns.Set, SampleRuns.Recipe, DrawLoops.InOrder).ToDictionary(row => row.Agent.Alias);

    private static JsonObject Body(string agent) =>
        CapabilityStatement.Of(Rows[agent], SampleRuns.Set, SampleRuns.Files, SampleRuns.Recipe, "fern", "sample").OrThrow();

    private static CapabilityResultV2Body Read(JsonObject body) =>
        (CapabilityResultV2Body)Fields.Read(JsonSerializer.SerializeToElement(body), "body", PredicateType.FindName("capability-result-v2")!.Shape).OrThrow();

    private static Recomputed Check(JsonObject body) => CapabilityRecomputation.Check(Read(body), SampleRuns.Set, SampleRuns.Files, DrawLoops.InOrder);

    [Fact]
    public void A_result_written_from_a_fit_is_computed_again_to_the_last_digit()
    {
        var agrees = Assert.IsType<Recomputed.Agrees>(Check(Body("between")));

        Assert.Equal(13, agrees.Figures);
    }

    [Fact]
    public void The_limits_of_both_horizons_hold_their_figures()
    {
        var figure = Read(Body("between")).Figure;

        Assert.Equal(Censoring.None, figure.Censoring);
        Assert.InRange(figure.P50.Value, figure.Limits95!.Value.Low.Value, figure.Limits95.Value.High.Value);
        Assert.InRange(figure.P80!.Value.Value, figure.Limits80!.Value.Low.Value, figure.Limits80.Value.High.Value);
        Assert.True(figure.Limits80.Value.Low.Value < figure.Limits80.Value.High.Value);
    }

    [Fact]
    public void The_order_of_files_and_the_loop_of_the_draws_change_nothing()
    {
        var body = Body("between");
        void Backwards(int count, Action<int> draw)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                draw(i);
            }
        }

        Assert.IsType<Recomputed.Agrees>(CapabilityRecomputation.Check(Read(body), SampleRuns.Set, [.. SampleRuns.Files.Reverse()], Backwards));
    }

    [Theory]
    [InlineData("p50Minutes", 1.0000001)]
    [InlineData("p50Low", 0.99)]
    [InlineData("p50High", 1.01)]
    [InlineData("p80Minutes", 0.999)]
    [InlineData("p80Low", 0.9)]
    [InlineData("p80High", 1.1)]
    [InlineData("supportMinutes", 2)]
    [InlineData("supportShare", 0.5)]
    public void A_figure_that_was_changed_is_named_with_both_values(string field, double times)
    {
        var body = Body("between");
        var honest = body[field]!.GetValue<double>();
        body[field] = honest * times;

        var differs = Assert.IsType<Recomputed.Differs>(Check(body));

        var difference = Assert.Single(differs.Differences);
        Assert.Equal(field, difference.Field);
        Assert.Equal(honest, double.Parse(difference.Recomputed, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(honest * times, double.Parse(difference.Stated, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(times > 1 ? 1 - (1 / times) : 1 - times, difference.Relative!.Value, 1e-6);
    }

    [Theory]
    [InlineData("count")]
    [InlineData("families")]
    [InlineData("agentRuns")]
    [InlineData("agentTasks")]
    public void A_count_that_was_changed_is_named(string field)
    {
        var body = Body("between");
        body["runs"]![field] = JsonSerializer.Deserialize<long>(body["runs"]![field]!) + 1;

        Assert.Equal("runs." + field, Assert.Single(Assert.IsType<Recomputed.Differs>(Check(body)).Differences).Field);
    }

    [Fact]
    public void Ten_digits_are_enough_and_eight_are_not()
    {
        var body = Body("between");
        var honest = body["p50Minutes"]!.GetValue<double>();
        body["p50Minutes"] = double.Parse(honest.ToString("E10", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsType<Recomputed.Agrees>(Check(body));

        body["p50Minutes"] = honest * (1 + 1e-8);
        Assert.IsType<Recomputed.Differs>(Check(body));
    }

    [Fact]
    public void Another_seed_or_setting_gives_other_figures()
    {
        var seed = Body("between");
        seed["settings"]!["seed"] = "another";
        Assert.Equal(["p50Low", "p50High", "p80Low", "p80High"], Assert.IsType<Recomputed.Differs>(Check(seed)).Differences.Select(d => d.Field));

        var weighting = Body("between");
        weighting["settings"]!["lambda"] = 0.1;
        Assert.Contains("p50Minutes", Assert.IsType<Recomputed.Differs>(Check(weighting)).Differences.Select(d => d.Field));
    }

    [Fact]
    public void Limits_that_were_left_out_are_a_difference()
    {
        var body = Body("between");
        body.Remove("p80Low");
        body.Remove("p80High");

        var differences = Assert.IsType<Recomputed.Differs>(Check(body)).Differences;

        Assert.Equal(["p80Low", "p80High"], differences.Select(d => d.Field));
        Assert.All(differences, d => Assert.Equal(("none", (double?)null), (d.Stated, d.Relative)));
    }

    [Fact]
    public void Other_files_another_agent_or_a_relayed_figure_cannot_be_computed()
    {
        string Why(CapabilityResultV2Body body, params System.Collections.Immutable.ImmutableArray<Digest> files) =>
            Assert.IsType<Recomputed.Cannot>(CapabilityRecomputation.Check(body, SampleRuns.Set, files, DrawLoops.InOrder)).Why.ToString();

        var good = Read(Body("between"));
        var foreign = Digest.Of("foreign"u8);
        Assert.Equal(
            $"runs.files: no file has the digest `{SampleRuns.Files.Order().First()}`; give the files that the statement names, unchanged",
            Why(good));
        Assert.Equal(
            $"runs.files: the statement does not name the file `{foreign}`; give the files that the statement names and no others",
            Why(good, SampleRuns.Files.Add(foreign)));

        var body = Body("between");
        body["runs"]!["agent"] = "nobody";
        Assert.Equal("runs.agent: `nobody` has no runs in the files; the statement is wrong about its own files", Why(Read(body), SampleRuns.Files));

        var relayed = Body("between");
        relayed["method"] = "published";
        relayed.Remove("settings");
        Assert.Equal(
            "method: `published` does not say how to compute it; only results of the method `standstill-horizon-v1` can be computed again",
            Why(Read(relayed), SampleRuns.Files));
    }

    [Fact]
    public void Runs_that_only_bound_a_horizon_are_stated_as_the_bound()
    {
        var all = Read(Body("everything")).Figure;
        Assert.Equal(Censoring.AtLeast, all.Censoring);
        Assert.Equal(SampleRuns.Set.Tasks.Max(task => task.Human.Value), all.P50.Value, 1e-9 * all.P50.Value);
        Assert.Equal(all.P50, all.P80);
        Assert.Null(all.Limits95);
        Assert.IsType<Recomputed.Agrees>(Check(Body("everything")));

        var none = Read(Body("nothing")).Figure;
        Assert.Equal((Censoring.AtMost, 1.0), (none.Censoring, none.P50.Value));
        Assert.IsType<Recomputed.Agrees>(Check(Body("nothing")));
    }

    [Fact]
    public void Runs_that_say_nothing_of_a_horizon_make_no_statement()
    {
        var fault = Assert.Single(CapabilityStatement.Of(Rows["upside-down"], SampleRuns.Set, SampleRuns.Files, SampleRuns.Recipe, "fern", "sample").Faults);

        Assert.Equal("the runs of `upside-down` give no horizon and no bound on one", fault.Message);
    }

    [Fact]
    public void A_release_day_that_nobody_gives_is_asked_for()
    {
        var row = Rows["between"] with { Agent = Rows["between"].Agent with { Released = null } };
        var fault = Assert.Single(CapabilityStatement.Of(row, SampleRuns.Set, SampleRuns.Files, SampleRuns.Recipe, "fern", "sample").Faults);

        Assert.Equal("released: the files do not say when `between` was released; give the day", fault.ToString());
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 1.0, Censoring.AtLeast)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, Censoring.None)]
    [InlineData(4.0, double.NegativeInfinity, Censoring.AtMost)]
    public void A_limit_that_the_draws_leave_open_is_not_invented(double high, double low, Censoring censoring)
    {
        var row = Rows["between"];
        row = row with { Levels = [.. row.Levels.Select(level => level with { High = double.IsFinite(high) ? level.High : high, Low = double.IsFinite(low) ? level.Low : low })] };
        var figure = Read(CapabilityStatement.Of(row, SampleRuns.Set, SampleRuns.Files, SampleRuns.Recipe, "fern", "sample").OrThrow()).Figure;

        Assert.Equal(censoring, figure.Censoring);
        switch (censoring)
        {
            case Censoring.AtLeast:
                Assert.Equal(figure.P50, figure.Limits95!.Value.High);
                Assert.True(figure.Limits95.Value.Low.Value < figure.P50.Value);
                break;
            case Censoring.AtMost:
                Assert.Equal(figure.P50, figure.Limits95!.Value.Low);
                Assert.True(figure.Limits95.Value.High.Value > figure.P50.Value);
                break;
            default:
                Assert.Null(figure.Limits95);
                Assert.Null(figure.Limits80);
                break;
        }
    }
}
