namespace Standstill.Measurement.Accounting;

/// <summary>A design with its limits, from <see cref="BalanceDesign.Tuned"/>.</summary>
/// <param name="Design">The design that they were tuned for.</param>
/// <param name="Abrupt">Page's limit for loss, gain and energy.</param>
/// <param name="Slow">Page's limit for slow loss and slow gain.</param>
/// <param name="CumulativeLimit">The limit of the year's cumulative CUF over its own standard deviation.</param>
public sealed record BalanceTests(BalanceDesign Design, PageLimit Abrupt, PageLimit Slow, double CumulativeLimit)
{
    /// <summary>Where the sums of <see cref="Abrupt"/> start with the first period: see <see cref="PageTest.EvenStart"/>. After an alarm they begin at 0.</summary>
    public double AbruptStart { get; init; }

    /// <summary>The same for <see cref="Slow"/>.</summary>
    public double SlowStart { get; init; }

    /// <summary>The shift of z that <see cref="Abrupt"/> finds quickest, in standard deviations.</summary>
    internal const double AbruptShift = 1;

    /// <summary>The shift that <see cref="Slow"/> finds quickest, kept up for a year, in standard deviations of the year's sum; of one period at most half a standard deviation.</summary>
    internal const double SlowShiftOfAYear = 6;
}
