using System.Collections.Immutable;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>Bootstrap draws of horizons: ln(minutes) by draw, agent and level.</summary>
/// <remarks>+∞ where every resampled run succeeded, −∞ where every one failed, not-a-number where a draw says nothing.</remarks>
public sealed class HorizonDraws
{
    private readonly double[] logs;
    private readonly int agents;

    internal HorizonDraws(double[] logs, int count, int agents, ImmutableArray<Probability> levels)
    {
        this.logs = logs;
        this.agents = agents;
        Count = count;
        Levels = levels;
    }

    /// <summary>How many draws there are.</summary>
    public int Count { get; }

    /// <summary>The success levels.</summary>
    public ImmutableArray<Probability> Levels { get; }

    /// <summary>ln(minutes) in one draw.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="agent">Index into the agents of the runs.</param>
    /// <param name="level">Index into <see cref="Levels"/>.</param>
    public double Log(int draw, int agent, int level) => logs[(((draw * agents) + agent) * Levels.Length) + level];

    /// <summary>ln(minutes) of one agent in all draws, in the order of the draws.</summary>
    public double[] Logs(int agent, int level)
    {
        var column = new double[Count];
        for (var draw = 0; draw < Count; draw++)
        {
            column[draw] = Log(draw, agent, level);
        }

        return column;
    }

    /// <summary>The interval of the given mass between two quantiles, in ln(minutes).</summary>
    /// <remarks>Draws that say nothing stand at both ends: they lower the lower end and raise the upper. Quantiles interpolate between
    /// neighbouring draws, as numpy's default does; where one of the two is infinite, the end is the outer one.</remarks>
    /// <param name="agent">Index into the agents of the runs.</param>
    /// <param name="level">Index into <see cref="Levels"/>.</param>
    /// <param name="mass">The mass between, such as 0.95.</param>
    public (double Low, double High) Interval(int agent, int level, Probability mass)
    {
        var tail = (1 - mass.Value) / 2;
        var column = Logs(agent, level);
        return (At(double.NegativeInfinity, tail), At(double.PositiveInfinity, 1 - tail));

        double At(double silent, double p)
        {
            var sorted = Array.ConvertAll(column, log => double.IsNaN(log) ? silent : log);
            Array.Sort(sorted);
            var place = p * (sorted.Length - 1);
            var below = (int)Math.Floor(place);
            var above = Math.Min(below + 1, sorted.Length - 1);
            return !double.IsFinite(sorted[below]) || !double.IsFinite(sorted[above])
                ? silent < 0 || place == below ? sorted[below] : sorted[above]
                : sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }
    }
}
