using System.Collections.Immutable;

namespace Standstill.Cli.Plots;

/// <summary>Horizon against release date. Lengths are in minutes.</summary>
/// <param name="Title">The title.</param>
/// <param name="Axis">What the upright axis shows, such as `50 % time horizon`.</param>
/// <param name="Points">The models.</param>
/// <param name="Trends">Fitted lines.</param>
/// <param name="Fan">The forecast; absent for none.</param>
/// <param name="Thresholds">Lengths that triggers compare with.</param>
/// <param name="Support">The longest task, beyond which a horizon is extrapolated; absent where it is not known.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record TrendFigure(
    string Title,
    string Axis,
    ImmutableArray<HorizonPoint> Points,
    ImmutableArray<TrendLine> Trends,
    ForecastFan? Fan,
    ImmutableArray<ThresholdLine> Thresholds,
    double? Support,
    PlotSource Source);

/// <summary>One model.</summary>
/// <param name="Name">Its name, shown where it is on the frontier.</param>
/// <param name="Released">Its release.</param>
/// <param name="Minutes">The estimate, or the bound where only one is known; what cannot be drawn on a
/// logarithmic axis is left out and counted.</param>
/// <param name="Low">Lower 95 % limit; 0 for none.</param>
/// <param name="High">Upper limit; +∞ for none. Limits that do not hold the estimate, such as NaN, draw no interval.</param>
/// <param name="OnFrontier">Whether no earlier model's is longer.</param>
/// <param name="AtLeast">Whether the figure is only a lower bound (right-censored).</param>
internal sealed record HorizonPoint(string Name, DateOnly Released, double Minutes, double Low, double High, bool OnFrontier, bool AtLeast = false);

/// <summary>A fitted line.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Days">Its course in order of days.</param>
internal sealed record TrendLine(string Name, ImmutableArray<DayLength> Days);

/// <summary>A length on a day.</summary>
internal readonly record struct DayLength(DateOnly Day, double Minutes);

/// <summary>A forecast as bands around a median.</summary>
/// <param name="LastDatum">The day of the last datum, after which the bands are paler.</param>
/// <param name="Days">Its course in order of days; it may begin before the last datum.</param>
internal sealed record ForecastFan(DateOnly LastDatum, ImmutableArray<FanDay> Days);

/// <summary>The distribution of the horizon on a day, by quantiles in minutes.</summary>
internal readonly record struct FanDay(DateOnly Day, double Low90, double Low50, double Median, double High50, double High90);

/// <summary>A length that triggers compare with.</summary>
/// <param name="Name">What is written on it.</param>
/// <param name="Minutes">The length.</param>
internal sealed record ThresholdLine(string Name, double Minutes);
