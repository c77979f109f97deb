using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Acceleration;

/// <summary>By which power progress answers to research labour: speed of progress ∝ labourᵉ, all else held.</summary>
/// <remarks>
/// <para>C. I. Jones, "R&amp;D-based models of economic growth", Journal of Political Economy 103 (1995) 759–784: new ideas come at the rate
/// δ·Lᵘ·Aᵛ, with u below 1 since researchers step on each other's toes. Where research also takes compute K, in the Cobb–Douglas form
/// (Lᵃ·K¹⁻ᵃ)ᵘ, the elasticity to labour at given compute is e = a·u. Here A and K are held: this is what more labour does at once, not what
/// it leads to. P. Whitfill and C. Wu, "Will compute bottlenecks prevent an intelligence explosion?" (arXiv 2507.23181, 2025) find the
/// data compatible with easy and with hardly any substitution of labour for compute; with none, even this form says too much.</para>
/// <para>AI that makes researchers m times as fast on a share s of their work multiplies labour by 1/((1−s) + s/m), the rest of the work
/// taking as long as before: G. M. Amdahl, AFIPS Conference Proceedings 30 (1967) 483–485.</para>
/// </remarks>
public readonly record struct LabourElasticity
{
    /// <summary>States a range of elasticities.</summary>
    /// <param name="low">The least held possible, in [0, high].</param>
    /// <param name="high">The greatest held possible, in [low, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within [0, 1], or its ends are crossed.</exception>
    public LabourElasticity(double low, double high)
    {
        if (!(low >= 0 && low <= high && high <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(low), low, "an elasticity range lies in [0, 1], low end first");
        }

        (Low, High) = (low, high);
    }

    /// <summary>The least elasticity held possible.</summary>
    public double Low { get; }

    /// <summary>The greatest.</summary>
    public double High { get; }

    /// <summary>How many times research labour AI amounts to.</summary>
    /// <param name="productivity">How many times as fast researchers are on the work that AI speeds up, above 0; +∞ for work done away with.</param>
    /// <param name="shareOfWork">The share of the work, by time before AI, that is sped up.</param>
    public static double Labour(double productivity, Probability shareOfWork) =>
        productivity > 0
            ? 1 / (1 - shareOfWork.Value + (shareOfWork.Value / productivity))
            : throw new ArgumentOutOfRangeException(nameof(productivity), productivity, "a productivity ratio is above zero");

    /// <summary>How many times as fast progress is, at the least and the greatest elasticity; the first is the greater where AI slows work.</summary>
    /// <param name="productivity">As in <see cref="Labour"/>.</param>
    /// <param name="shareOfWork">As in <see cref="Labour"/>.</param>
    public (double AtLow, double AtHigh) Progress(double productivity, Probability shareOfWork)
    {
        var log = PortableMath.Log(Labour(productivity, shareOfWork));
        return (Power(Low, log), Power(High, log));

        // 0 · ∞ has no value; without elasticity nothing follows from any amount of labour.
        static double Power(double elasticity, double log) => elasticity == 0 ? 1 : PortableMath.Exp(elasticity * log);
    }

    /// <summary>Which share of an observed acceleration AI could account for.</summary>
    /// <param name="slopeRatio">Slope after over slope before, as measured.</param>
    /// <param name="productivity">The productivity of researchers with AI over that without, at the time of the later slope.</param>
    /// <param name="shareOfWork">The share of the work that is sped up.</param>
    /// <param name="seed">From which the draws follow.</param>
    /// <param name="draws">How many, at least 1. The two quantities are drawn independently.</param>
    public AccelerationShare ShareExplained(
        IndicatorDistribution slopeRatio, IndicatorDistribution productivity, Probability shareOfWork, Seed seed, int draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var (lower, upper) = (ImmutableArray.CreateBuilder<double>(draws), ImmutableArray.CreateBuilder<double>(draws));
        var (surely, possibly) = (0, 0);
        for (var draw = 0; draw < draws; draw++)
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            var ratio = slopeRatio.Quantile(new Probability(random.NextUniform()));
            var worker = productivity.Quantile(new Probability(random.NextUniform()));
            surely += ratio.Low > 1 ? 1 : 0;
            possibly += ratio.High > 1 ? 1 : 0;
            if (ratio.High > 1)
            {
                lower.Add(Lower(Gain(worker.Low, shareOfWork), ratio.High));
                upper.Add(Upper(Gain(worker.High, shareOfWork), ratio.Low));
            }
        }

        return new AccelerationShare(
            lower.Count == 0
                ? IndicatorDistribution.None
                : IndicatorDistribution.FromBoundedDraws(
                    lower.ToImmutable(), upper.ToImmutable(), pointEstimate: null, slopeRatio.HasInterval && productivity.HasInterval),
            new ProbabilityBounds(new Probability(surely / (double)draws), new Probability(possibly / (double)draws)));
    }

    /// <summary>ln of the labour that AI amounts to, 0 where it slows work: then it accounts for nothing.</summary>
    private static double Gain(double productivity, Probability shareOfWork) =>
        productivity > 0 ? Math.Max(0, PortableMath.Log(Labour(productivity, shareOfWork))) : 0;

    private double Lower(double gain, double ratio) =>
        Low == 0 || gain == 0 || double.IsInfinity(ratio) ? 0 : Low * gain / PortableMath.Log(ratio);

    private double Upper(double gain, double ratio) =>
        High == 0 || gain == 0 ? 0 : double.IsInfinity(gain) || ratio <= 1 ? double.PositiveInfinity : High * gain / PortableMath.Log(ratio);
}

/// <summary>Which share of an acceleration AI could account for.</summary>
/// <param name="Share">e·ln(labour ratio) over ln(slope ratio), given that there is an acceleration; the edges are those of the
/// elasticity range. 0: nothing. 1: all of it. Above 1: more than there is, so that either AI does less than stated or something else
/// has slowed. <see cref="IndicatorDistribution.None"/> where no draw accelerates.</param>
/// <param name="Accelerates">The chance that there is an acceleration at all; the rest of the draws have nothing to account for and do
/// not enter <paramref name="Share"/>.</param>
public sealed record AccelerationShare(IndicatorDistribution Share, ProbabilityBounds Accelerates);
