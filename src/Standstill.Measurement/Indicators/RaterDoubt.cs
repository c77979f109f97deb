namespace Standstill.Measurement.Indicators;

/// <summary>How far raters who score items by judgement agree, and what that leaves in doubt.</summary>
/// <remarks>
/// <para>Rule: at most 1 − a of the items are taken to be scored wrongly, where a is the share of items to which two raters gave exactly the
/// same score, and <see cref="IndicatorDistribution.WithScoresInDoubt"/> widens the share by as much on either side.</para>
/// <para>1 − a is the error of one rater where the other is always right. Where two raters err independently, each with chance e at
/// two kinds of score, a = e² + (1 − e)² and e is at most 1 − a for every a from one half up. Agreement on finer scores than the
/// share counts only makes a smaller. The number of raters does not narrow the bounds, for raters may share a mistake.</para>
/// <para>What it does not cover: raters who are wrong together. Agreement alone cannot show that (W. Rogan and B. Gladen, "Estimating
/// prevalence from the results of a screening test", American Journal of Epidemiology 107 (1978) 71–76, correct a share by known
/// rates of error, which agreement does not give).</para>
/// </remarks>
/// <param name="Raters">How many raters there are, at least 2.</param>
/// <param name="ExactAgreement">a: the mean over pairs of raters. Published values are as low as 0.35.</param>
public readonly record struct RaterDoubt(int Raters, Probability ExactAgreement)
{
    /// <summary>The share of the items that may be scored wrongly: 1 − a.</summary>
    public Probability Wrong => new(1 - ExactAgreement.Value);
}
