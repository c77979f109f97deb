using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Accounting;

/// <summary>What is known of an area's errors, and how many false alarms are accepted.</summary>
/// <param name="Errors">The errors of the account.</param>
/// <param name="Power">The power model, or null where energy is not tested.</param>
/// <param name="FalseAlarmsPerYear">The mean number of false alarms in a year, all tests together; from 0.001 to 4.</param>
/// <param name="PeriodsPerYear">Balance periods in a year: 8,760 for hours, 365 for days; from 12 to 105,408 (five minutes).</param>
/// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
public sealed record BalanceDesign(ErrorModel Errors, NodePower? Power, double FalseAlarmsPerYear, int PeriodsPerYear)
{
    /// <summary>The mean number of false alarms in a year, all tests together; from 0.001 to 4.</summary>
    public double FalseAlarmsPerYear { get; init => field = Rate(value); } = Rate(FalseAlarmsPerYear);

    /// <summary>Balance periods in a year; from 12 to 105,408.</summary>
    public int PeriodsPerYear { get; init => field = Year(value); } = Year(PeriodsPerYear);

    /// <summary>The limits at which the tests together give the stated rate.</summary>
    /// <remarks>
    /// <para>Every test has an equal share r of the rate: Page's tests for loss, gain, slow loss and slow gain, the cumulative CUF of the year, and
    /// where there is a power model Page's tests for energy above and below. Numbers of alarms add up in the mean whatever the
    /// dependence between tests, so the sum is exact, not a bound.</para>
    /// <para>A one-sided Page test that begins anew at 0 after its alarm is a renewal process: in the long run it gives 1 alarm in as many
    /// periods as its average run length, so h is where that is PeriodsPerYear / r; and it starts where the rate is the same from the first
    /// period on. The cumulative CUF is compared once a year
    /// with the normal quantile of 1 − r / 2.</para>
    /// <para>It costs some milliseconds: keep the result.</para>
    /// </remarks>
    public BalanceTests Tuned()
    {
        var share = FalseAlarmsPerYear / (Power is null ? 5 : 7);
        var length = PeriodsPerYear / share;
        var shift = Math.Min(BalanceTests.AbruptShift / 2, BalanceTests.SlowShiftOfAYear / Math.Sqrt(PeriodsPerYear));
        var (abrupt, slow) = (PageLimit.For(BalanceTests.AbruptShift / 2, length), PageLimit.For(shift / 2, length));
        return new(this, abrupt, slow, -PortableMath.NormalQuantile(share / 2))
        {
            AbruptStart = PageTest.EvenStart(abrupt),
            SlowStart = PageTest.EvenStart(slow),
        };
    }

    private static double Rate(double value) => value is >= 0.001 and <= 4
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a rate of false alarms is from 0.001 to 4 a year");

    private static int Year(int value) => value is >= 12 and <= 105_408
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a year has from 12 to 105,408 balance periods");
}
