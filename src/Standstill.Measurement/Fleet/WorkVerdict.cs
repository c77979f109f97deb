using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Fleet;

/// <summary>How declared work compares with the chip-time that was used for it.</summary>
public abstract record WorkVerdict
{
    private WorkVerdict()
    {
    }

    /// <summary>The share of the peak that the declared work needs.</summary>
    public required double Implied { get; init; }

    /// <summary>The work explains the time, within the spread of utilisations.</summary>
    public sealed record Consistent : WorkVerdict;

    /// <summary>More chip-time than the work explains: some of it may have done something else.</summary>
    /// <param name="Unexplained">The chip-time beyond what the work needs at the lowest plausible utilisation.</param>
    public sealed record MoreTime(ChipHours Unexplained) : WorkVerdict;

    /// <summary>More work than these accelerators plausibly do in that time: some of it may have been done elsewhere.</summary>
    /// <param name="Elsewhere">The work beyond what the time yields at the highest plausible utilisation.</param>
    public sealed record MoreWork(Flop Elsewhere) : WorkVerdict;

    /// <summary>More work than the accelerators can do at their peak: the declaration is wrong, or work was done elsewhere.</summary>
    /// <param name="Elsewhere">The work beyond the peak.</param>
    public sealed record Impossible(Flop Elsewhere) : WorkVerdict;

    /// <summary>Compares.</summary>
    /// <param name="declared">The declared work.</param>
    /// <param name="time">The chip-time used for it, above 0.</param>
    /// <param name="peak">The peak of one accelerator, above 0.</param>
    /// <param name="model">What is believed of utilisations.</param>
    /// <param name="confidence">How much of the spread is plausible: 0.95 leaves 2.5 % at each end.</param>
    /// <exception cref="ArgumentException">There is no time, or no peak.</exception>
    public static WorkVerdict Of(DeclaredWork declared, ChipHours time, FlopPerSecond peak, UtilisationModel model, Probability confidence)
    {
        var work = declared.Total;
        var implied = UtilisationModel.Implied(work, time, peak);
        var z = PortableMath.NormalQuantile(0.5 + (confidence.Value / 2));
        var (low, high) = (model.Median * PortableMath.Exp(-z * model.LogSigma), model.Median * PortableMath.Exp(z * model.LogSigma));
        return implied > 1 ? new Impossible(new Flop(work.Value * (1 - (1 / implied)))) { Implied = implied }
            : implied > high ? new MoreWork(new Flop(work.Value * (1 - (high / implied)))) { Implied = implied }
            : implied < low ? new MoreTime(new ChipHours(time.Value * (1 - (implied / low)))) { Implied = implied }
            : new Consistent { Implied = implied };
    }
}
