using Standstill.Measurement.Accounting;

namespace Standstill.Measurement.Adversary;

/// <summary>A sequence of relative residuals and the limits it is tested against.</summary>
/// <param name="Errors">Relative standard deviations.</param>
/// <param name="Abrupt">Page's limit for a shift of about a standard deviation.</param>
/// <param name="Slow">Page's limit for a small shift; never reached where there is no such test.</param>
/// <param name="Starts">Where the sums of the two begin, so that false alarms come at their rate from the first period on; after an alarm they begin at 0.</param>
/// <param name="TwoSided">Whether a fall is tested as well.</param>
/// <param name="CumulativeLimit">The limit of the year's sum over its standard deviation; infinite where it is not tested.</param>
internal sealed record TestedSequence(ErrorModel Errors, PageLimit Abrupt, PageLimit Slow, (double Abrupt, double Slow) Starts, bool TwoSided, double CumulativeLimit)
{
    private static readonly PageLimit Untested = new(0, double.PositiveInfinity);

    /// <summary>The tests of a balance, as they run on the ledger.</summary>
    public static TestedSequence Balance(BalanceTests tests) =>
        new(tests.Design.Errors, tests.Abrupt, tests.Slow, (tests.AbruptStart, tests.SlowStart), TwoSided: true, tests.CumulativeLimit);

    /// <summary>The tests of its energy; absent without a power model.</summary>
    public static TestedSequence? Energy(BalanceTests tests) => tests.Design.Power is { } power
        ? new(new ErrorModel(power.Random, power.Systematic, 0), tests.Abrupt, Untested, (tests.AbruptStart, 0), TwoSided: true, double.PositiveInfinity)
        : null;

    /// <summary>The test of shapes: the share of declared inference that looks like training, upwards, abrupt and slow at half the rate each.</summary>
    public static TestedSequence Shapes(FeatureTest features, int periodsPerDay)
    {
        var length = 365.0 * periodsPerDay / (features.FalseAlarmsPerYear / 2);
        var slow = Math.Min(BalanceTests.AbruptShift / 4, BalanceTests.SlowShiftOfAYear / (2 * Math.Sqrt(365.0 * periodsPerDay)));
        var (abrupt, gradual) = (PageLimit.For(BalanceTests.AbruptShift / 2, length), PageLimit.For(slow, length));
        return new(
            new ErrorModel(Math.Min(1, Math.Sqrt(periodsPerDay) / features.Separation), Math.Min(1, features.Persistent / features.Separation), 0),
            abrupt,
            gradual,
            (PageTest.EvenStart(abrupt), PageTest.EvenStart(gradual)),
            TwoSided: false,
            double.PositiveInfinity);
    }

    /// <summary>Standardised independent residuals: the innovations of the biases, as <see cref="AreaBook"/> has them. Linear in what is given.</summary>
    /// <param name="relative">The relative residuals.</param>
    /// <param name="counted">Whether a period begins a new inventory count.</param>
    public double[] Standardised(double[] relative, Func<int, bool> counted)
    {
        var belief = BiasBelief.Prior(Errors.Systematic, Errors.Counting);
        var result = new double[relative.Length];
        for (var t = 0; t < result.Length; t++)
        {
            if (t > 0 && Errors.Counting > 0 && counted(t))
            {
                belief = belief.Recounted(Errors.Counting);
            }

            belief = belief.After(relative[t], Errors.Random, out result[t]);
        }

        return result;
    }

    /// <summary>For each accounting year that closes: the year's sum over its standard deviation. Linear in what is given.</summary>
    public double[] Cumulative(double[] relative, Func<int, bool> counted, int perYear)
    {
        if (double.IsPositiveInfinity(CumulativeLimit))
        {
            return [];
        }

        var result = new double[relative.Length / perYear];
        var year = default(YearSum);
        for (var t = 0; t < result.Length * perYear; t++)
        {
            year = t % perYear == 0 ? default : year;
            year = (t > 0 && counted(t) ? year.Recounted() : year).After(relative[t], 1);
            if ((t + 1) % perYear == 0)
            {
                result[t / perYear] = year.Cuf / year.Deviation(Errors);
            }
        }

        return result;
    }
}

/// <summary>A sequence in one world, or what a plan adds to it.</summary>
/// <param name="Standardised">Standardised, by period.</param>
/// <param name="YearSums">The sums of closed years over their standard deviations.</param>
internal sealed record Residuals(double[] Standardised, double[] YearSums)
{
    /// <summary>Of relative residuals.</summary>
    public static Residuals Of(StudyShape shape, TestedSequence test, double[] relative) =>
        new(test.Standardised(relative, shape.Counted), test.Cumulative(relative, shape.Counted, 365 * shape.PeriodsPerDay));
}
