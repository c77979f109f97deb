using Standstill.Measurement.Accounting;
using Standstill.Measurement.Adversary;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Adversary;

public class SimulatedTestsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(0.0004)]
    [InlineData(0.004)]
    [InlineData(-0.004)]
    public void The_simulation_alarms_when_the_book_of_the_ledger_does(double loss)
    {
        // Two years of one area, with a loss from day 200 on, posted into the book and played in the simulation.
        var design = Parties.Design(4, Parties.Power);
        var area = new AreaInPlace("area", 1000, 1, AreaUse.Usual, design);
        var shape = StudyShape.Of(new MeasuresInPlace { Areas = [area] }, 550, new Tunings());
        var random = SeededRandom.Stream(Parties.Seed(7), 0);
        var (chips, energy) = (new double[shape.Periods], new double[shape.Periods]);
        for (var t = 0; t < shape.Periods; t++)
        {
            chips[t] = (0.006 * random.NextNormal()) + (t < 200 ? 0 : loss);
            energy[t] = 0.025 * random.NextNormal();
        }

        var (chipTest, energyTest) = (shape.Areas[0].Chips!, shape.Areas[0].Energy!);
        var simulatedChips = Alarms(Residuals.Of(shape, chipTest, chips), chipTest);
        var simulatedEnergy = Alarms(Residuals.Of(shape, energyTest, energy), energyTest);

        var (book, tests) = (AreaBook.Empty, design.Tuned());
        var (bookChips, bookEnergy) = (new List<int>(), new List<int>());
        for (var t = 0; t < shape.Periods; t++)
        {
            const double Present = 24_000;
            var active = 0.5 * Present;
            var expected = (0.25 * Present) + (0.85 * active);
            var declared = Present * (1 - chips[t] - 0.2);
            var period = new BalancePeriod(
                Start.AddDays(t),
                Start.AddDays(t + 1),
                new ChipHours(Present),
                new ChipHours(0.1 * Present),
                new ChipHours(0.1 * Present),
                new ChipHours(declared),
                t / 90,
                new EnergyReading(expected * (1 + energy[t]), new ChipHours(active)));
            var (next, reading) = book.Post(period, tests);
            book = next;
            foreach (var alarm in reading.Alarms)
            {
                (alarm.Test is BalanceTest.EnergyHigh or BalanceTest.EnergyLow ? bookEnergy : bookChips).Add(t);
            }
        }

        Assert.NotEmpty(bookChips);
        Assert.NotEmpty(bookEnergy);
        Assert.Equal(bookChips, simulatedChips);
        Assert.Equal(bookEnergy, simulatedEnergy);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    [InlineData(3.5)]
    public void An_abrupt_loss_is_seen_by_a_test_of_one_period_as_the_normal_law_says(double shift)
    {
        // On the first day a share is taken that is so many standard deviations of the day's innovation; a one-period test alarms above 3.
        const int Draws = 4000;
        var measures = Parties.Balanced(1, 1);
        var shape = StudyShape.Of(measures, 10, new Tunings());
        var one = PlanSignal.Of(shape, Plan(0.001));
        var perShare = one.Chips[0]!.Standardised[shape.Start] / 0.001;
        var signal = PlanSignal.Of(shape, Plan(Math.Max(1e-12, shift / perShare))).Chips[0]!;
        var hits = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var world = DrawnWorld.Of(shape, LayerStream.KeyOf(Parties.Seed(3), (ulong)draw));
            hits += world.Chips[0]!.Standardised[shape.Start] + signal.Standardised[shape.Start] > 3 ? 1 : 0;
        }

        var theory = PortableMath.NormalCdf(shift - 3);
        var error = Math.Sqrt(theory * (1 - theory) / Draws);
        Assert.InRange((double)hits / Draws, theory - (3 * error), theory + (3 * error));
    }

    [Fact]
    public void False_alarms_come_at_the_stated_rate()
    {
        // Areas at 1 a year each, the party's balance at 1 a year, features at 1 a year; five years of five areas, 160 worlds.
        const int Draws = 160;
        var measures = Parties.Balanced(5, 1) with { GlobalFalseAlarmsPerYear = 1, Features = new FeatureTest(2, 0.5, 1) };
        measures = measures with { Areas = [.. measures.Areas.Select(area => area with { Balance = Parties.Design(1, Parties.Power) })] };
        var study = DetectionStudy.Run(measures, new Diversion(1e24, 1825), [Strategy.Named("slow-drip")!], Parties.Seed(4), Draws, DrawLoops.InOrder);

        // Four of the seven tests of an area are Page's on chip-time, two on energy, one is the year's; the party has no energy test.
        var stated = new Dictionary<Measure, double>
        {
            [Measure.LocalBalance] = 5 * 4 / 7.0,
            [Measure.Energy] = 5 * 2 / 7.0,
            [Measure.CumulativeBalance] = (5 / 7.0) + (1 / 5.0),
            [Measure.GlobalBalance] = 4 / 5.0,
            [Measure.Features] = 5,
        };
        foreach (var (measure, rate) in stated)
        {
            Assert.InRange(study.FalseAlarms[(int)measure].Value, 0.9 * rate, 1.1 * rate);
        }

        Assert.InRange(study.AllFalseAlarms.Value, 0.95 * stated.Values.Sum(), 1.05 * stated.Values.Sum());
    }

    [Fact]
    public void A_miscounted_inventory_shows_in_both_balance_and_energy()
    {
        // The two layers share the count's bias, with opposite signs: a chip on the books that is not there takes no energy.
        var design = new BalanceDesign(new ErrorModel(0.0001, 0, 0.02), new NodePower(1, 1.1, 0.0001, 0), 1, 365);
        var shape = StudyShape.Of(new MeasuresInPlace { Areas = [new AreaInPlace("area", 1000, 1, AreaUse.Usual, design)] }, 10, new Tunings());
        var product = 0.0;
        for (var draw = 0; draw < 50; draw++)
        {
            var world = DrawnWorld.Of(shape, LayerStream.KeyOf(Parties.Seed(5), (ulong)draw));
            product += world.Chips[0]!.Standardised[0] * world.Energy[0]!.Standardised[0] < 0 ? 1 : 0;
        }

        Assert.Equal(50, product);
    }

    private static DiversionPlan Plan(double share) =>
        new("test", 1, HiddenDays.First(10), share, 1, new Traces { Unaccounted = 1 }, 0, 0, null);

    private static List<int> Alarms(Residuals residuals, TestedSequence test)
    {
        var (sums, alarms) = (RunningSums.Of(test), new List<int>());
        for (var t = 0; t < residuals.Standardised.Length; t++)
        {
            alarms.AddRange(Enumerable.Repeat(t, sums.Step(residuals.Standardised[t], test)));
            if ((t + 1) % 365 == 0 && residuals.YearSums.Length > 0 && Math.Abs(residuals.YearSums[t / 365]) >= test.CumulativeLimit)
            {
                alarms.Add(t);
            }
        }

        return alarms;
    }
}
