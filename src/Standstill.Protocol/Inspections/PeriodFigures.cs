using System.Collections.Immutable;

namespace Standstill.Protocol.Inspections;

/// <summary>Where the energy of a digest comes from.</summary>
public enum EnergySource
{
    /// <summary>The accelerators' own counters.</summary>
    CounterMj,

    /// <summary>Power, integrated, of at least some accelerators.</summary>
    PowerIntegral,

    /// <summary>Power of whole nodes, integrated.</summary>
    Redfish,

    /// <summary>Nothing tells it.</summary>
    None,
}

/// <summary>A figure that describes how the accelerators worked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record Feature(string Name, double Value);

/// <summary>The figures of a digest that follow from the totals of its chunks, and so are committed to by the root.</summary>
/// <remarks>Each is one division of two exact numbers, rounded once: whoever has the totals gets the same doubles.</remarks>
public sealed record PeriodFigures
{
    private const double MsPerHour = 3_600_000;
    private const double MillijoulesPerKilowattHour = 3.6e9;

    /// <summary>Chip-hours busy.</summary>
    public double BusyHours { get; init; }

    /// <summary>Chip-hours with light activity.</summary>
    public double LightHours { get; init; }

    /// <summary>Chip-hours idle.</summary>
    public double IdleHours { get; init; }

    /// <summary>Chip-hours dark.</summary>
    public double DarkHours { get; init; }

    /// <summary>Chip-hours weighted by activity.</summary>
    public double ActiveHours { get; init; }

    /// <summary>Energy, kWh.</summary>
    public double EnergyKilowattHours { get; init; }

    /// <summary>Where it comes from.</summary>
    public EnergySource EnergySource { get; init; }

    /// <summary>NVLink and PCIe traffic, bytes.</summary>
    public double TrafficBytes { get; init; }

    /// <summary>Times that an accelerator went dark.</summary>
    public long Gaps { get; init; }

    /// <summary>The longest gap, s.</summary>
    public double LongestGapSeconds { get; init; }

    /// <summary>Counters that went back.</summary>
    public long CounterResets { get; init; }

    /// <summary>The largest step of the meter's clock, ms.</summary>
    public long ClockStepMilliseconds { get; init; }

    /// <summary>Samples out of order.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Samples.</summary>
    public long Samples { get; init; }

    /// <summary>Mean and standard deviation of tensor activity and power over their samples, traffic per active hour: where there are any.</summary>
    public ImmutableArray<Feature> Features { get; init; } = [];

    /// <summary>Quantities that no sample gave.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>The figures of some totals.</summary>
    public static PeriodFigures Of(ChunkSums totals)
    {
        var (energy, source) = EnergyOf(totals);
        return new PeriodFigures
        {
            BusyHours = totals.BusyMs / MsPerHour,
            LightHours = totals.LightMs / MsPerHour,
            IdleHours = totals.IdleMs / MsPerHour,
            DarkHours = totals.DarkMs / MsPerHour,
            ActiveHours = totals.ActiveMicroMs / (MsPerHour * 1e6),
            EnergyKilowattHours = energy / MillijoulesPerKilowattHour,
            EnergySource = source,
            TrafficBytes = totals.TrafficKilobytes * 1000.0,
            Gaps = totals.Gaps,
            LongestGapSeconds = totals.LongestGapMs / 1000.0,
            CounterResets = totals.CounterResets,
            ClockStepMilliseconds = totals.ClockStepMs,
            OutOfOrder = totals.OutOfOrder,
            Samples = totals.Samples,
            Features = FeaturesOf(totals),
            Missing = MissingOf(totals),
        };
    }

    /// <inheritdoc/>
    public bool Equals(PeriodFigures? other) => other is not null
        && BusyHours == other.BusyHours && LightHours == other.LightHours && IdleHours == other.IdleHours && DarkHours == other.DarkHours
        && ActiveHours == other.ActiveHours && EnergyKilowattHours == other.EnergyKilowattHours && EnergySource == other.EnergySource
        && TrafficBytes == other.TrafficBytes && Gaps == other.Gaps && LongestGapSeconds == other.LongestGapSeconds
        && CounterResets == other.CounterResets && ClockStepMilliseconds == other.ClockStepMilliseconds && OutOfOrder == other.OutOfOrder
        && Samples == other.Samples && Features.SequenceEqual(other.Features) && Missing.SequenceEqual(other.Missing);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BusyHours, LightHours, IdleHours, DarkHours, Samples);

    // Counters and integrated power are of different accelerators, so they add. Nodes include their accelerators: where they come to less, some nodes
    // of the area are not metered, and their energy would be the energy of a part.
    private static (double Millijoules, EnergySource Source) EnergyOf(ChunkSums totals)
    {
        var accelerators = (Int128)totals.CounterMillijoules + totals.PowerMillijoules;
        return totals.NodeMillijoules > 0 && totals.NodeMillijoules >= accelerators ? (totals.NodeMillijoules, EnergySource.Redfish)
            : totals.PowerMillijoules > 0 ? ((double)accelerators, EnergySource.PowerIntegral)
            : totals.EnergyCounterSamples > 0 ? (totals.CounterMillijoules, EnergySource.CounterMj)
            : (0, EnergySource.None);
    }

    private static ImmutableArray<Feature> FeaturesOf(ChunkSums totals)
    {
        var features = ImmutableArray.CreateBuilder<Feature>();
        if (totals.TensorSamples > 0)
        {
            features.Add(new Feature("tensor-mean", totals.TensorSum / (totals.TensorSamples * 10_000.0)));
            features.Add(new Feature("tensor-sd", Deviation(totals.TensorSamples, totals.TensorSum, totals.TensorSquareSum) / 10_000));
        }

        if (totals.PowerSamples > 0)
        {
            features.Add(new Feature("power-mean", totals.PowerSum / (double)totals.PowerSamples));
            features.Add(new Feature("power-sd", Deviation(totals.PowerSamples, totals.PowerSum, totals.PowerSquareSum)));
        }

        if (totals is { TrafficSamples: > 0, ActiveMicroMs: > 0 })
        {
            features.Add(new Feature("traffic-per-active-hour", totals.TrafficKilobytes * 1000.0 / (totals.ActiveMicroMs / (MsPerHour * 1e6))));
        }

        return features.ToImmutable();
    }

    // √(n Σx² − (Σx)²) / n, exact in 128 bits up to the root. Sums that nobody vouches for may make it negative: then 0.
    private static double Deviation(long samples, long sum, long squares)
    {
        var spread = ((Int128)samples * squares) - ((Int128)sum * sum);
        return spread <= 0 ? 0 : Math.Sqrt((double)spread) / samples;
    }

    private static ImmutableArray<string> MissingOf(ChunkSums totals)
    {
        (string Name, long Samples)[] asked =
        [
            ("energy-counter", totals.EnergyCounterSamples),
            ("power", totals.PowerSamples),
            ("tensor-activity", totals.TensorSamples),
            ("traffic", totals.TrafficSamples),
            ("utilisation", totals.UtilisationSamples),
        ];
        return [.. asked.Where(a => a.Samples == 0).Select(a => a.Name)];
    }
}
