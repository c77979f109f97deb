using Standstill.Measurement.Capability.Critique;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Critique;

/// <summary>What leaving out parts of the suite, reading doubtful runs otherwise, and other penalties do; and success by bins.</summary>
public sealed class PartsAndDoubtsTests
{
    private static readonly HorizonSettings Settings = HorizonSettings.Horizon11;

    /// <summary>Long tasks in one family are all done, against the trend of the rest.</summary>
    [Fact]
    public void The_family_that_makes_the_figure_is_named_with_its_change()
    {
        List<RunRow> rows = [.. World.Rows(4, 20).Where(row => row.Alias == "agent2").Select(row => row with { Alleged = false, Fatal = false })];
        rows.AddRange(Enumerable.Range(0, 10).Select(i => new RunRow("agent2", $"pet{i}", "pet", new Minutes(2000 + i), 1) { Count = 4, Source = "contest" }));
        var runs = World.Build(rows);
        var families = Influence.OfFamilies(runs, Settings, World.Half, DrawLoops.InOrder);
        var greatest = families.Greatest(0)!;
        Assert.Equal("pet", greatest.Part);
        Assert.Equal(21, families.Parts.Length);

        var without = World.Build(rows.Where(row => row.Family != "pet"));
        var expected = HorizonEstimator.Fit(without, Settings)[0].Horizon(World.Half).Estimate!.Value;
        Assert.Equal(expected, greatest.Horizons[0].Estimate!.Value, 1e-9);
        Assert.Equal(expected - HorizonEstimator.Fit(runs, Settings)[0].Horizon(World.Half).Estimate!.Value, greatest.Changes[0]!.Value, 1e-9);
        Assert.True(greatest.Changes[0] < -0.1);

        var sources = Influence.OfSources(runs, Settings, World.Half, DrawLoops.InOrder);
        Assert.Equal(["contest", "even", "odd"], sources.Parts.Select(part => part.Part));
        Assert.Equal(expected, sources.Parts[0].Horizons[0].Estimate!.Value, 1e-9);
    }

    [Fact]
    public void A_part_without_which_there_is_no_estimate_is_the_most_influential()
    {
        var influence = Influence.OfFamilies(World.One((1, 1), (2, 1), (4, 0), (8, 1), (16, 0)), Settings, World.Half, DrawLoops.InOrder);
        Assert.NotNull(influence.Whole[0].Estimate);
        Assert.Null(influence.Greatest(0)!.Horizons[0].Estimate);
        Assert.Null(Influence.OfFamilies(World.One((1, 1), (2, 1)), Settings, World.Half, DrawLoops.InOrder).Greatest(0));
    }

    [Fact]
    public void Tasks_without_a_source_are_a_part_of_their_own() =>
        Assert.Equal(Influence.UnnamedSource, Assert.Single(Influence.OfSources(World.One((1, 1), (2, 0)), Settings, World.Half, DrawLoops.InOrder).Parts).Part);

    /// <summary>Against rows rewritten by hand.</summary>
    [Fact]
    public void Alleged_runs_are_read_in_four_ways()
    {
        var rows = World.Rows(6, 20, agents: 2).Select(row => row with { Fatal = false, Score = row.Alleged ? 1 : row.Score }).ToList();
        var bounds = DoubtfulBounds.OfAllegations(World.Build(rows), Settings, World.Half);
        for (var agent = 0; agent < 2; agent++)
        {
            Assert.Equal(rows.Count(row => row.Alleged && row.Alias == $"agent{agent}"), bounds[agent].Runs);
            Assert.Equal(Fit(rows.Select(row => row.Alleged ? row with { Score = 0 } : row)), bounds[agent].Failed);
            Assert.Equal(Fit(rows.Where(row => !row.Alleged)), bounds[agent].LeftOut);
            Assert.Equal(Fit(rows), bounds[agent].AsScored);
            Assert.Equal(bounds[agent].AsScored, bounds[agent].Succeeded);
            Assert.True(bounds[agent].Low <= bounds[agent].LeftOut.Low && bounds[agent].LeftOut.High <= bounds[agent].High);
            Assert.True(bounds[agent].Low < bounds[agent].High);

            HorizonKnown Fit(IEnumerable<RunRow> some) =>
                HorizonEstimator.Fit(World.Build(some.Select(row => row with { Alleged = false })), Settings)[agent].Horizon(World.Half);
        }
    }

    [Fact]
    public void Fatal_errors_are_read_in_four_ways()
    {
        var rows = World.Rows(6, 20, agents: 1).Select(row => row with { Alleged = false, Score = row.Fatal ? 0 : row.Score }).ToList();
        var bounds = Assert.Single(DoubtfulBounds.OfFatalErrors(World.Build(rows), Settings, World.Half));
        Assert.Equal(rows.Count(row => row.Fatal), bounds.Runs);
        Assert.Equal(bounds.AsScored, bounds.Failed);
        Assert.NotEqual(bounds.AsScored, bounds.LeftOut);
        Assert.NotEqual(bounds.LeftOut, bounds.Succeeded);
    }

    [Fact]
    public void Both_published_penalties_are_among_the_decades()
    {
        var fits = PenaltyFits.Of(World.Reference, Settings, PenaltyFits.Decades);
        Assert.Equal([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1], fits.Select(one => one.Lambda));
        Assert.Equal(HorizonEstimator.Fit(World.Reference, HorizonSettings.Horizon11), fits[1].Fits);
        Assert.Equal(HorizonEstimator.Fit(World.Reference, HorizonSettings.Horizon10), fits[5].Fits);
        for (var agent = 0; agent < 5; agent++)
        {
            double[] slopes = [.. fits.Select(one => one.Fits[agent].Curve!.Value.Slope)];
            Assert.Equal(slopes.Order(), slopes);
        }
    }

    /// <summary>By hand: equal weights of ¼; 16 minutes begins the next bin, and the last holds its end.</summary>
    [Fact]
    public void Bins_hold_the_weighted_mean_of_their_tasks()
    {
        var runs = World.One((0.5, 1), (5, 1), (15, 0), (16, 0.5));
        var bins = Assert.Single(SuccessBins.Of(runs, Settings, [new Minutes(1), new Minutes(4), new Minutes(15.5), new Minutes(16)]));
        Assert.Equal(new SuccessBin(new Minutes(1), new Minutes(4), null, 0, 0, 0), bins[0]);
        Assert.Equal(new SuccessBin(new Minutes(4), new Minutes(15.5), World.Half, 0.5, 2, 2), bins[1]);
        Assert.Equal(new SuccessBin(new Minutes(15.5), new Minutes(16), World.Half, 0.25, 1, 1), bins[2]);
        Assert.Equal([1.0, 4, 16, 64, 256, 960, 2880], SuccessBins.MetrEdges.Select(edge => edge.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => SuccessBins.Of(runs, Settings, [new Minutes(4), new Minutes(4)]));
    }

    [Fact]
    public void Quantile_edges_share_the_tasks_out_evenly()
    {
        var runs = World.One([.. Enumerable.Range(0, 41).Select(i => (1.0 + i, 1.0))]);
        var edges = SuccessBins.QuantileEdges(runs, 4);
        Assert.Equal([1, 11, 21, 31, 41], edges.Select(edge => edge.Value));
        Assert.Equal([10, 10, 10, 11], Assert.Single(SuccessBins.Of(runs, Settings, edges)).Select(bin => bin.Tasks));
        Assert.Equal(new Minutes(8), Assert.Single(SuccessBins.QuantileEdges(World.One((8, 1), (8, 0)), 4)));
    }
}
