using System.Collections.Immutable;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Accounting;

/// <summary>The running account under a loss: what it is stated to find and what it finds.</summary>
public sealed class DetectionTests
{
    private const int Days = 365;
    private const int Draws = 8_000;
    private const double FourDeviations = 0.0224; // of a share of 8,000 draws: 4 √(0.25 / 8000)

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly BalanceDesign Design = new(new(0.01, 0.0004, 0.002), null, 0.1, Days);

    private static ImmutableArray<ChipHours> Present { get; } = [.. Enumerable.Range(0, Days).Select(day => new ChipHours(24_000 + (20 * day)))];

    private static ImmutableArray<int> Counts { get; } = [.. Enumerable.Range(0, Days).Select(day => day / 120)];

    private static double[] Loss(string shape) =>
    [
        .. Enumerable.Range(0, Days).Select(day => shape switch
        {
            "abrupt" => day is >= 200 and < 205 ? 500.0 : 0,
            "protracted" => day >= 150 ? 60 : 0,
            "growing" => 0.6 * day,
            _ => 0,
        }),
    ];

    [Theory]
    [InlineData("none")]
    [InlineData("abrupt")]
    [InlineData("protracted")]
    [InlineData("growing")]
    public void Stated_detection_probabilities_of_the_running_account_are_those_measured(string shape)
    {
        var tests = Design.Tuned();
        var loss = Loss(shape);
        var shifts = Design.Errors.Standardise(Present, Counts, [.. loss]);
        var covariance = BalanceCovariance.Of(ErrorComponent.Of(Design.Errors, Present, Counts));
        var mean = loss.Sum() / covariance.CumulativeDeviation(Days);
        var stated = new Dictionary<BalanceTest, double>
        {
            [BalanceTest.Loss] = PageTest.Detection(tests.Abrupt, shifts.AsSpan(), tests.AbruptStart).Value,
            [BalanceTest.SlowLoss] = PageTest.Detection(tests.Slow, shifts.AsSpan(), tests.SlowStart).Value,
            [BalanceTest.Cumulative] = PortableMath.NormalCdf(mean - tests.CumulativeLimit) + PortableMath.NormalCdf(-mean - tests.CumulativeLimit),
        };
        var random = new SeededRandom(new Seed(new byte[32]));
        var found = stated.Keys.ToDictionary(test => test, _ => 0);
        var periods = new BalancePeriod[Days];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (meter, counting) = (Design.Errors.Systematic * random.NextNormal(), 0.0);
            for (var day = 0; day < Days; day++)
            {
                counting = day % 120 == 0 ? Design.Errors.Counting * random.NextNormal() : counting;
                var present = Present[day].Value;
                var cuf = loss[day] + (present * (meter + counting + (Design.Errors.Random * random.NextNormal())));
                periods[day] = new(Start.AddDays(day), Start.AddDays(day + 1), Present[day], default, default, new(present - cuf + 0), Counts[day], null);
            }

            foreach (var test in AreaBook.Empty.PostAll(periods, tests).Alarms.Select(raised => raised.Alarm.Test).Distinct().Where(found.ContainsKey))
            {
                found[test]++;
            }
        }

        Assert.All(stated, pair => Assert.Equal(pair.Value, found[pair.Key] / (double)Draws, FourDeviations));
        TestContext.Current.SendDiagnosticMessage($"{shape}: " + string.Join(", ", stated.Select(pair => $"{pair.Key} stated {pair.Value:0.0000} found {found[pair.Key] / (double)Draws:0.0000}")));
    }

    [Fact]
    public void The_sequence_standardised_in_constant_space_is_that_of_the_matrix()
    {
        ImmutableArray<double> loss = [.. Loss("growing")];
        var dense = BalanceCovariance.Of(ErrorComponent.Of(Design.Errors, Present, Counts)).Standardised(loss);
        var running = Design.Errors.Standardise(Present, Counts, loss);
        Assert.All(dense.Zip(running), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * (1 + Math.Abs(pair.First))));
    }
}
