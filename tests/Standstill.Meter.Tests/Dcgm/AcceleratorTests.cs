using Standstill.Meter.Dcgm;
using Standstill.Meter.Formats;
using Standstill.Meter.Tests.Formats;

namespace Standstill.Meter.Tests.Dcgm;

public class AcceleratorTests
{
    [Fact]
    public void The_real_scrape_is_about_eight_accelerators_of_one_node()
    {
        var seen = new PrometheusText().Read(Documents.Scrape).Readings.Select(r => Accelerator.Of(r.Labels)).Distinct().ToList();

        Assert.Equal(8, seen.Count);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7"], seen.Select(a => a!.Index));
        Assert.Equal(
            new Accelerator("GPU-c4529c8d-69c4-b61d-e0bc-7b2460096005", "GPU-c4529c8d-69c4-b61d-e0bc-7b2460096005", "gpu-node-1", "0", "NVIDIA H100 80GB HBM3", null),
            seen[0]);
    }

    [Fact]
    public void Without_a_UUID_host_and_index_name_it() =>
        Assert.Equal("gpu-node-1/3", Accelerator.Of([new("Hostname", "gpu-node-1"), new("UUID", "<<<NOT_SUPPORTED>>>"), new("gpu", "3")])!.Key);

    [Fact]
    public void A_partition_belongs_to_its_accelerator()
    {
        var part = Accelerator.Of([new("GPU_I_ID", "7"), new("GPU_I_PROFILE", "1g.10gb"), new("UUID", "GPU-1"), new("gpu", "0")])!;

        Assert.Equal(("GPU-1", "7"), (part.Key, part.Partition));
    }

    [Fact]
    public void A_switch_is_no_accelerator() => Assert.Null(Accelerator.Of([new("Hostname", "gpu-node-1"), new("nvswitch", "0")]));
}
