using System.Globalization;
using Standstill.Meter.Formats;
using Standstill.Meter.Intake;
using Standstill.Meter.Store;
using Standstill.Meter.Tests.Formats;
using Standstill.Meter.Tests.Store;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Tests.Intake;

/// <summary>DCGM's marks for no value, from the sender to the sums: <c>dcgm_structs.h</c> has the numbers.</summary>
public sealed class NoValueTests
{
    public static TheoryData<string, double, string> Marks()
    {
        var data = new TheoryData<string, double, string>();
        foreach (var metric in (string[])
        [
            "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "DCGM_FI_PROF_GR_ENGINE_ACTIVE", "DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_GPU_UTIL_RATIO", "DCGM_FI_DEV_POWER_USAGE",
            "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "DCGM_FI_PROF_NVLINK_TX_BYTES", "DCGM_FI_DEV_NVLINK_COUNT_TX_BYTES", "DCGM_FI_PROF_PCIE_RX_BYTES",
        ])
        {
            foreach (var blank in (double[])[2147483632, 140737488355328])
            {
                data.Add(metric, blank, "dcgm/blank");
                data.Add(metric, blank + 1, "dcgm/not-found");
                data.Add(metric, blank + 2, "dcgm/not-supported");
                data.Add(metric, blank + 3, "dcgm/not-permitted");
            }

            data.Add(metric, 9223372036854775794, "dcgm/blank");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_mark_sent_by_remote_write_is_counted_and_not_summed(string metric, double mark, string kind)
    {
        var (without, none) = await ByRemoteWrite(metric, null);
        var (with, letters) = await ByRemoteWrite(metric, mark);
        Judge(without, none, with, letters, kind);
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_mark_that_is_scraped_is_counted_and_not_summed(string metric, double mark, string kind)
    {
        var (without, none) = await ByScraping(metric, null);
        var (with, letters) = await ByScraping(metric, mark);
        Judge(without, none, with, letters, kind);
    }

    [Fact]
    public async Task A_series_that_ended_is_no_dead_letter()
    {
        var (_, letters) = await ByRemoteWrite("DCGM_FI_DEV_POWER_USAGE", StaleMarker.Value);
        Assert.Equal(0, letters.NoValue.Total);
    }

    private static void Judge(ChunkSums without, IntakeLetters none, ChunkSums with, IntakeLetters letters, string kind)
    {
        Assert.Equal(0, none.NoValue.Total);
        Assert.Equal((0, 1), (letters.Refused.Total, letters.NoValue.Total));
        var letter = Assert.Single(letters.NoValue.Samples);
        Assert.Equal(kind, letter.Kind.Name);
        Assert.EndsWith("GPU-0", letter.Sample, StringComparison.Ordinal);
        Assert.Equal(without with { Samples = without.Samples + 1, Unusable = without.Unusable + 1 }, with);
        Assert.True(without.ActiveMicroMs + without.CounterMillijoules + without.PowerMillijoules + without.TrafficKilobytes > 0, "the samples beside the mark are summed");
    }

    // Values at 0, 15 and 30 s, and the mark between the last two.
    private static IEnumerable<(long TimeMs, double Value)> Samples(string metric, double? mark)
    {
        double[] values = metric.Contains("COUNT", StringComparison.Ordinal) || metric.Contains("TOTAL", StringComparison.Ordinal) ? [1e9, 2e9, 3e9]
            : metric.Contains("BYTES", StringComparison.Ordinal) ? [1e6, 1e6, 1e6]
            : [0.5, 0.5, 0.5];
        yield return (Rig.Noon, values[0]);
        yield return (Rig.Noon + 15_000, values[1]);
        if (mark is { } shown)
        {
            yield return (Rig.Noon + 20_000, shown);
        }

        yield return (Rig.Noon + 30_000, values[2]);
    }

    private static async Task<(ChunkSums Sums, IntakeLetters Letters)> ByRemoteWrite(string metric, double? mark)
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (batch, letters) = (new SampleBatch(), new IntakeLetters());
        var body = new WireBody().Series(s =>
        {
            s.Label("__name__", metric).Label("UUID", "GPU-0").Label("hall", "a");
            foreach (var (time, value) in Samples(metric, mark))
            {
                s.Sample(time, value);
            }
        });
        Assert.Null(RemoteWrite.Read(body.ToArray(), store.Series, batch, letters.Refused));
        Assert.Equal(mark is null ? 3 : 4, (await store.AppendAsync(batch, letters)).Accepted);
        return (await Sums(store), letters);
    }

    private static async Task<(ChunkSums Sums, IntakeLetters Letters)> ByScraping(string metric, double? mark)
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var (text, letters) = (new PrometheusText([new Label("hall", "a")]), new IntakeLetters());
        foreach (var (time, value) in Samples(metric, mark))
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{metric}{{UUID=\"GPU-0\"}} {value:R}\n");
            await store.AppendAsync(text.Read(Documents.Utf8(line)).Readings, time, letters);
        }

        return (await Sums(store), letters);
    }

    private static async Task<ChunkSums> Sums(MeterStore store)
    {
        var period = await store.CloseAsync("hall-a", Rig.Noon);
        return SumTree.Root([.. period.Chunks.Select(c => c.Summary)]).Totals;
    }
}
