using System.Collections.Immutable;

namespace Standstill.Cli.Plots;

/// <summary>When the frontier crosses one or more lengths.</summary>
/// <param name="Title">The title.</param>
/// <param name="Lengths">The lengths, at most six; the rest is counted in the caption.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record CrossingFigure(string Title, ImmutableArray<CrossingRow> Lengths, PlotSource Source);

/// <summary>The distribution of one crossing's date. The masses and the months add up to 1.</summary>
/// <param name="Name">The length, such as `40 h`.</param>
/// <param name="Already">The mass of "already crossed".</param>
/// <param name="Never">The mass of "never within ten years".</param>
/// <param name="Months">The mass of each month in order; those of none may be left out.</param>
/// <param name="Median">The median.</param>
/// <param name="Low">The 5 % quantile.</param>
/// <param name="High">The 95 % quantile.</param>
internal sealed record CrossingRow(
    string Name, double Already, double Never, ImmutableArray<MonthMass> Months, CrossingDay Median, CrossingDay Low, CrossingDay High);

/// <summary>The mass of a month.</summary>
/// <param name="Month">Any day of the month.</param>
/// <param name="Mass">From 0 to 1.</param>
internal readonly record struct MonthMass(DateOnly Month, double Mass);

/// <summary>A quantile of a crossing's date.</summary>
internal abstract record CrossingDay
{
    private CrossingDay()
    {
    }

    /// <summary>It lies in the past of the forecast.</summary>
    internal sealed record Already : CrossingDay;

    /// <summary>It is on a day.</summary>
    internal sealed record On(DateOnly Day) : CrossingDay;

    /// <summary>It is not within ten years.</summary>
    internal sealed record Never : CrossingDay;
}
