using System.Collections.Immutable;

namespace Standstill.Cli.Plots;

/// <summary>Success against length of task, a panel for each agent.</summary>
/// <param name="Title">The title.</param>
/// <param name="Agents">The agents in any order; the most recent twenty-four are drawn, in order of release.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record CurvesFigure(string Title, ImmutableArray<AgentPanel> Agents, PlotSource Source);

/// <summary>One agent's panel. Lengths are in minutes, success is from 0 to 1.</summary>
/// <param name="Name">The agent.</param>
/// <param name="Released">Its release, which orders the panels; absent comes first.</param>
/// <param name="Bins">Observed success by length of task.</param>
/// <param name="Curve">The fitted curve in order of length; empty where there is none.</param>
/// <param name="Levels">The horizons, at most one for each level.</param>
/// <param name="Longest">The longest task it was tried at; absent without runs.</param>
/// <param name="Remark">What stands in place of the horizons, `all succeeded`; empty for none.</param>
internal sealed record AgentPanel(
    string Name,
    DateOnly? Released,
    ImmutableArray<SuccessBin> Bins,
    ImmutableArray<CurvePoint> Curve,
    ImmutableArray<LevelMark> Levels,
    double? Longest,
    string Remark = "");

/// <summary>Observed success of the tasks of about one length.</summary>
/// <param name="Minutes">Where the point stands, such as the mean of the logarithms; above zero.</param>
/// <param name="Success">The weighted share, from 0 to 1.</param>
/// <param name="Low">Lower limit of its interval.</param>
/// <param name="High">Upper limit.</param>
/// <param name="Weight">The bin's weight; only its ratio to the panel's largest matters.</param>
internal sealed record SuccessBin(double Minutes, double Success, double Low, double High, double Weight);

/// <summary>A place on a fitted curve.</summary>
/// <param name="Minutes">The length of task.</param>
/// <param name="Success">The fitted probability of success.</param>
internal readonly record struct CurvePoint(double Minutes, double Success)
{
    /// <summary>Samples a curve eight times per doubling from 0.1 s to 20,000 h, which is finer than a figure shows.</summary>
    /// <param name="success">The probability of success at a length in minutes.</param>
    public static ImmutableArray<CurvePoint> Sample(Func<double, double> success) =>
        [.. Enumerable.Range(-75, 238).Select(eighth => Math.Pow(2, eighth / 8.0)).Select(minutes => new CurvePoint(minutes, success(minutes)))];
}

/// <summary>A horizon in a panel.</summary>
/// <param name="Level">The level of success, from 0 to 1.</param>
/// <param name="Minutes">The estimate; absent where the runs only bound it.</param>
/// <param name="Low">Lower limit; 0 for none.</param>
/// <param name="High">Upper limit; +∞ for none.</param>
internal sealed record LevelMark(double Level, double? Minutes, double Low, double High);
