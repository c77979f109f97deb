namespace Standstill.Meter.Dcgm;

/// <summary>What the meter needs to know of an accelerator, whatever the field is called that says it.</summary>
public enum Quantity
{
    /// <summary>Share of cycles in which the tensor pipe works, 0 to 1.</summary>
    TensorActivity,

    /// <summary>Share of time in which the compute or graphics engine works, 0 to 1.</summary>
    EngineActivity,

    /// <summary>Share of cycles in which a multiprocessor has work, over all of them, 0 to 1.</summary>
    MultiprocessorActivity,

    /// <summary>Share of cycles in which the memory interface works, 0 to 1.</summary>
    MemoryActivity,

    /// <summary>Share of time in which any kernel ran, 0 to 1: a coarse figure that a single small kernel drives to 1.</summary>
    Utilisation,

    /// <summary>Power of the board, watts.</summary>
    Power,

    /// <summary>Energy since the driver was loaded, millijoules: a counter.</summary>
    Energy,

    /// <summary>Bytes over NVLink, sent and received.</summary>
    NvlinkTraffic,

    /// <summary>Bytes over PCIe, sent and received.</summary>
    PcieTraffic,

    /// <summary>Clock of the multiprocessors, MHz.</summary>
    MultiprocessorClock,

    /// <summary>Clock of the memory, MHz.</summary>
    MemoryClock,

    /// <summary>Temperature of the processor, degrees Celsius.</summary>
    Temperature,

    /// <summary>Temperature of the memory, degrees Celsius.</summary>
    MemoryTemperature,

    /// <summary>Memory in use, bytes.</summary>
    MemoryUsed,

    /// <summary>Memory that is free, bytes.</summary>
    MemoryFree,

    /// <summary>Number of the last error that the driver reported (XID); 0 for none.</summary>
    LastError,
}
