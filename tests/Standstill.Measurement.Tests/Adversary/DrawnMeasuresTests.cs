using Standstill.Measurement.Adversary;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Adversary;

public class DrawnMeasuresTests
{
    [Theory]
    [InlineData(144, 5, 8, 1.0)]
    [InlineData(144, 20, 8, 0.5)]
    [InlineData(50, 10, 10, 0.9)]
    [InlineData(10, 1, 10, 1.0)]
    public void Chunks_drawn_without_replacement_find_as_the_hypergeometric_law_says(int population, int altered, int drawn, double recognised)
    {
        const int Draws = 20_000;
        var found = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            found += Discrete.Finds(LayerStream.Of((ulong)draw * 977, 0, Layer.Challenges), 1, population, altered, drawn, recognised) ? 1 : 0;
        }

        // 1 − Σ_j P(j altered among those drawn) · (1 − recognised)^j.
        var missed = 0.0;
        for (var j = 0; j <= Math.Min(altered, drawn); j++)
        {
            missed += Choose(altered, j) * Choose(population - altered, drawn - j) / Choose(population, drawn) * Math.Pow(1 - recognised, j);
        }

        var theory = 1 - missed;
        var error = Math.Sqrt(theory * missed / Draws);
        Assert.InRange((double)found / Draws, theory - (3.5 * error) - 1e-12, theory + (3.5 * error) + 1e-12);
    }

    [Fact]
    public void A_year_of_challenges_sees_altered_chunks_as_often_as_theory_says()
    {
        // One area, declared idle, 10 % of the chunks altered on every day of a year, 12 challenges of 4 of 40 chunks; an opened one is
        // recognised at 0.5. A challenge finds with f = 1 − Σ hypergeometric(40, 4, 4) / 2^j; the first 30 days' challenges may fall on days
        // before the diversion. So 1 − E(1 − f·w)^12, with w the chance that the challenged day is one of the diversion.
        var measures = Parties.Balanced(1, 1) with { Challenges = new ChallengePlan(12, 4, 40) };
        measures = measures with { Areas = [measures.Areas[0] with { Balance = null }] };
        var flop = 0.1 * 1000 * 24 * 365 * measures.Rate.FlopPerChipHour * 0.999;
        var study = DetectionStudy.Run(measures, new Diversion(flop, 365), [Strategy.Named("declared-idle")!], Parties.Seed(1), 4000, DrawLoops.InOrder);

        var f = 0.0;
        for (var j = 0; j <= 4; j++)
        {
            f += Choose(4, j) * Choose(36, 4 - j) / Choose(40, 4) * (1 - Math.Pow(0.5, j));
        }

        var before = Enumerable.Range(0, 30).Sum(day => (29 - day) / 30.0) / 365;
        var theory = 1 - Math.Pow(1 - (f * (1 - before)), 12);
        var seen = study.Strategies[0].Alone[(int)Measure.Challenges].Detected;
        Assert.Equal("1 area, 365 days", study.Strategies[0].Plan.Choice);
        Assert.InRange(theory, seen.Low.Value, seen.High.Value);
    }

    [Fact]
    public void Who_knows_of_a_visit_beforehand_is_not_met_at_work()
    {
        var visits = new VisitPlan(12, 1000, new Probability(1), RandomTiming: true, NoticeHours: 0);
        Assert.True(Visited(visits) > 0.9);
        Assert.Equal(0, Visited(visits with { NoticeHours = 1 }));
        Assert.Equal(0, Visited(visits with { RandomTiming = false }));
    }

    [Fact]
    public void A_chip_too_many_cannot_be_put_away_at_a_day_s_notice()
    {
        var visits = new VisitPlan(12, 1000, new Probability(1), RandomTiming: true, NoticeHours: 24);
        Assert.True(Visited(visits, "spoofed-energy") > 0.9);
        Assert.Equal(0, Visited(visits with { NoticeHours = 72 }, "spoofed-energy"));
    }

    [Fact]
    public void Accelerators_without_a_meter_are_in_no_balance()
    {
        // 5 % have no meter, and the drip needs 4 % of them: nothing is caused. Metered, it is seen at once.
        var measures = Parties.Balanced(2, 0.05);
        var flop = 0.04 * 2000 * 24 * 90 * measures.Rate.FlopPerChipHour;
        double Seen(MeasuresInPlace with) => DetectionStudy
            .Run(with, new Diversion(flop, 90), [Strategy.Named("slow-drip")!], Parties.Seed(2), 200, DrawLoops.InOrder).Strategies[0].All!.Caused.Value.Value;

        Assert.Equal(0, Seen(measures with { Areas = [.. measures.Areas.Select(area => area with { MeteredShare = 0.95 })] }));
        Assert.Equal(1, Seen(measures));
    }

    private static double Visited(VisitPlan visits, string strategy = "slow-drip")
    {
        var measures = Parties.Balanced(1, 1) with { Visits = visits };
        measures = measures with { Areas = [measures.Areas[0] with { Balance = null }] };
        var flop = 0.05 * 1000 * 24 * 365 * measures.Rate.FlopPerChipHour;
        var result = DetectionStudy.Run(measures, new Diversion(flop, 365), [Strategy.Named(strategy)!], Parties.Seed(9), 300, DrawLoops.InOrder).Strategies[0];
        return result.Alone[(int)Measure.Inspections].Detected.Value.Value;
    }

    private static double Choose(int n, int k)
    {
        if (k < 0 || k > n)
        {
            return 0;
        }

        var result = 1.0;
        for (var i = 0; i < k; i++)
        {
            result = result * (n - i) / (i + 1);
        }

        return result;
    }
}
