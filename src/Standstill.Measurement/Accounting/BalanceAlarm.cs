namespace Standstill.Measurement.Accounting;

/// <summary>The tests of a balance area.</summary>
public enum BalanceTest
{
    /// <summary>Page's test for a loss of about one standard deviation a period: found within days.</summary>
    Loss,

    /// <summary>The same for a gain: more is declared than is there.</summary>
    Gain,

    /// <summary>Page's test for a small loss kept up over months.</summary>
    SlowLoss,

    /// <summary>The same for a gain.</summary>
    SlowGain,

    /// <summary>The cumulative CUF of an accounting year over its own standard deviation, both ways, once at the year's close.</summary>
    Cumulative,

    /// <summary>Page's test on energy: more was taken than activity explains.</summary>
    EnergyHigh,

    /// <summary>Page's test on energy: less was taken than activity explains.</summary>
    EnergyLow,

    /// <summary>Hours are accounted for where nothing is present. Never false.</summary>
    Unfounded,
}

/// <summary>A test whose statistic passed its limit.</summary>
/// <param name="Test">Which test.</param>
/// <param name="Statistic">Its statistic: in standard deviations, or chip-hours for <see cref="BalanceTest.Unfounded"/>.</param>
/// <param name="Limit">The limit that it reached, in the same unit.</param>
public sealed record BalanceAlarm(BalanceTest Test, double Statistic, double Limit);
