using Standstill.Measurement.Fleet;

namespace Standstill.Measurement.Tests.Fleet;

public sealed class PublishedRunsTests
{
    private static readonly System.Collections.Immutable.ImmutableArray<PublishedRun> Runs =
        Assert.IsType<PublishedRunReading.Accepted>(PublishedRunReading.Read(File.ReadAllText("testdata/fleet/training_runs_reconciliation.json"))).Runs;

    [Fact]
    public void The_implied_utilisations_of_257_runs_come_out_to_the_last_digit()
    {
        Assert.Equal(257, Runs.Length);
        Assert.All(Runs, run => Assert.Equal(run.PublishedImplied!.Value, run.ImpliedUtilisation));
    }

    // Computed apart from this code, by Python's statistics module on the file's figures.
    [Fact]
    public void Their_middle_half_spreads_as_a_lognormal_of_thirty_per_cent()
    {
        var spread = UtilisationSpread.Of(Runs);
        Assert.Equal(0.318202183121538, spread.Median, 1e-12);
        Assert.Equal(0.33933283058628155, spread.MadSigma, 1e-12);
        Assert.Equal(UtilisationModel.Published.LogSigma, spread.QuartileSigma, 0.01);
        Assert.Equal(UtilisationModel.Published.Median, spread.Median, 0.005);
        Assert.Equal(2.378, spread.PlainSigma, 0.001);
    }

    [Theory]
    [InlineData("Phi-4-Reasoning", RunOddity.Impossible, 136.52833021930613)]
    [InlineData("FinGPT-13B", RunOddity.Impossible, 72204.69453262443)]
    [InlineData("SigLIP 400M", RunOddity.Impossible, 1.3012231954966331)]
    [InlineData("CLUE", RunOddity.Low, 0.0007142857142857143)]
    [InlineData("phi-3.5-mini", RunOddity.Low, 0.08476797503332781)]
    public void Outliers_are_named_by_rule(string system, RunOddity why, double implied)
    {
        var odd = Assert.Single(UtilisationSpread.Of(Runs).Odd, odd => odd.Run.System == system);
        Assert.Equal((why, implied), (odd.Why, odd.Implied));
    }

    [Fact]
    public void Thirty_seven_runs_are_impossible_and_the_rest_of_the_outliers_are_low()
    {
        var odd = UtilisationSpread.Of(Runs).Odd;
        Assert.Equal(37, odd.Count(o => o.Why == RunOddity.Impossible));
        Assert.Equal(Runs.Count(run => run.ImpliedUtilisation > 1), odd.Count(o => o.Why == RunOddity.Impossible));
        Assert.Equal(22, odd.Count(o => o.Why == RunOddity.Low));
        Assert.DoesNotContain(odd, o => o.Why == RunOddity.High);
    }

    [Fact]
    public void Ordinary_runs_are_not_named()
    {
        var odd = UtilisationSpread.Of(Runs).Odd.Select(o => o.Run.System).ToHashSet();
        Assert.DoesNotContain("Grok-3", odd);
        Assert.DoesNotContain("EXAONE Deep 32B", odd);
    }

    [Theory]
    [InlineData("{", "json: not well formed at line 1; check the file")]
    [InlineData("[]", "rows: missing, or no list; give an object with a list `rows`")]
    [InlineData("""{"rows":[1]}""", "rows[0]: not an object; give one object for each run")]
    [InlineData("""{"rows":[{"quantity":8}]}""", "rows[0].hours: missing; give a number above 0, or leave the run out")]
    [InlineData("""{"rows":[{"quantity":-8}]}""", "rows[0].quantity: `-8` is not a positive number; give a number above 0")]
    public void A_bad_list_is_refused(string json, string fault) =>
        Assert.Equal(fault, Assert.IsType<PublishedRunReading.Refused>(PublishedRunReading.Read(json)).Fault.ToString());
}
