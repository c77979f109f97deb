using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Critique;

/// <summary>How far stated human times lie from the lengths that make tasks hard: standard deviations of ln(minutes).</summary>
/// <remarks>The defaults are an assumption: a measured time within a factor of 3 of the truth, an estimate within a factor of 4, in 95
/// of 100 cases, so that the deviations are ln 3 / 1.96 and ln 4 / 1.96. The factors are those that METR's note "Impact of modelling
/// assumptions on time horizon results" of 20 March 2026 is reported to name; that the errors are log-normal, independent between tasks
/// and that the factors are 95 % ranges is ours.</remarks>
public sealed record HumanTimeNoise
{
    /// <summary>The default deviations.</summary>
    public static HumanTimeNoise Default { get; } = new();

    /// <summary>For measured times, at least 0 and finite.</summary>
    public double Measured
    {
        get;
        init => field = Checked(value, nameof(Measured));
    }
        = 0.5605;

    /// <summary>For estimated times, and for times whose basis is not stated, at least 0 and finite.</summary>
    public double Estimated
    {
        get;
        init => field = Checked(value, nameof(Estimated));
    }
        = 0.7073;

    /// <summary>The deviation for a basis.</summary>
    public double Of(HumanTimeBasis basis) => basis == HumanTimeBasis.Measured ? Measured : Estimated;

    private static double Checked(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "a standard deviation is finite and not negative");
}
