using System.Collections.Immutable;
using CsCheck;
using Standstill.Measurement.Adversary;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Adversary;

public class DetectionStudyTests
{
    [Fact]
    public void The_same_seed_gives_the_same_study_whatever_the_order_of_the_draws()
    {
        static void Backwards(int count, Action<int> body)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                body(i);
            }
        }

        static void Together(int count, Action<int> body) => Parallel.For(0, count, body);

        string Table(DrawLoop loop)
        {
            var study = DetectionStudy.Run(Parties.Watched(), new Diversion(2e23, 90), Strategy.All, Parties.Seed(1), 60, loop);
            return StrategyTable.Of(study)
                + string.Join('\n', MarginalValue.Of(study, Strategy.All, [new BudgetStep.OneMoreVisit()], Parties.Seed(1), loop))
                + StrategyTable.Of(Undetected.Of(Parties.Watched(), 90, Strategy.All, Parties.Seed(1), 20, loop));
        }

        var inOrder = Table(DrawLoops.InOrder);
        Assert.Equal(inOrder, Table(Backwards));
        Assert.Equal(inOrder, Table(Together));
    }

    [Fact]
    public void Without_a_diversion_detection_is_the_probability_of_a_chance_alarm()
    {
        // A thousandth of a chip-hour in 90 days, hidden in declared inference: no alarm but those of chance, draw by draw.
        var study = DetectionStudy.Run(
            Parties.Watched(2) with { Visits = null, Recomputation = null },
            new Diversion(1e15, 90),
            [Strategy.Named("training-as-inference")!],
            Parties.Seed(1),
            400,
            DrawLoops.InOrder);
        var all = study.Strategies[0].All!;
        Assert.Equal(all.Chance, all.Detected);
        Assert.True(all.Chance.Hits > 100);
        Assert.Equal(0, all.Caused.Hits);
        Assert.All(study.Strategies[0].Alone, seen => Assert.Equal(seen.Chance, seen.Detected));

        // Energy high and energy low have two sevenths of the area's 2 a year: 1 − exp(−rate · time).
        var energy = study.Strategies[0].Alone[(int)Measure.Energy].Chance;
        Assert.InRange(1 - Math.Exp(-2 * 2 / 7.0 * 90 / 365), energy.Low.Value, energy.High.Value);
    }

    [Fact]
    public void A_strategy_played_alone_gives_the_row_it_gives_among_the_others()
    {
        var (measures, diversion) = (Parties.Watched(), new Diversion(2e23, 90));
        var tunings = new Tunings();
        var together = DetectionStudy.Run(measures, diversion, Strategy.All, Parties.Seed(1), 60, DrawLoops.InOrder, tunings);
        foreach (var result in together.Strategies)
        {
            var alone = DetectionStudy.Run(measures, diversion, [result.Strategy], Parties.Seed(1), 60, DrawLoops.InOrder, tunings);
            Assert.Equal(StrategyTable.Rows(together, result), StrategyTable.Rows(alone, alone.Strategies[0]));
        }
    }

    [Fact]
    public void Common_random_numbers_make_differences_sharper()
    {
        // One visit more, twenty times: with the worlds of the study and with worlds of their own.
        var before = Parties.Watched();
        var after = new BudgetStep.OneMoreVisit().Added(before)!;
        var tunings = new Tunings();
        double Seen(MeasuresInPlace measures, byte seed) => DetectionStudy
            .Run(measures, new Diversion(2e23, 90), [Strategy.Named("over-declared-runs")!], Parties.Seed(seed), 100, DrawLoops.InOrder, tunings)
            .Strategies[0].All!.Detected.Value.Value;

        var common = Enumerable.Range(0, 20).Select(i => Seen(after, (byte)i) - Seen(before, (byte)i)).ToArray();
        var separate = Enumerable.Range(0, 20).Select(i => Seen(after, (byte)(100 + i)) - Seen(before, (byte)i)).ToArray();
        Assert.True(Variance(common) < Variance(separate) / 3, $"{Variance(common)} against {Variance(separate)}");
    }

    [Fact]
    public void More_of_any_measure_does_not_lower_detection_beyond_Monte_Carlo_error() =>
        Gen.Select(Gen.Int[0, 255], Gen.Double[22.5, 24.5], Gen.Int[30, 200]).Hold(
            drawn =>
            {
                var (seed, exponent, days) = drawn;
                var measures = Parties.Watched();
                measures = measures with
                {
                    Areas = [.. measures.Areas.Select((area, i) => i == 0 ? area with { Balance = Parties.Design(0.05) } : area)],
                };
                var study = DetectionStudy.Run(
                    measures, new Diversion(Math.Pow(10, exponent), days), Strategy.All, Parties.Seed((byte)seed), 150, DrawLoops.InOrder);
                foreach (var value in MarginalValue.Of(study, Strategy.All, BudgetStep.All, Parties.Seed((byte)seed), DrawLoops.InOrder))
                {
                    // The weakest of sixteen is a minimum of draws: three standard errors of an independent comparison are its error.
                    var before = study.Weakest!.All!.Caused;
                    var (p, q) = (before.Value.Value, value.Caused.Value.Value);
                    var error = Math.Sqrt(((p * (1 - p)) + (q * (1 - q)) + (1.0 / before.Draws)) / before.Draws);
                    Assert.True(q > p - (3 * error), $"{value.Step.What}: {p} → {q}");
                }
            },
            count: 4);

    [Fact]
    public void One_more_visit_is_worth_what_it_finds()
    {
        var measures = Parties.Balanced(1, 1) with { Visits = new VisitPlan(1, 100, new Probability(1), RandomTiming: true, NoticeHours: 0) };
        measures = measures with { Areas = [measures.Areas[0] with { Balance = null }] };
        var flop = 0.02 * 1000 * 24 * 365 * measures.Rate.FlopPerChipHour;
        ImmutableArray<Strategy> drip = [Strategy.Named("slow-drip")!];
        var study = DetectionStudy.Run(measures, new Diversion(flop, 365), drip, Parties.Seed(1), 2000, DrawLoops.InOrder);
        var value = Assert.Single(MarginalValue.Of(study, drip, [new BudgetStep.OneMoreVisit()], Parties.Seed(1), DrawLoops.InOrder));

        // The cheater works fewer days with more chips, or all days with few: a visit meets 100 of 1000 chips. p, then p + p(1 − p).
        var before = study.Weakest!.All!.Caused.Value.Value;
        Assert.InRange(before + (before * (1 - before)), value.Caused.Low.Value - 0.02, value.Caused.High.Value + 0.02);
        Assert.True(value.Gain.Low > 0);
    }

    [Fact]
    public void The_weakest_path_is_the_feasible_one_that_is_seen_least()
    {
        var study = DetectionStudy.Run(Parties.Watched(), new Diversion(2e24, 90), Strategy.All, Parties.Seed(1), 100, DrawLoops.InOrder);
        Assert.Contains(study.Strategies, result => !result.Feasible);
        Assert.All(
            study.Strategies.Where(result => result.Feasible),
            result => Assert.True(result.All!.Caused.Value.Value >= study.Weakest!.All!.Caused.Value.Value));
        Assert.All(
            study.Strategies.Where(result => !result.Feasible),
            result => Assert.Contains("not feasible: needs", StrategyTable.Rows(study, result), StringComparison.Ordinal));
    }

    [Fact]
    public void A_million_accelerators_in_a_thousand_areas_are_simulated_by_their_sums()
    {
        var measures = Parties.Balanced(1000, 0.001) with { GlobalFalseAlarmsPerYear = 0.1 };
        var study = DetectionStudy.Run(measures, new Diversion(3e24, 90), [Strategy.Named("slow-drip")!], Parties.Seed(1), 8, DrawLoops.InOrder);
        var result = study.Strategies[0];
        Assert.Equal(1_000_000, measures.Chips);

        // 0.1 % everywhere is lost in an area's half per cent, and plain in the sum of a thousand.
        Assert.True(result.Alone[(int)Measure.GlobalBalance].Caused.Value.Value >= result.Alone[(int)Measure.LocalBalance].Caused.Value.Value);
        Assert.Equal(1, result.Alone[(int)Measure.GlobalBalance].Caused.Value.Value);
    }

    [Fact]
    public void Areas_with_different_periods_are_refused()
    {
        var measures = Parties.Balanced(2, 1);
        var hourly = measures.Areas[0].Balance! with { PeriodsPerYear = 8760 };
        var mixed = measures with { Areas = [measures.Areas[0] with { Balance = hourly }, measures.Areas[1]] };
        Assert.Throws<ArgumentException>(() =>
            DetectionStudy.Run(mixed, new Diversion(1e24, 90), Strategy.All, Parties.Seed(1), 1, DrawLoops.InOrder));
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
