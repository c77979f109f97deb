using System.Collections.Immutable;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Acceleration;

/// <summary>One model's measured capability.</summary>
/// <param name="Name">The model.</param>
/// <param name="Released">When it was released.</param>
/// <param name="Value">The capability, on a scale on which steady progress is a straight line: ln(minutes) of a horizon, or a
/// capability index as it stands.</param>
public sealed record SeriesPoint(string Name, DateOnly Released, double Value);

/// <summary>Measured capability by release date, with draws that carry its error.</summary>
/// <remarks>All models may be given, not only the frontier: the frontier is selected anew in every draw. Bounds have no place here;
/// leave such models out, and say so.</remarks>
public sealed class AccelerationSeries
{
    private readonly ImmutableArray<double[]> drawn;

    private AccelerationSeries(ImmutableArray<SeriesPoint> points, ImmutableArray<double[]> drawn)
    {
        Points = points;
        this.drawn = drawn;
    }

    /// <summary>The models in order of release, then of name.</summary>
    public ImmutableArray<SeriesPoint> Points { get; }

    /// <summary>How many draws there are.</summary>
    public int Draws => drawn.Length;

    /// <summary>A series with draws made elsewhere, such as the bootstrap of horizons.</summary>
    /// <param name="points">The models, in any order; values are finite.</param>
    /// <param name="draws">At least one; each has a value for every point, in the same order. A value that is not finite leaves the
    /// model out of that draw.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a draw has another length.</exception>
    public static AccelerationSeries FromDraws(ImmutableArray<SeriesPoint> points, ImmutableArray<double[]> draws)
    {
        if (points.Any(point => !double.IsFinite(point.Value)))
        {
            throw new ArgumentException("the values of a series are finite", nameof(points));
        }

        if (draws.IsDefaultOrEmpty || draws.Any(draw => draw.Length != points.Length))
        {
            throw new ArgumentException("there is at least one draw, and each has a value for every point", nameof(draws));
        }

        var order = Enumerable.Range(0, points.Length)
            .OrderBy(i => points[i].Released)
            .ThenBy(i => points[i].Name, StringComparer.Ordinal)
            .ThenBy(i => points[i].Value)
            .ToArray();
        return new AccelerationSeries(
            [.. order.Select(i => points[i])], [.. draws.Select(draw => Array.ConvertAll(order, i => draw[i]))]);
    }

    /// <summary>A series with independent normal errors.</summary>
    /// <param name="points">The models, in any order; values are finite.</param>
    /// <param name="errors">The standard deviation of each value, from 0 up, in the same order.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">How many, at least 1.</param>
    /// <exception cref="ArgumentException">A value is not finite, or there is not one error from 0 up for each point.</exception>
    public static AccelerationSeries FromErrors(ImmutableArray<SeriesPoint> points, ImmutableArray<double> errors, Seed seed, int draws)
    {
        if (errors.Length != points.Length || errors.Any(error => !(error >= 0 && double.IsFinite(error))))
        {
            throw new ArgumentException("there is one error from 0 up for each point", nameof(errors));
        }

        return Sampled(points, seed, draws, (i, z) => points[i].Value + (z * errors[i]));
    }

    /// <summary>The series of horizons estimated from runs, with the joint draws of the bootstrap.</summary>
    /// <remarks>Agents without a release date, and those whose runs give only a bound, are left out. So is a model from a draw that bounds it
    /// only.</remarks>
    /// <param name="agents">The agents of the runs.</param>
    /// <param name="fits">Their fits, in the same order.</param>
    /// <param name="draws">Their draws.</param>
    /// <param name="level">Index into the success levels of the draws.</param>
    public static AccelerationSeries FromRuns(ImmutableArray<Agent> agents, ImmutableArray<HorizonFit> fits, HorizonDraws draws, int level)
    {
        ImmutableArray<(int Agent, SeriesPoint Point)> placed =
        [
            .. Enumerable.Range(0, agents.Length)
                .Where(agent => agents[agent].Released is not null && fits[agent].Horizon(draws.Levels[level]).Estimate is not null)
                .Select(agent => (agent, new SeriesPoint(
                    agents[agent].Alias, agents[agent].Released!.Value, fits[agent].Horizon(draws.Levels[level]).Estimate!.Value))),
        ];
        return FromDraws(
            [.. placed.Select(one => one.Point)],
            [.. Enumerable.Range(0, draws.Count).Select(draw => placed.Select(one => draws.Log(draw, one.Agent, level)).ToArray())]);
    }

    /// <summary>The series of published horizons: ln(minutes) with a split normal of the published limits.</summary>
    /// <remarks>Figures that are only bounds are left out. A model without limits stays at its figure.</remarks>
    /// <param name="horizons">The published figures, in any order.</param>
    /// <param name="seed">From which all draws follow.</param>
    /// <param name="draws">How many, at least 1.</param>
    public static AccelerationSeries FromPublished(ImmutableArray<PublishedHorizon> horizons, Seed seed, int draws)
    {
        ImmutableArray<PublishedHorizon> measured =
        [
            .. horizons.Where(horizon => horizon.Censoring == Censoring.None)
                .OrderBy(horizon => horizon.Released)
                .ThenBy(horizon => horizon.Model, StringComparer.Ordinal)
                .ThenBy(horizon => horizon.P50.Value),
        ];
        ImmutableArray<SeriesPoint> points =
            [.. measured.Select(horizon => new SeriesPoint(horizon.Model, horizon.Released, PortableMath.Log(horizon.P50.Value)))];
        return Sampled(points, seed, draws, (i, z) => points[i].Value + (z * Error(measured[i], points[i].Value, below: z < 0)));
    }

    /// <summary>The published values.</summary>
    internal double[] Published() => [.. Points.Select(point => point.Value)];

    /// <summary>The values of one draw, in the order of <see cref="Points"/>.</summary>
    internal ReadOnlySpan<double> Drawn(int draw) => drawn[draw];

    private static double Error(PublishedHorizon horizon, double log, bool below) => horizon.Limits95 is { } limits
        ? (below ? log - PortableMath.Log(limits.Low.Value) : PortableMath.Log(limits.High.Value) - log) / PublishedEdge.Z
        : 0;

    private static AccelerationSeries Sampled(ImmutableArray<SeriesPoint> points, Seed seed, int draws, Func<int, double, double> value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var drawn = ImmutableArray.CreateBuilder<double[]>(draws);
        for (var draw = 0; draw < draws; draw++)
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            var values = new double[points.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(i, random.NextNormal());
            }

            drawn.Add(values);
        }

        return FromDraws(points, drawn.MoveToImmutable());
    }
}
