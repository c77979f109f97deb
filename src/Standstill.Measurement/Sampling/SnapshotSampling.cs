using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Sampling;

/// <summary>How many accelerators to look at so that a hidden run leaves a trace in one of them.</summary>
/// <remarks>
/// <para>After Y. Shavit, "What does it take to catch a Chinchilla? Verifying rules on large-scale neural network training via compute
/// monitoring" (arXiv 2303.11341, 2023): each accelerator logs hashes of the weights in its memory at random times; an inspector takes
/// a random sample of accelerators and has every logged hash explained.</para>
/// <para>Derived here: snapshots come at a constant rate s per accelerator and day; C accelerators are there, k of them in the run for all
/// D days; m inspections, equally spaced, look at n accelerators each, drawn afresh, and read what was logged since the inspection
/// before. A look at an accelerator of the run shows it with probability q = 1 − e^(−s·D/m), looks are independent from one inspection
/// to the next, and the run is missed with probability β(C, k, n, q)ᵐ, β being that of <see cref="AttributeSampling"/>.</para>
/// <para>The worst run uses the fewest accelerators that finish in time: the chip-days are given, and more accelerators for fewer
/// days only raise the number that a sample can hit. It is assumed that no snapshot can be suppressed, and that a run's hash is never
/// explained away.</para>
/// </remarks>
public static class SnapshotSampling
{
    /// <summary>The probability that the run is caught at its worst, on the fewest accelerators.</summary>
    /// <param name="run">The run.</param>
    /// <param name="chips">C: how many accelerators are there, at most 10⁸.</param>
    /// <param name="snapshotsPerDay">s: snapshots per accelerator and day on average; 0 or more.</param>
    /// <param name="inspections">m: inspections within the D days, at least 1.</param>
    /// <param name="sample">n: accelerators looked at at each, at most C.</param>
    /// <exception cref="ArgumentException">The run has a fault, or does not fit on the accelerators.</exception>
    public static Probability Detection(HiddenRun run, int chips, double snapshotsPerDay, int inspections, int sample)
    {
        var (k, q) = Check(run, chips, snapshotsPerDay, inspections);
        return new Probability(1 - PortableMath.Exp(inspections * LogMissed(chips, k, sample, q)));
    }

    /// <summary>The smallest sample at each inspection that catches the run with the demanded probability.</summary>
    /// <inheritdoc cref="Detection"/>
    public static SampleAnswer SmallestSample(HiddenRun run, int chips, double snapshotsPerDay, int inspections, Probability demanded)
    {
        var (k, q) = Check(run, chips, snapshotsPerDay, inspections);
        var logBeta = PortableMath.Log(1 - demanded.Value);
        bool Meets(int n) => inspections * LogMissed(chips, k, n, q) <= logBeta + 1e-12;
        if (!Meets(chips))
        {
            return new SampleAnswer.Unreachable(Detection(run, chips, snapshotsPerDay, inspections, chips));
        }

        var (low, high) = (0, chips);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Meets(middle) ? (low, middle) : (middle + 1, high);
        }

        return new SampleAnswer.Enough(low, Detection(run, chips, snapshotsPerDay, inspections, low));
    }

    private static double LogMissed(int chips, int k, int n, double q) =>
        Hypergeometric.LogGenerating(chips, k, n, 1 - q);

    private static (int Chips, double Identification) Check(HiddenRun run, int chips, double snapshotsPerDay, int inspections)
    {
        if (run.Fault is { } fault)
        {
            throw new ArgumentException(fault.ToString(), nameof(run));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(inspections, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(snapshotsPerDay);
        Hypergeometric.Check(chips, 0, 0);
        return run.FewestChips <= chips
            ? ((int)run.FewestChips, 1 - PortableMath.Exp(-snapshotsPerDay * run.WithinDays / inspections))
            : throw new ArgumentException($"the run takes {run.FewestChips} accelerators, and {chips} are there: it cannot be run here", nameof(chips));
    }
}
