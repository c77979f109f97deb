using System.Collections.Immutable;
using Standstill.Measurement.Capability.Acceleration;

namespace Standstill.Measurement.Capability.Index;

/// <summary>An index with draws that carry the doubt about its benchmarks.</summary>
public sealed class IndexDraws
{
    private readonly ImmutableArray<double[]> draws;

    internal IndexDraws(ImmutableArray<IndexedModel> models, ImmutableArray<double[]> draws)
    {
        Models = models;
        this.draws = draws;
    }

    /// <summary>The models that have a value, bounds left out, in order of release, then of name.</summary>
    public ImmutableArray<IndexedModel> Models { get; }

    /// <summary>How many draws there are.</summary>
    public int Count => draws.Length;

    /// <summary>One model's value in one draw; not-a-number where the draw does not place it.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="model">Index into <see cref="Models"/>.</param>
    public double Value(int draw, int model) => draws[draw][model];

    /// <summary>The standard deviation of one model's value over the draws that place it; not-a-number with fewer than two.</summary>
    public double StandardError(int model)
    {
        double[] values = [.. draws.Select(draw => draw[model]).Where(double.IsFinite)];
        var mean = values.Length == 0 ? double.NaN : values.Sum() / values.Length;
        return values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <summary>The index over release dates, for <see cref="AccelerationTest"/>.</summary>
    /// <remarks>On the index steady progress is taken to be a straight line. That is a convention: another increasing scale of capability
    /// would bend it. The horizon, which has a unit, does not need it.</remarks>
    public AccelerationSeries Series() =>
        AccelerationSeries.FromDraws([.. Models.Select(model => new SeriesPoint(model.Name, model.Released, model.Value))], draws);
}
