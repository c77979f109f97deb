using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>The forecast of the frontier for one day: of the figure that the record holder of that day will show, error of measurement included.</summary>
public sealed class DatedForecast
{
    private readonly ImmutableArray<PathMixture> readings;
    private readonly bool open;
    private readonly Minutes? support;

    internal DatedForecast(DateOnly date, ImmutableArray<PathMixture> readings, bool open, Minutes? support, PastCoverage? past)
    {
        this.readings = readings;
        this.open = open;
        this.support = support;
        Date = date;
        Past = past;
    }

    /// <summary>The day.</summary>
    public DateOnly Date { get; }

    /// <summary>How the same method did in the past at the range nearest to this one; absent where the history is too short to tell.</summary>
    public PastCoverage? Past { get; }

    /// <summary>Whether the median lies beyond the longest task, or that task is not known.</summary>
    public bool BeyondSupport => !(support is { } longest && Quantile(new Probability(0.5)).High <= longest.Value);

    /// <summary>A quantile in minutes, over all readings of the bounds.</summary>
    /// <remarks>+∞ above where more bounds are in the history than can be read, and where minutes pass the range of numbers.</remarks>
    /// <param name="p">The mass below, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mass is 0 or 1.</exception>
    public QuantileBounds Quantile(Probability p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p.Value, 0, nameof(p));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p.Value, 1, nameof(p));
        var logs = readings.Select(reading => reading.Quantile(p.Value)).ToArray();
        return new QuantileBounds(PortableMath.Exp(logs.Min()), open ? double.PositiveInfinity : PortableMath.Exp(logs.Max()));
    }

    /// <summary>The chance that the frontier is above a length.</summary>
    public ProbabilityBounds Above(Minutes length)
    {
        var log = PortableMath.Log(length.Value);
        var above = readings.Select(reading => 1 - reading.Below(log)).ToArray();
        return new ProbabilityBounds(new Probability(above.Min()), new Probability(open ? 1 : above.Max()));
    }

    /// <summary>The density per unit of ln(minutes), in the reading that completes the bounds.</summary>
    public double LogDensity(Minutes length) => readings[0].Density(PortableMath.Log(length.Value));
}
