using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Fleet;

/// <summary>Why a run is named.</summary>
public enum RunOddity
{
    /// <summary>It would need more than the peak: its chip-time or its operations are wrong, or belong to different things.</summary>
    Impossible,

    /// <summary>It reaches less than others by a modified z-score below −3.5.</summary>
    Low,

    /// <summary>It reaches more than others by a modified z-score above 3.5, though not more than the peak.</summary>
    High,
}

/// <summary>A run that stands out.</summary>
/// <param name="Run">The run.</param>
/// <param name="Implied">Its implied utilisation.</param>
/// <param name="Score">Its modified z-score on the logarithm.</param>
/// <param name="Why">Why it is named.</param>
public sealed record OddRun(PublishedRun Run, double Implied, double Score, RunOddity Why);

/// <summary>How implied utilisations of published runs are spread, robustly against the wrong ones among them.</summary>
/// <param name="Runs">How many there are.</param>
/// <param name="Median">The median.</param>
/// <param name="MadSigma">1.4826 times the median absolute deviation of the logarithm: σ if it were lognormal.</param>
/// <param name="QuartileSigma">The distance of the quartiles of the logarithm over 1.349: σ if it were lognormal.</param>
/// <param name="PlainSigma">The standard deviation of the logarithm of all, which the wrong ones rule.</param>
/// <param name="Odd">The runs that stand out, in the order of the file.</param>
public sealed record UtilisationSpread(
    int Runs, double Median, double MadSigma, double QuartileSigma, double PlainSigma, ImmutableArray<OddRun> Odd)
{
    private const double ScoreLimit = 3.5;

    /// <summary>Estimates the spread.</summary>
    /// <remarks>The rule is that of B. Iglewicz and D. Hoaglin, "How to detect and handle outliers" (1993): 0.6745·(x − median)/MAD beyond
    /// 3.5, on the logarithm; and whatever needs more than the peak. Quantiles interpolate linearly (type 7 of Hyndman and Fan 1996).</remarks>
    /// <exception cref="ArgumentException">There are fewer than three runs.</exception>
    public static UtilisationSpread Of(ImmutableArray<PublishedRun> runs)
    {
        if (runs.Length < 3)
        {
            throw new ArgumentException("a spread takes three runs", nameof(runs));
        }

        var logs = runs.Select(run => PortableMath.Log(run.ImpliedUtilisation)).ToArray();
        var sorted = logs.Order().ToArray();
        var median = Quantile(sorted, 0.5);
        var deviation = Quantile([.. logs.Select(x => Math.Abs(x - median)).Order()], 0.5);
        var mean = sorted.Sum() / sorted.Length;
        var odd = ImmutableArray.CreateBuilder<OddRun>();
        for (var i = 0; i < runs.Length; i++)
        {
            var (implied, score) = (runs[i].ImpliedUtilisation, 0.6745 * (logs[i] - median) / deviation);
            RunOddity? why = implied > 1 ? RunOddity.Impossible : score > ScoreLimit ? RunOddity.High : score < -ScoreLimit ? RunOddity.Low : null;
            if (why is { } reason)
            {
                odd.Add(new OddRun(runs[i], implied, score, reason));
            }
        }

        return new UtilisationSpread(
            runs.Length,
            PortableMath.Exp(median),
            1.4826 * deviation,
            (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / 1.349,
            Math.Sqrt(sorted.Sum(x => (x - mean) * (x - mean)) / (sorted.Length - 1)),
            odd.ToImmutable());
    }

    internal static double Quantile(double[] sorted, double p)
    {
        var place = p * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
