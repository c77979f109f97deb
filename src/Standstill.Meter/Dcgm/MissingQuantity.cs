using System.Collections.Immutable;

namespace Standstill.Meter.Dcgm;

/// <summary>Something that the meter needs and a source does not say, and what is lost by that.</summary>
/// <param name="Name">The quantity's name in a digest.</param>
/// <param name="Cost">What is lost, in words.</param>
/// <param name="Remedy">The field to add to the exporter's list of counters.</param>
public sealed record MissingQuantity(string Name, string Cost, string Remedy)
{
    /// <summary>What the meter needs, in the order in which it matters.</summary>
    private static readonly ImmutableArray<(Quantity Quantity, int Worst, MissingQuantity Missing)> Needed =
    [
        (Quantity.TensorActivity, int.MaxValue, new("tensor-activity",
            "whether an accelerator works is judged by utilisation, which one small kernel drives to 100 %: busy hours are too many, hours weighted by activity are an upper bound, and operations cannot be told from chip-hours",
            "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE")),
        (Quantity.Utilisation, int.MaxValue, new("utilisation",
            "where the tensor counter is blank (profiling paused, or not permitted) nothing says whether the accelerator works, and its hours are dark",
            "DCGM_FI_DEV_GPU_UTIL")),
        (Quantity.Energy, int.MaxValue, new("energy",
            "energy is integrated from samples of power: a few per cent off under changing load, and nothing at all across a gap, which the counter would span",
            "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION")),
        (Quantity.Power, int.MaxValue, new("power",
            "spikes of power within a scrape interval are not seen, and there is no substitute when the energy counter starts anew",
            "DCGM_FI_DEV_POWER_USAGE")),
        (Quantity.EngineActivity, int.MaxValue, new("engine-activity",
            "work that does not use the tensor pipe is seen through utilisation alone",
            "DCGM_FI_PROF_GR_ENGINE_ACTIVE")),
        (Quantity.MultiprocessorActivity, int.MaxValue, new("multiprocessor-activity",
            "a kernel on one multiprocessor looks like a kernel on all: replayed and spoofed activity is harder to tell from work",
            "DCGM_FI_PROF_SM_ACTIVE")),
        (Quantity.MemoryActivity, int.MaxValue, new("memory-activity",
            "decoding, which is bound by memory, and training, which is bound by arithmetic, look more alike",
            "DCGM_FI_PROF_DRAM_ACTIVE")),
        (Quantity.NvlinkTraffic, 2, new("nvlink-traffic",
            "traffic between accelerators is known in whole MB/s of a sample or not at all: synchronised training, which exchanges gradients, cannot be told from inference on many single accelerators",
            "DCGM_FI_PROF_NVLINK_TX_BYTES and DCGM_FI_PROF_NVLINK_RX_BYTES")),
        (Quantity.PcieTraffic, int.MaxValue, new("pcie-traffic",
            "traffic out of the node is not bounded: training spread over slow links leaves no mark",
            "DCGM_FI_PROF_PCIE_TX_BYTES and DCGM_FI_PROF_PCIE_RX_BYTES")),
        (Quantity.MultiprocessorClock, int.MaxValue, new("multiprocessor-clock",
            "activity cannot be turned into operations where clocks are lowered to smooth power",
            "DCGM_FI_DEV_SM_CLOCK")),
        (Quantity.Temperature, int.MaxValue, new("temperature",
            "one independent sign of heat, and so of energy, is lost",
            "DCGM_FI_DEV_GPU_TEMP")),
        (Quantity.MemoryUsed, int.MaxValue, new("memory-used",
            "a model that stays loaded on an accelerator declared idle is not seen",
            "DCGM_FI_DEV_FB_USED")),
        (Quantity.LastError, int.MaxValue, new("last-error",
            "hours declared down cannot be matched with an error that the driver saw",
            "DCGM_FI_DEV_XID_ERRORS")),
    ];

    /// <summary>What is missing from a source that has these metrics, by either generation of names, in the order in which it matters.</summary>
    public static ImmutableArray<MissingQuantity> From(IEnumerable<string> metrics)
    {
        var there = metrics.Select(DcgmFields.ByName).OfType<DcgmField>().ToList();
        return
        [
            .. from need in Needed
               where !there.Exists(f => f.Quantity == need.Quantity && f.Preference <= need.Worst)
               select need.Missing,
        ];
    }
}
