using Standstill.Measurement;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Bench;

/// <summary>Balance periods of honest areas, drawn from the error model that their design states.</summary>
internal static class HonestAreas
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Seed Seed = new(new byte[32]);

    /// <summary>1 % of random error, 0.3 % of bias of the meter and as much of each count; energy to 2 % with a bias of 3 %.</summary>
    public static BalanceDesign Design(double falseAlarmsPerYear, int periodsPerYear) =>
        new(new(0.01, 0.003, 0.003), new(0.3, 1.0, 0.02, 0.03), falseAlarmsPerYear, periodsPerYear);

    /// <summary>Draws one area, period by period: 1,000 to 2,000 accelerators, counted each quarter.</summary>
    public static IEnumerable<BalancePeriod> Draw(BalanceDesign design, int area, int periods)
    {
        var random = SeededRandom.Stream(Seed, (ulong)area);
        var (errors, power) = (design.Errors, design.Power!);
        var (meter, model, counting) = (errors.Systematic * random.NextNormal(), power.Systematic * random.NextNormal(), 0.0);
        var hours = 8760.0 / design.PeriodsPerYear;
        for (var period = 0; period < periods; period++)
        {
            var count = period * 4L / design.PeriodsPerYear;
            counting = period == 0 || count != (period - 1) * 4L / design.PeriodsPerYear ? errors.Counting * random.NextNormal() : counting;
            var present = (1000 + (period % 1000)) * hours;
            var cuf = present * (meter + counting + (errors.Random * random.NextNormal()));
            var active = new ChipHours(0.4 * present);
            var energy = power.Expected(new(present), active) * (1 + model + (power.Random * random.NextNormal()));
            yield return new(
                Start.AddHours(period * hours),
                Start.AddHours((period + 1) * hours),
                new(present),
                new(0.2 * present),
                default,
                new((0.8 * present) - cuf),
                (int)count,
                new(energy, active));
        }
    }
}
