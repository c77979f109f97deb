using System.Collections.Immutable;
using CsCheck;
using Standstill.Meter.Store;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Tests.Store;

public sealed class ChunkRowsTests
{
    private static readonly ChunkWindow Window = new(600_000, 1_200_000, 15_000);
    private static readonly string[] Scaled = ["DCGM_FI_DEV_GPU_UTIL_RATIO", "DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL"];

    private static ChunkSums Sums(params (string Metric, double[] Values)[] series)
    {
        var rows = Rows(series);
        return ChunkAccount.Of(rows.ToColumns(), Window);
    }

    // A sample every 15 s from the window's start on.
    private static ChunkRows Rows(params (string Metric, double[] Values)[] series)
    {
        var runs = ImmutableArray.CreateBuilder<ChunkSeries>();
        var (times, values) = (new List<long>(), new List<double>());
        foreach (var (metric, given) in series)
        {
            runs.Add(new ChunkSeries(runs.Count, metric, "GPU-0", false, values.Count, values.Count + given.Length));
            times.AddRange(given.Select((_, i) => Window.FromMs + (i * 15_000L)));
            values.AddRange(given);
        }

        return new ChunkRows("hall-a", 0, Window, runs.ToImmutable(), times.ToArray(), values.ToArray());
    }

    [Fact]
    public void Of_fields_that_say_one_energy_the_counter_in_millijoules_is_summed() =>
        Assert.Equal(4_500_000, Sums(
            ("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", [7000, 11_500.9]),
            ("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", [7_000_000, 11_500_000])).CounterMillijoules);

    [Fact]
    public void Of_fields_that_say_one_traffic_the_preferred_is_summed_in_both_directions()
    {
        (string, double[])[] fields =
        [
            ("DCGM_FI_DEV_NVLINK_COUNT_TX_BYTES", [0, 30_000]), ("DCGM_FI_DEV_NVLINK_COUNT_RX_BYTES", [0, 60_000]),
            ("DCGM_FI_PROF_NVLINK_TX_BYTES", [2000, 2000]), ("DCGM_FI_PROF_NVLINK_RX_BYTES", [4000, 4000]),
            ("DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL", [1, 1]),
        ];

        // 15 s at 2 and 4 kB/s are 30 and 60 kB; at 1 MB/s, 15 MB.
        Assert.Equal((90, 4), (Sums(fields).TrafficKilobytes, Sums(fields).TrafficSamples));
        Assert.Equal(90, Sums(fields[2..]).TrafficKilobytes);
        Assert.Equal(15_000, Sums(fields[4..]).TrafficKilobytes);
        Assert.Equal(90, Sums([.. fields.Reverse()]).TrafficKilobytes);
    }

    [Fact]
    public void Two_kinds_of_link_are_added() =>
        Assert.Equal(90, Sums(("DCGM_FI_PROF_NVLINK_TX_BYTES", [2000, 2000]), ("DCGM_FI_PROF_PCIE_TX_BYTES", [4000, 4000])).TrafficKilobytes);

    [Fact]
    public void A_field_that_the_accelerator_does_not_support_leaves_the_place_to_the_next() =>
        Assert.Equal(4_500_000, Sums(
            ("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", [9223372036854775794.0, 9223372036854775794.0]),
            ("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", [7000, 11_500])).CounterMillijoules);

    [Fact]
    public void A_field_that_is_only_carried_over_leaves_the_place_to_one_that_goes_on()
    {
        var rows = Rows(("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", [5_000_000]), ("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", [7000, 11_500]));
        rows = rows with { Series = rows.Series.SetItem(0, rows.Series[0] with { Carried = true }), TimeMs = (long[])[599_000, 600_000, 615_000] };

        Assert.Equal(4_500_000, ChunkAccount.Of(rows.ToColumns(), Window).CounterMillijoules);
        Assert.DoesNotContain(rows.HandOn(rows.ToColumns()).Series, s => s.Id == 0);
    }

    [Fact]
    public void What_is_handed_on_has_the_bits_that_were_sent() =>
        Gen.Select(Gen.Double[0, 101], Gen.Int[0, 2]).Sample(
            (raw, metric) =>
            {
                var rows = Rows((Scaled[metric], [50, raw]));
                var columns = rows.ToColumns();
                var carried = rows.HandOn(columns);
                var last = double.IsFinite(columns.Value.Span[1]) ? raw : 50;
                return carried.Value.Span[^1].Equals(last);
            },
            seed: "0N0XIzNsQ0O2", iter: 2000, threads: 1);
}
