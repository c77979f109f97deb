namespace Standstill.Measurement.Capability.Critique;

/// <summary>What the variants of a multiverse take.</summary>
public sealed record MultiverseOptions
{
    /// <summary>The first day of the trend's window.</summary>
    public DateOnly Since { get; init; } = new(2023, 1, 1);

    /// <summary>The length whose crossing is dated.</summary>
    public Minutes Length { get; init; } = new(40 * 60);

    /// <summary>How noisy human times are taken to be.</summary>
    public HumanTimeNoise Noise { get; init; } = HumanTimeNoise.Default;

    /// <summary>How often noise is drawn, at least 1.</summary>
    public int NoiseDraws { get; init; } = 100;

    /// <summary>The greatest lapse under a ceiling, below 1.</summary>
    public Probability MostLapse { get; init; } = CeilingFit.DefaultMostLapse;

    /// <summary>The share of weight that must reach as far as a horizon for it to be supported.</summary>
    public Probability LeastSupport { get; init; } = TaskSupport.DefaultLeastMass;
}
