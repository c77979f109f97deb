using System.Buffers.Binary;
using System.Text;
using Snappier;

namespace Standstill.Ingest;

/// <summary>Bodies of remote write as a Prometheus sends them that scrapes 50 nodes of 8 accelerators: 10,000 series with dcgm-exporter's labels,
/// divided over 20 shards, in requests of 2,000 samples: what a shard has of four scrapes, as one sends that catches up.</summary>
internal static class Bodies
{
    public const int Series = 10_000;
    public const int Shards = 20;
    public const int SamplesEach = Series / Shards * ScrapesEach;

    private const int ScrapesEach = 4;

    private static readonly string[] Metrics =
    [
        "DCGM_FI_DEV_GPU_TEMP", "DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_MEM_COPY_UTIL", "DCGM_FI_DEV_SM_CLOCK", "DCGM_FI_DEV_MEM_CLOCK",
        "DCGM_FI_DEV_MEMORY_TEMP", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "DCGM_FI_DEV_PCIE_REPLAY_COUNTER", "DCGM_FI_DEV_ENC_UTIL", "DCGM_FI_DEV_DEC_UTIL",
        "DCGM_FI_DEV_XID_ERRORS", "DCGM_FI_DEV_FB_FREE", "DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_RESERVED", "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL",
        "DCGM_FI_DEV_VGPU_LICENSE_STATUS", "DCGM_FI_PROF_GR_ENGINE_ACTIVE", "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "DCGM_FI_PROF_DRAM_ACTIVE",
        "DCGM_FI_PROF_PCIE_TX_BYTES", "DCGM_FI_PROF_PCIE_RX_BYTES", "DCGM_FI_PROF_NVLINK_TX_BYTES", "DCGM_FI_PROF_NVLINK_RX_BYTES", "DCGM_FI_DEV_ROW_REMAP_FAILURE",
    ];

    /// <summary>Bodies of so many samples together, the first scrape at a time, one every 15 s of it.</summary>
    public static List<byte[]> Make(long samples, long fromMs)
    {
        var labels = Enumerable.Range(0, Series).Select(Labels).ToArray();
        var random = new Random(4);
        var values = new double[Series];
        var bodies = new List<byte[]>();
        var message = new MemoryStream();
        for (var block = 0L; block * Series * ScrapesEach < samples; block++)
        {
            for (var shard = 0; shard < Shards; shard++)
            {
                for (var scrape = block * ScrapesEach; scrape < (block + 1) * ScrapesEach; scrape++)
                {
                    for (var s = shard * (Series / Shards); s < (shard + 1) * (Series / Shards); s++)
                    {
                        // A third of the metrics stands still, a third counts, a third wavers, as on a working node.
                        values[s] = (s % 25 % 3) switch { 0 => s % 7, 1 => values[s] + random.Next(1_000_000), _ => Math.Round(400 + 300 * random.NextDouble(), 3) };
                        AddSeries(message, labels[s], fromMs + scrape * 15_000 + s / 200 * 37, values[s]);
                    }
                }

                bodies.Add(Snappy.CompressToArray(message.GetBuffer().AsSpan(0, (int)message.Length)));
                message.SetLength(0);
            }
        }

        return bodies;
    }

    private static void AddSeries(MemoryStream to, byte[] labels, long timeMs, double value)
    {
        Span<byte> sample = stackalloc byte[32];
        sample[0] = 0x09;
        BinaryPrimitives.WriteDoubleLittleEndian(sample[1..], value);
        sample[9] = 0x10;
        var length = 10 + Varint(sample[10..], (ulong)timeMs);
        Span<byte> head = stackalloc byte[16];
        head[0] = 0x0a;
        to.Write(head[..(1 + Varint(head[1..], (ulong)(labels.Length + 2 + length)))]);
        to.Write(labels);
        to.WriteByte(0x12);
        to.WriteByte((byte)length);
        to.Write(sample[..length]);
    }

    private static byte[] Labels(int series)
    {
        var (node, gpu, metric) = (series / 200, series / 25 % 8, Metrics[series % 25]);
        var to = new MemoryStream();
        Label("DCGM_FI_DRIVER_VERSION", "580.105.08");
        Label("Hostname", $"gpu-node-{node}");
        Label("UUID", $"GPU-{node:x8}-69c4-b61d-e0bc-7b24600960{gpu:x2}");
        Label("__name__", metric);
        Label("device", $"nvidia{gpu}");
        Label("gpu", $"{gpu}");
        Label("instance", $"10.0.0.{node}:9400");
        Label("job", "dcgm");
        Label("modelName", "NVIDIA H100 80GB HBM3");
        Label("pci_bus_id", $"00000000:{0x53 + gpu * 17:X2}:00.0");
        return to.ToArray();

        void Label(string name, string value)
        {
            to.Write([0x0a, (byte)(4 + name.Length + value.Length), 0x0a, (byte)name.Length]);
            to.Write(Encoding.ASCII.GetBytes(name));
            to.Write([0x12, (byte)value.Length]);
            to.Write(Encoding.ASCII.GetBytes(value));
        }
    }

    private static int Varint(Span<byte> to, ulong value)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[at++] = (byte)((value & 0x7f) | 0x80);
        }

        to[at++] = (byte)value;
        return at;
    }
}
