using System.Collections.Immutable;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Trends;

/// <summary>Histories with known truth: about twenty models over four to six years, as in the published table.</summary>
internal static class SimulatedHistories
{
    /// <summary>One simulated history.</summary>
    /// <param name="Known">The figures up to the last release.</param>
    /// <param name="Frontier">The running maximum of the figures on a day number, later models counted.</param>
    public sealed record History(ImmutableArray<PublishedHorizon> Known, Func<int, double> Frontier);

    public static History Simulate(TrendShape kind, ulong number)
    {
        var random = SeededRandom.Stream(Published.Seed, (7UL << 50) + ((ulong)kind << 40) + number);
        var years = 4 + (2 * random.NextUniform());
        var slope = Math.Log(2) / (90 + (160 * random.NextUniform()));
        var days = years * 365;
        var (turn, factor) = (days * (0.25 + (0.65 * random.NextUniform())), Math.Exp((2 * random.NextUniform() - 1) * Math.Log(2.5)));
        var change = slope * Math.Exp((2 * random.NextUniform() - 1) * Math.Log(2)) - slope;
        double Course(double day) => kind switch
        {
            TrendShape.OneSlope => slope * day,
            TrendShape.TwoSlopes => (slope * day) + (slope * (factor - 1) * Math.Max(0, day - turn)),
            _ => (slope * day) + (change * day * day / (2 * days)),
        };
        var start = new DateOnly(2020, 1, 1).DayNumber;
        var scatter = 0.15 + (0.2 * random.NextUniform());
        var releases = Enumerable.Range(0, 20).Select(_ => random.NextUniform() * days)
            .Concat(Enumerable.Range(0, 5).Select(_ => days + (random.NextUniform() * 370 * 5 * years / 20)));
        var models = new List<(int Day, PublishedHorizon Figure)>();
        foreach (var release in releases)
        {
            var (low, high) = (0.25 + (0.15 * random.NextUniform()), 0.25 + (0.25 * random.NextUniform()));
            var z = random.NextNormal();
            var log = Course(release) + (scatter * random.NextNormal()) + (z * (z < 0 ? low : high));
            var p50 = Math.Exp(log);
            var day = start + (int)release;
            models.Add((day, new PublishedHorizon(
                $"m{models.Count}",
                DateOnly.FromDayNumber(day),
                new Minutes(p50),
                new HorizonLimits(new Minutes(p50 * Math.Exp(-1.96 * low)), new Minutes(p50 * Math.Exp(1.96 * high))))));
        }

        return new History(
            [.. models.Take(20).Select(model => model.Figure)],
            day => Math.Log(models.Where(model => model.Day <= day).Max(model => model.Figure.P50.Value)));
    }
}
