namespace Standstill.Measurement.Capability.Index;

/// <summary>What fixes the origin and the scale of an index, which scores alone leave free.</summary>
/// <remarks>Another anchor moves and stretches the whole index and changes nothing else.</remarks>
public abstract record IndexAnchor
{
    private IndexAnchor()
    {
    }

    /// <summary>One benchmark has a given difficulty and slope.</summary>
    /// <param name="Name">The benchmark.</param>
    /// <param name="Difficulty">The index at which half of it is reached.</param>
    /// <param name="Slope">Its slope, above 0: one over the index that takes a score from 50 % to 73 %.</param>
    public sealed record Benchmark(string Name, double Difficulty = 0, double Slope = 1) : IndexAnchor;

    /// <summary>Two models have given values.</summary>
    /// <remarks>The published Epoch Capabilities Index has Claude 3.5 Sonnet of June 2024 at 130 and GPT-5 (medium) at 150.</remarks>
    /// <param name="Lower">The model that is to have the lower value.</param>
    /// <param name="LowerValue">Its value.</param>
    /// <param name="Upper">The model that is to have the upper value.</param>
    /// <param name="UpperValue">Its value, above the lower.</param>
    public sealed record Models(string Lower, double LowerValue, string Upper, double UpperValue) : IndexAnchor;
}
