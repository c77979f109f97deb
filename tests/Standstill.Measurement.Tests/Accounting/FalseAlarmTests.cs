using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Accounting;

/// <summary>Honest areas over many simulated years: what the stated rate of false alarms is worth.</summary>
public sealed class FalseAlarmTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Draws the periods of an honest area: a meter bias, a bias for each quarter's count, a fleet that grows, energy with its own bias.</summary>
    private static void Draw(BalancePeriod[] periods, BalanceDesign design, SeededRandom random)
    {
        var (errors, power) = (design.Errors, design.Power!);
        var meter = errors.Systematic * random.NextNormal();
        var model = power.Systematic * random.NextNormal();
        var (count, counting) = (0, errors.Counting * random.NextNormal());
        var hours = 8760.0 / design.PeriodsPerYear;
        for (var period = 0; period < periods.Length; period++)
        {
            if (period > 0 && period % (design.PeriodsPerYear / 4) == 0)
            {
                (count, counting) = (count + 1, errors.Counting * random.NextNormal());
            }

            var present = (1000 + (period % 1000)) * hours;
            var cuf = present * (meter + counting + (errors.Random * random.NextNormal()));
            var active = 0.4 * present;
            var energy = power.Expected(new(present), new(active)) * (1 + model + (power.Random * random.NextNormal()));
            periods[period] = new(
                Start.AddHours(period * hours),
                Start.AddHours((period + 1) * hours),
                new(present),
                new(0.2 * present),
                default,
                new((0.8 * present) - cuf),
                count,
                new(energy, new(active)));
        }
    }

    private static Dictionary<BalanceTest, int> Alarms(BalanceDesign design, int facilities, int years)
    {
        var tests = design.Tuned();
        var random = new SeededRandom(new Seed(new byte[32]));
        var periods = new BalancePeriod[design.PeriodsPerYear * years];
        var alarms = Enum.GetValues<BalanceTest>().ToDictionary(test => test, _ => 0);
        for (var facility = 0; facility < facilities; facility++)
        {
            Draw(periods, design, random);
            foreach (var raised in AreaBook.Empty.PostAll(periods, tests).Alarms)
            {
                alarms[raised.Alarm.Test]++;
            }
        }

        return alarms;
    }

    private static readonly BalanceTest[] Sequential =
    [
        BalanceTest.Loss, BalanceTest.Gain, BalanceTest.SlowLoss, BalanceTest.SlowGain, BalanceTest.Cumulative, BalanceTest.EnergyHigh, BalanceTest.EnergyLow,
    ];

    /// <summary>365 periods a year for 100,000 years: of each test some 10,000 false alarms, which are counted to within 1 % (one standard deviation).</summary>
    [Fact]
    public void The_false_alarm_rate_of_every_test_is_within_a_tenth_of_the_stated_one_in_100_000_years_of_days()
    {
        var design = new BalanceDesign(new(0.01, 0.004, 0.006), new(0.3, 1.0, 0.02, 0.03), 0.7, 365);
        var alarms = Alarms(design, facilities: 10_000, years: 10);
        Assert.All(Sequential, test => Assert.InRange(alarms[test] / 100_000.0, 0.09, 0.11));
        Assert.InRange(alarms.Values.Sum() / 100_000.0, 0.63, 0.77);
        Assert.Equal(0, alarms[BalanceTest.Unfounded]);
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", alarms));
    }

    /// <summary>The first year counts as much as any other, and a year of few periods as much as one of many.</summary>
    [Theory]
    [InlineData(365, 20_000)]
    [InlineData(52, 50_000)]
    [InlineData(12, 100_000)]
    public void The_first_year_has_the_stated_rate_too(int periodsPerYear, int facilities)
    {
        var design = new BalanceDesign(new(0.01, 0.004, 0.006), new(0.3, 1.0, 0.02, 0.03), 0.7, periodsPerYear);
        var alarms = Alarms(design, facilities, years: 1);
        Assert.All(Sequential, test => Assert.InRange(alarms[test] / (double)facilities, 0.09, 0.11));
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", alarms));
    }
}
