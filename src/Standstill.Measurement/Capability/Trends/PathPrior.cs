namespace Standstill.Measurement.Capability.Trends;

/// <summary>What is assumed of bends and of the gaps between releases before looking at a history.</summary>
/// <param name="BendsPerYear">The rate at which the slope changes after the last datum; 0 for never. A curve counts as many small bends
/// at this rate.</param>
/// <param name="PastBend">The change of slope at a bend between the data, as a share of the slope of the single line: a normal number with this
/// standard deviation. +∞ leaves it to least squares.</param>
/// <param name="ComingBend">After the last datum the slope is multiplied by exp of a normal number with this standard deviation.</param>
/// <param name="Lags">Whether the frontier of a day was set some days earlier; otherwise it is set on that day.</param>
internal sealed record PathPrior(double BendsPerYear, double PastBend, double ComingBend, bool Lags)
{
    /// <summary>Least squares and nothing else.</summary>
    public static PathPrior Plain { get; } = new(0, double.PositiveInfinity, 0, Lags: false);

    /// <summary>The combined forecast's: one bend in three years, which in the middle two thirds of cases changes the slope by a factor
    /// between 0.55 and 1.8. Chosen once, for all histories; docs/capability/forecasts.md gives the reasons.</summary>
    public static PathPrior Combined { get; } = new(1.0 / 3, 2, 0.6, Lags: true);
}
