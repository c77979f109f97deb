using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability;

/// <summary>The fitted horizon on one day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Low">2.5 % quantile of the lines, in minutes.</param>
/// <param name="Median">Median of the lines, in minutes.</param>
/// <param name="High">97.5 % quantile of the lines, in minutes.</param>
public readonly record struct TrendPoint(DateOnly Date, double Low, double Median, double High);

/// <summary>When the fitted line reaches a length.</summary>
/// <param name="Early">2.5 % quantile of the day; absent where it is after the year 9999 or never.</param>
/// <param name="Median">The median day, likewise.</param>
/// <param name="Late">97.5 % quantile of the day, likewise.</param>
/// <param name="BeyondSupport">Whether the length is not covered by the longest task that any evaluator stated: then the date is
/// extrapolated past what has been measured.</param>
public readonly record struct CrossingDates(DateOnly? Early, DateOnly? Median, DateOnly? Late, bool BeyondSupport);

/// <summary>One exponential fitted to the frontier of released models: ln(50 % horizon) on date by least squares.</summary>
/// <remarks>
/// <para><see cref="DoublingTime"/> respects bounds. The chart members (<see cref="Line"/>, <see cref="Crossing"/>,
/// <see cref="FittedDoublingDays"/>) take every bound for the value: with an "at least" figure on the frontier the true line may be
/// steeper and the true date earlier.</para>
/// <para>The spread is that of the horizons only. It leaves out the misfit of a single exponential and the choice of window, each of
/// which moves a crossing by more than the band shows.</para>
/// </remarks>
public sealed class FrontierTrend
{
    private static readonly ImmutableArray<Probability> Quantiles = [new(0.025), new(0.5), new(0.975)];

    private readonly ImmutableArray<LogLine> lines;
    private readonly int draws;
    private readonly Minutes? support;

    internal FrontierTrend(DrawnFrontier point, ImmutableArray<DrawnFrontier> drawn, int since, bool hasInterval, Minutes? support)
    {
        this.support = support;
        draws = drawn.Length;
        lines = [.. drawn.Select(frontier => frontier.Line(since)).OfType<LogLine>()];
        if (point.Line(since) is not { } fitted)
        {
            PointDoublingTime = DoublingTime = IndicatorDistribution.None;
            return;
        }

        FittedDoublingDays = PortableMath.Log(2) / fitted.Slope;
        var (least, greatest) = point.DoublingDays(since);
        double? estimate = least == greatest ? least : null;
        PointDoublingTime = IndicatorDistribution.FromBoundedDraws([least], [greatest], estimate, hasInterval: false);

        var lower = ImmutableArray.CreateBuilder<double>(draws);
        var upper = ImmutableArray.CreateBuilder<double>(draws);
        foreach (var frontier in drawn)
        {
            (least, greatest) = frontier.DoublingDays(since);
            lower.Add(least);
            upper.Add(greatest);
        }

        DoublingTime = IndicatorDistribution.FromBoundedDraws(lower.MoveToImmutable(), upper.MoveToImmutable(), estimate, hasInterval);
    }

    /// <summary>The doubling time of the frontier's 50 % horizon, in days, over all draws.</summary>
    /// <remarks>
    /// <para>ln 2 / slope. +∞ stands for "does not double". A draw whose frontier has fewer than two points in the window
    /// allows anything from 0 to +∞. <see cref="IndicatorDistribution.None"/> where the point frontier has fewer than two.</para>
    /// <para>With an "at least" figure in the table the doubling time may be arbitrarily short, so that the lower edge is 0 and
    /// probabilities are bounds; the upper edge is the slowest trend that the bound allows (exact for one such figure; several are
    /// moved together). The point estimate is then absent.</para>
    /// </remarks>
    public IndicatorDistribution DoublingTime { get; }

    /// <summary>The doubling time of the published point estimates, without sampling, in days. Has no interval.</summary>
    public IndicatorDistribution PointDoublingTime { get; }

    /// <summary>The doubling time in days of the line through the point frontier, bounds taken for values; absent with fewer than two points.</summary>
    public double? FittedDoublingDays { get; }

    /// <summary>The fitted line with its 95 % band on the given days, for charts; empty with no line in any draw.</summary>
    public ImmutableArray<TrendPoint> Line(IEnumerable<DateOnly> dates)
    {
        if (lines.IsEmpty)
        {
            return [];
        }

        var points = ImmutableArray.CreateBuilder<TrendPoint>();
        foreach (var date in dates)
        {
            var logs = IndicatorDistribution.FromDraws([.. lines.Select(line => line.At(date.DayNumber))], pointEstimate: null, hasInterval: true);
            var at = Quantiles.Select(p => PortableMath.Exp(logs.Quantile(p).Low)).ToArray();
            points.Add(new TrendPoint(date, at[0], at[1], at[2]));
        }

        return points.ToImmutable();
    }

    /// <summary>When the fitted line reaches a length, for charts. Draws without a line count as never.</summary>
    public CrossingDates Crossing(Minutes length)
    {
        var log = PortableMath.Log(length.Value);
        var days = lines
            .Select(line => line.Slope > 0 ? line.MeanDay + ((log - line.MeanLog) / line.Slope) : double.PositiveInfinity)
            .Concat(Enumerable.Repeat(double.PositiveInfinity, draws - lines.Length));
        var day = IndicatorDistribution.FromDraws([.. days], pointEstimate: null, hasInterval: true);
        var at = Quantiles.Select(p => ToDate(day.Quantile(p).Low)).ToArray();
        return new CrossingDates(at[0], at[1], at[2], !(support is { } longest && length.Value <= longest.Value));
    }

    private static DateOnly? ToDate(double day) =>
        day >= DateOnly.MaxValue.DayNumber + 1 ? null : DateOnly.FromDayNumber((int)Math.Floor(Math.Max(day, 0)));
}
