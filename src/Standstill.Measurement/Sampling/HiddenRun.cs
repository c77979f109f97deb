namespace Standstill.Measurement.Sampling;

/// <summary>A training run that somebody might hide.</summary>
/// <param name="Flop">H: how many operations it takes; above 0.</param>
/// <param name="WithinDays">D: within how many days it is to be caught, and so the longest it may take; above 0.</param>
/// <param name="PeakFlopPerSecond">The peak of one accelerator at the precision used, dense; above 0.</param>
/// <param name="Utilisation">The share of the peak that is reached, in (0, 1].</param>
public sealed record HiddenRun(double Flop, double WithinDays, double PeakFlopPerSecond, double Utilisation)
{
    private const double SecondsPerDay = 86400;

    /// <summary>H / (peak · utilisation): the chip-days that the run takes.</summary>
    public double ChipDays => Flop / (PeakFlopPerSecond * Utilisation * SecondsPerDay);

    /// <summary>The fewest accelerators that finish it in time: ⌈chip-days / D⌉.</summary>
    public long FewestChips => (long)Math.Ceiling(ChipDays / WithinDays * (1 - 1e-12));

    /// <summary>Why it cannot be; nothing where it can.</summary>
    public FigureFault? Fault =>
        !(Flop > 0 && double.IsFinite(Flop)) ? new FigureFault("flop", $"`{Flop:R}`", "give operations above 0")
        : !(WithinDays > 0 && double.IsFinite(WithinDays)) ? new FigureFault("days", $"`{WithinDays:R}`", "give days above 0")
        : !(PeakFlopPerSecond > 0 && double.IsFinite(PeakFlopPerSecond)) ? new FigureFault("peak", $"`{PeakFlopPerSecond:R}`", "give operations per second above 0")
        : !(Utilisation > 0 && Utilisation <= 1) ? new FigureFault("utilisation", $"`{Utilisation:R}`", "give a share in (0, 1]")
        : null;
}
