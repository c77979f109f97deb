namespace Standstill.Measurement.Capability;

/// <summary>The 95 % limits of a horizon.</summary>
/// <param name="Low">The lower limit (2.5 % quantile).</param>
/// <param name="High">The upper limit (97.5 % quantile).</param>
public readonly record struct HorizonLimits(Minutes Low, Minutes High);

/// <summary>The time horizon of one model as an evaluator published it.</summary>
/// <remarks>The p-horizon is the length of task, by the time a skilled human needs, at which the model succeeds with probability p
/// (Kwa et al., "Measuring AI ability to complete long tasks", METR 2025, arXiv 2503.14499, section 4).</remarks>
public sealed record PublishedHorizon
{
    /// <summary>States a published horizon.</summary>
    /// <param name="model">The model's name, not blank.</param>
    /// <param name="released">The day on which the model was released.</param>
    /// <param name="p50">The 50 % horizon.</param>
    /// <param name="limits95">The 95 % limits of the 50 % horizon, where published.</param>
    /// <param name="p80">The 80 % horizon, where published; at most the 50 % horizon.</param>
    /// <param name="censoring">Whether the figures are only bounds.</param>
    /// <param name="support">The longest task of the suite, where known: beyond it a horizon is extrapolated.</param>
    /// <param name="limits80">The 95 % limits of the 80 % horizon, where published.</param>
    /// <exception cref="ArgumentException">The figures contradict one another: see <see cref="Fault"/>.</exception>
    public PublishedHorizon(
        string model,
        DateOnly released,
        Minutes p50,
        HorizonLimits? limits95 = null,
        Minutes? p80 = null,
        Censoring censoring = Censoring.None,
        Minutes? support = null,
        HorizonLimits? limits80 = null)
    {
        if (Fault(model, p50, limits95, p80, limits80) is { } fault)
        {
            throw new ArgumentException(fault.ToString(), nameof(model));
        }

        Model = model;
        Released = released;
        P50 = p50;
        Limits95 = limits95;
        P80 = p80;
        Censoring = censoring;
        Support = support;
        Limits80 = limits80;
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The day on which the model was released.</summary>
    public DateOnly Released { get; }

    /// <summary>The 50 % horizon.</summary>
    public Minutes P50 { get; }

    /// <summary>The 95 % limits of <see cref="P50"/>, where published.</summary>
    public HorizonLimits? Limits95 { get; }

    /// <summary>The 80 % horizon, where published.</summary>
    public Minutes? P80 { get; }

    /// <summary>The 95 % limits of <see cref="P80"/>, where published.</summary>
    public HorizonLimits? Limits80 { get; }

    /// <summary>Whether the figures are only bounds.</summary>
    public Censoring Censoring { get; }

    /// <summary>The longest task of the suite, where known.</summary>
    public Minutes? Support { get; }

    /// <summary>Why figures cannot be a published horizon; nothing where they can.</summary>
    public static FigureFault? Fault(string model, Minutes p50, HorizonLimits? limits95, Minutes? p80, HorizonLimits? limits80 = null)
    {
        if (string.IsNullOrWhiteSpace(model))
        {
            return new FigureFault("model", "the name is blank", "name the model");
        }

        if (p50.Value == 0 || limits95 is { Low.Value: 0 } or { High.Value: 0 } || p80 is { Value: 0 } || limits80 is { Low.Value: 0 } or { High.Value: 0 })
        {
            return new FigureFault("p50_minutes", "a length was never set", "give lengths above zero");
        }

        if (Around("p50", p50, limits95) is { } fault)
        {
            return fault;
        }

        if (p80 is not { } eighty)
        {
            return limits80 is null ? null : new FigureFault("p80_minutes", "the limits of an 80 % horizon without the horizon", "give the 80 % horizon, or leave its limits out");
        }

        return eighty.Value > p50.Value
            ? new FigureFault("p80_minutes", $"`{eighty.Value:R}` is above the 50 % horizon `{p50.Value:R}`", "check the two columns: success falls with length")
            : Around("p80", eighty, limits80);
    }

    private static FigureFault? Around(string horizon, Minutes estimate, HorizonLimits? limits) =>
        limits is not { } given ? null
        : given.Low.Value > estimate.Value ? new FigureFault(
            horizon + "_ci95_low", $"`{given.Low.Value:R}` is above the estimate `{estimate.Value:R}`", "give limits with low <= estimate <= high")
        : given.High.Value < estimate.Value ? new FigureFault(
            horizon + "_ci95_high", $"`{given.High.Value:R}` is below the estimate `{estimate.Value:R}`", "give limits with low <= estimate <= high")
        : null;
}
