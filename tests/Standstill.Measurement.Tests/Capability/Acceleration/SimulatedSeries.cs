using System.Collections.Immutable;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Acceleration;

/// <summary>Series with a known truth: twenty models over four years, with an error of one tenth that the series states.</summary>
internal static class SimulatedSeries
{
    public const int Models = 20;
    public const double Error = 0.1;
    private static readonly DateOnly Start = new(2022, 1, 1);

    public static double Line(double years) => 2 * years;

    public static double Jump(double years) => years > 2 ? (2 * years) + 1 : 2 * years;

    /// <summary>Twice as fast from the middle on.</summary>
    public static double Bend(double years) => years < 2 ? 1.5 * years : (3 * years) - 3;

    public static ImmutableArray<SeriesPoint> Points(Func<double, double> truth, Func<double> noise, int models = Models) =>
    [
        .. Enumerable.Range(0, models).Select(i =>
        {
            var days = (int)(i * 1461.0 / (models - 1));
            return new SeriesPoint($"m{i:D2}", Start.AddDays(days), truth(days / 365.25) + noise());
        }),
    ];

    public static ImmutableArray<AccelerationFinding.Measured> Many(Func<double, double> truth, int count, int draws = 20, int simulations = 1, bool stated = true) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var random = SeededRandom.Stream(Published.Seed, (ulong)(1_000_000 + i));
            var points = Points(truth, () => Error * random.NextNormal());
            var series = AccelerationSeries.FromErrors(points, [.. points.Select(_ => stated ? Error : 0)], Published.Seed, draws);
            return (AccelerationFinding.Measured)AccelerationTest.Of(series, null, Published.Seed, simulations, DrawLoops.InOrder);
        }),
    ];
}
