namespace Standstill.Protocol.Inspections;

/// <summary>What a series of samples measures, whichever exporter it came from.</summary>
/// <remarks>The numbers are part of the chunk files and never change.</remarks>
public enum Quantity
{
    /// <summary>Anything else: counted as samples, and not summed.</summary>
    Other = 0,

    /// <summary>The roster: 1 from a time on, the accelerator is on it; 0, it has been retired. Any sample that is summed puts an accelerator there too.</summary>
    Known = 1,

    /// <summary>A step of the meter's own clock, ms, forward or back.</summary>
    ClockStep = 2,

    /// <summary>Share of cycles with a tensor pipe active, 0 to 1.</summary>
    TensorActivity = 10,

    /// <summary>Share of time with any engine active, 0 to 1.</summary>
    EngineActivity = 11,

    /// <summary>Utilisation, 0 to 100 %.</summary>
    Utilisation = 12,

    /// <summary>Energy since some time, mJ: a counter.</summary>
    EnergyCounter = 20,

    /// <summary>Power of an accelerator, W.</summary>
    Power = 21,

    /// <summary>Power of a whole node, W.</summary>
    NodePower = 22,

    /// <summary>Traffic in one direction over NVLink or PCIe, bytes per second.</summary>
    TrafficRate = 30,

    /// <summary>Traffic in one direction over NVLink or PCIe since some time, bytes: a counter.</summary>
    TrafficCounter = 31,
}
