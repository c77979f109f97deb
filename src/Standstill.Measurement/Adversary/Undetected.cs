using System.Collections.Immutable;
using Standstill.Measurement.Adversary.Strategies;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Adversary;

/// <summary>What these measures cannot see, as numbers.</summary>
/// <remarks>
/// <para>On the ledger: the largest X on a grid of a tenth of a decade such that at X some feasible plan is not detectable. A plan is not
/// detectable when the probability that it sets off an alarm (<see cref="Seen.Caused"/>) is at most that of a chance alarm of the very same
/// tests in the same days, and at most <see cref="MostLevel"/>: who sees an alarm would as soon have seen it by chance. Where no test can alarm by chance, a plan is not detectable only if it never causes an alarm.</para>
/// <para>Off the ledger: what the reachable part of the world's remainder could run, days × chips × operations an hour; no measure sees any
/// of it. With the 95/5 split only a twentieth has to be hidden, so that the run behind it may be twenty times as large.</para>
/// </remarks>
/// <param name="WithinDays">The days.</param>
/// <param name="OnLedgerFlop">The largest diversion of the party that is not detectable; 0 where the least on the grid is.</param>
/// <param name="By">The strategy that does it; absent where none does.</param>
/// <param name="RemainderLow">Operations by the reachable remainder, lower end; absent without an estimate.</param>
/// <param name="RemainderMedian">The middle.</param>
/// <param name="RemainderHigh">The upper end.</param>
public sealed record Undetected(
    int WithinDays, double OnLedgerFlop, Strategy? By, double? RemainderLow, double? RemainderMedian, double? RemainderHigh)
{
    /// <summary>The size of a test by convention: 0.05.</summary>
    public const double MostLevel = 0.05;

    /// <summary>The least diversion looked for, in operations: 10²⁰.</summary>
    public const double Least = 1e20;

    private const int StepsPerDecade = 10;

    /// <summary>10²⁰ to 10²⁹.</summary>
    private const int Steps = 90;

    /// <summary>The most that is looked for, in operations: 10²⁹. What is not detectable there has no limit that was found.</summary>
    public static double Most { get; } = Grid(Steps);

    /// <summary>How many times the hidden operations the whole run is, in the 95/5 split.</summary>
    public static double SplitFactor => 1 / SplitRollouts.Hidden;

    /// <summary>Searches for it, by bisection for each strategy: what is not detectable at X is taken not to be detectable below.</summary>
    /// <param name="measures">What is in place.</param>
    /// <param name="withinDays">The days, from 1 up.</param>
    /// <param name="strategies">The strategies to play.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">Worlds for each step of the search, at least 1.</param>
    /// <param name="loop">How draws are run; the result does not depend on it.</param>
    public static Undetected Of(
        MeasuresInPlace measures, int withinDays, ImmutableArray<Strategy> strategies, Seed seed, int draws, DrawLoop loop)
    {
        var shape = StudyShape.Of(measures, withinDays, new Tunings());
        var (low, high) = (new int[strategies.Length], new int[strategies.Length]);
        Array.Fill(low, -1);
        Array.Fill(high, Steps + 1);
        while (true)
        {
            var open = Enumerable.Range(0, strategies.Length).Where(i => high[i] - low[i] > 1).ToArray();
            if (open.Length == 0)
            {
                break;
            }

            var middle = Array.ConvertAll(open, i => (low[i] + high[i]) / 2);
            var hidden = DetectionStudy.AnyNotDetectable(
                shape,
                [.. open.Select((i, place) => (strategies[i], new Diversion(Grid(middle[place]), withinDays)))],
                seed,
                draws,
                loop);
            for (var place = 0; place < open.Length; place++)
            {
                (hidden[place] ? low : high)[open[place]] = middle[place];
            }
        }

        var best = Enumerable.Range(0, strategies.Length).Where(i => low[i] >= 0).OrderByDescending(i => low[i]).Select(i => (int?)i).FirstOrDefault();
        var flopPerChip = measures.Rate.FlopPerChipHour * 24 * withinDays * (measures.Remainder?.Reachable ?? 0);
        return new Undetected(
            withinDays,
            best is { } index ? Grid(low[index]) : 0,
            best is { } strategy ? strategies[strategy] : null,
            measures.Remainder?.Low * flopPerChip,
            measures.Remainder?.Median * flopPerChip,
            measures.Remainder?.High * flopPerChip);
    }

    private static double Grid(int step)
    {
        var value = Least;
        for (var i = 0; i < step / StepsPerDecade; i++)
        {
            value *= 10;
        }

        return value * PortableMath.Exp(step % StepsPerDecade * PortableMath.Log(10) / StepsPerDecade);
    }
}
