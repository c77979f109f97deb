using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Meter.Dcgm;

/// <summary>The fields of DCGM by number and by both generations of names.</summary>
/// <remarks>
/// The pairs of names are those of <c>dcgm_field_aliases.csv</c> (NVIDIA DCGM, Apache-2.0); numbers and units of the fields that kept their name are those of
/// <c>dcgm_fields.h</c>. DCGM 4.7 added fields in base units (1600 to 1649), among them 1613, which is called <c>DCGM_FI_DEV_GPU_UTIL_RATIO</c> like field
/// 203 in the release before, but runs from 0 to 1 and not from 0 to 100. Under that one name, a value of at most 1 is read as the ratio:
/// an accelerator at 1 % may look busy, and none that is busy looks idle.
/// </remarks>
public static class DcgmFields
{
    private const double Mega = 1e6, Mebi = 1024 * 1024;

    // The tables come first: static fields are made in the order in which they stand.

    /// <summary>Fields that have one name in both generations, and those that DCGM 4.7 added in base units.</summary>
    private static readonly ImmutableArray<(int Id, string Name)> Unrenamed =
    [
        (100, "DCGM_FI_DEV_SM_CLOCK"), (101, "DCGM_FI_DEV_MEM_CLOCK"),
        (156, "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"),
        (200, "DCGM_FI_DEV_PCIE_TX_THROUGHPUT"), (201, "DCGM_FI_DEV_PCIE_RX_THROUGHPUT"),
        (204, "DCGM_FI_DEV_MEM_COPY_UTIL"), (206, "DCGM_FI_DEV_ENC_UTIL"), (207, "DCGM_FI_DEV_DEC_UTIL"),
        (250, "DCGM_FI_DEV_FB_TOTAL"), (251, "DCGM_FI_DEV_FB_FREE"), (252, "DCGM_FI_DEV_FB_USED"), (253, "DCGM_FI_DEV_FB_RESERVED"),
        (449, "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL"), (449, "DCGM_FI_DEV_NVLINK_THROUGHPUT_TOTAL"),
        (1009, "DCGM_FI_PROF_PCIE_TX_BYTES"), (1010, "DCGM_FI_PROF_PCIE_RX_BYTES"),
        (1011, "DCGM_FI_PROF_NVLINK_TX_BYTES"), (1012, "DCGM_FI_PROF_NVLINK_RX_BYTES"),
        (1603, "DCGM_FI_DEV_SM_CLOCK_HERTZ"), (1604, "DCGM_FI_DEV_MEMORY_CLOCK_HERTZ"),
        (1611, "DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL"), (1613, "DCGM_FI_DEV_GPU_UTIL_RATIO"),
        (1626, "DCGM_FI_DEV_FB_FREE_BYTES"), (1627, "DCGM_FI_DEV_FB_USED_BYTES"),
        (1648, "DCGM_FI_DEV_NVLINK_THROUGHPUT_BYTES_PER_SECOND"),
    ];

