using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>What one balance period showed.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
/// <param name="Gap">Time since the end of the period before that no period covers; zero where they meet. What happened in it is not balanced.</param>
/// <param name="Cuf">Compute unaccounted for.</param>
/// <param name="Sigma">Its standard deviation by the error model, in chip-hours.</param>
/// <param name="Standardised">z, the standardised independent CUF: of an honest area independent standard normal. 0 where nothing is present.</param>
/// <param name="Page">The sums of Page's tests with this period, before any begins anew.</param>
/// <param name="Cumulative">CUF summed over the accounting year so far.</param>
/// <param name="CumulativeSigma">Its standard deviation, in chip-hours.</param>
/// <param name="EnergyStandardised">The same as z for energy, or null where it was not tested.</param>
/// <param name="Alarms">Tests that passed their limit in this period.</param>
public sealed record BalanceReading(
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Gap,
    ChipHours Cuf,
    double Sigma,
    double Standardised,
    PageSums Page,
    ChipHours Cumulative,
    double CumulativeSigma,
    double? EnergyStandardised,
    ImmutableArray<BalanceAlarm> Alarms)
{
    /// <summary>The sum of Page's test for a loss.</summary>
    public double PageLoss => Page.Loss;

    /// <summary>The sum of Page's test for a gain.</summary>
    public double PageGain => Page.Gain;
}

/// <summary>A book after one more period, and what that period showed.</summary>
/// <param name="Book">The book with the period posted.</param>
/// <param name="Reading">What the period showed.</param>
public sealed record AreaStep(AreaBook Book, BalanceReading Reading);

/// <summary>A book after many more periods, and the alarms on the way.</summary>
/// <param name="Book">The book with the periods posted.</param>
/// <param name="Alarms">The alarms in order of time.</param>
public sealed record AreaRun(AreaBook Book, ImmutableArray<DatedAlarm> Alarms);

/// <summary>An alarm and the end of the period that raised it.</summary>
/// <param name="At">The end of that period.</param>
/// <param name="Alarm">The alarm.</param>
public sealed record DatedAlarm(DateTimeOffset At, BalanceAlarm Alarm);