    private static readonly ImmutableArray<DcgmField> Quantities =
    [
        Ratio(1004, Quantity.TensorActivity),
        Ratio(1001, Quantity.EngineActivity),
        Ratio(1002, Quantity.MultiprocessorActivity),
        Ratio(1005, Quantity.MemoryActivity),
        Ratio(203, Quantity.Utilisation) with { Scale = 0.01, Floating = false },
        Ratio(1613, Quantity.Utilisation) with { Preference = 1 },
        Level(155, Quantity.Power, 1, 0, 20_000) with { Floating = true },
        Level(157, Quantity.Power, 1, 0, 20_000) with { Floating = true, Preference = 1 },
        Counter(156, Quantity.Energy, 1, 0),
        Counter(1611, Quantity.Energy, 1000, 1),
        Counter(1201, Quantity.NvlinkTraffic, 1, 0),
        Counter(1203, Quantity.NvlinkTraffic, 1, 0),
        Rate(1011, Quantity.NvlinkTraffic, 1, 1),
        Rate(1012, Quantity.NvlinkTraffic, 1, 1),
        Rate(1648, Quantity.NvlinkTraffic, 1, 2),
        Rate(449, Quantity.NvlinkTraffic, Mega, 3),
        Rate(1009, Quantity.PcieTraffic, 1, 0),
        Rate(1010, Quantity.PcieTraffic, 1, 0),
        Rate(200, Quantity.PcieTraffic, 1000, 1),
        Rate(201, Quantity.PcieTraffic, 1000, 1),
        Level(100, Quantity.MultiprocessorClock, 1, 0, 20_000),
        Level(1603, Quantity.MultiprocessorClock, 1e-6, 0, 20_000) with { Preference = 1 },
        Level(101, Quantity.MemoryClock, 1, 0, 50_000),
        Level(1604, Quantity.MemoryClock, 1e-6, 0, 50_000) with { Preference = 1 },
        Level(150, Quantity.Temperature, 1, -100, 300),
        Level(140, Quantity.MemoryTemperature, 1, -100, 300),
        Level(252, Quantity.MemoryUsed, Mebi, 0, 1e14),
        Level(1627, Quantity.MemoryUsed, 1, 0, 1e14) with { Preference = 1 },
        Level(251, Quantity.MemoryFree, Mebi, 0, 1e14),
        Level(1626, Quantity.MemoryFree, 1, 0, 1e14) with { Preference = 1 },
        Level(230, Quantity.LastError, 1, 0, 100_000),
    ];

    private static readonly FrozenDictionary<int, DcgmField> Numbers = Table().ToFrozenDictionary(f => f.Id);

    private static readonly FrozenDictionary<string, DcgmField> Named = Numbers.Values
        .SelectMany(f => f.Names.Select(name => (name, field: f)))
        .Where(f => f.name != "DCGM_FI_DEV_GPU_UTIL_RATIO")
        .Append(("DCGM_FI_DEV_GPU_UTIL_RATIO", Numbers[203] with { PercentOrRatio = true }))
        .ToFrozenDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal);

    /// <summary>Every field that is known, in the order of the numbers.</summary>
    public static ImmutableArray<DcgmField> All { get; } = [.. Numbers.Values.OrderBy(f => f.Id)];

    /// <summary>The field of a number, or null.</summary>
    public static DcgmField? ById(int id) => Numbers.GetValueOrDefault(id);

    /// <summary>The field that a metric is, by either of its names; null for a metric that is none of DCGM's.</summary>
    public static DcgmField? ByName(string name) => Named.GetValueOrDefault(name);

    private static IEnumerable<DcgmField> Table()
    {
        var names = new SortedDictionary<int, List<string>>();
        void Name(int id, string name)
        {
            if (!names.TryGetValue(id, out var list))
            {
                names[id] = list = [];
            }
            list.Add(name);
        }

        foreach (var (legacy, current, id) in Aliases())
        {
            Name(id, legacy);
            Name(id, current);
        }
        foreach (var (id, name) in Unrenamed)
        {
            Name(id, name);
        }

        var known = Quantities.ToDictionary(q => q.Id);
        foreach (var (id, list) in names)
        {
            yield return known.TryGetValue(id, out var field)
                ? field with { Names = [.. list] }
                : new DcgmField(id, [.. list], null, FieldKind.Level, 1, false, double.MinValue, double.MaxValue, 0);
        }
    }

    private static IEnumerable<(string Legacy, string Current, int Id)> Aliases()
    {
        using var stream = typeof(DcgmFields).Assembly.GetManifestResourceStream("dcgm_field_aliases.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            yield return (cells[0], cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture));
        }
    }

    private static DcgmField Ratio(int id, Quantity quantity) => new(id, [], quantity, FieldKind.Level, 1, true, 0, 1, 0);

    private static DcgmField Level(int id, Quantity quantity, double scale, double least, double greatest) =>
        new(id, [], quantity, FieldKind.Level, scale, false, least, greatest, 0);

    // 100 TB/s: a hundred times the fastest link.
    private static DcgmField Rate(int id, Quantity quantity, double scale, int preference) =>
        new(id, [], quantity, FieldKind.Rate, scale, false, 0, 1e14, preference);

    private static DcgmField Counter(int id, Quantity quantity, double scale, int preference) =>
        new(id, [], quantity, FieldKind.Counter, scale, false, 0, double.MaxValue, preference);
}
