using Standstill.Meter.Dcgm;
using Standstill.Meter.Tests.Formats;

namespace Standstill.Meter.Tests.Dcgm;

public class DcgmFieldsTests
{
    [Fact]
    public void Both_generations_of_every_published_name_lead_to_its_number()
    {
        var rows = File.ReadLines(Documents.PathOf("dcgm/dcgm_field_aliases.csv")).Skip(1).Select(l => l.Split(',')).ToList();

        Assert.Equal(268, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal(row[2], $"{DcgmFields.ByName(row[0])?.Id}");
            Assert.Equal(row[2], $"{DcgmFields.ByName(row[1])?.Id}");
        });
    }

    [Theory]
    [InlineData("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "DCGM_FI_PROF_TENSOR_UTIL_RATIO", 1004, Quantity.TensorActivity)]
    [InlineData("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO", 1001, Quantity.EngineActivity)]
    [InlineData("DCGM_FI_PROF_SM_ACTIVE", "DCGM_FI_PROF_SM_UTIL_RATIO", 1002, Quantity.MultiprocessorActivity)]
    [InlineData("DCGM_FI_PROF_DRAM_ACTIVE", "DCGM_FI_PROF_DRAM_UTIL_RATIO", 1005, Quantity.MemoryActivity)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_GPU_UTIL_RATIO", 203, Quantity.Utilisation)]
    [InlineData("DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_DEV_BOARD_POWER_WATTS", 155, Quantity.Power)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 156, Quantity.Energy)]
    [InlineData("DCGM_FI_DEV_NVLINK_COUNT_TX_BYTES", "DCGM_FI_DEV_NVLINK_TX_BYTES_TOTAL", 1201, Quantity.NvlinkTraffic)]
    [InlineData("DCGM_FI_DEV_GPU_TEMP", "DCGM_FI_DEV_GPU_TEMP_CELSIUS", 150, Quantity.Temperature)]
    [InlineData("DCGM_FI_DEV_XID_ERRORS", "DCGM_FI_DEV_XID_ERROR", 230, Quantity.LastError)]
    public void What_the_meter_needs_is_found_under_both_names(string old, string current, int id, Quantity quantity)
    {
        Assert.Equal((id, quantity), (DcgmFields.ByName(old)!.Id, DcgmFields.ByName(old)!.Quantity));
        Assert.Equal((id, quantity), (DcgmFields.ByName(current)!.Id, DcgmFields.ByName(current)!.Quantity));
    }

    [Fact]
    public void No_name_stands_for_two_fields_but_the_one_that_changed_its_number()
    {
        var twice = DcgmFields.All.SelectMany(f => f.Names.Distinct().Select(name => (name, f.Id))).GroupBy(f => f.name).Where(g => g.Count() > 1);

        Assert.Equal(["DCGM_FI_DEV_GPU_UTIL_RATIO"], twice.Select(g => g.Key));
    }

    [Fact]
    public void A_metric_of_another_exporter_is_no_field() => Assert.Null(DcgmFields.ByName("node_load1"));

    [Theory]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", 57, 0.57)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", 1, 0.01)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL_RATIO", 57, 0.57)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL_RATIO", 0.57, 0.57)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL_RATIO", 1, 1)]
    [InlineData("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", 0.42, 0.42)]
    [InlineData("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", 1.01, 1)]
    [InlineData("DCGM_FI_DEV_POWER_USAGE", 113.611, 113.611)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 2147483631, 2147483631)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 140737488355332, 140737488355332)]
    [InlineData("DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL", 5, 5000)]
    [InlineData("DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL", 12, 12e6)]
    [InlineData("DCGM_FI_DEV_FB_USED", 2, 2097152)]
    [InlineData("DCGM_FI_DEV_SM_CLOCK_HERTZ", 1980e6, 1980)]
    public void A_value_has_the_quantitys_unit(string metric, double raw, double value)
    {
        var read = DcgmFields.ByName(metric)!.Read(raw);

        Assert.Equal(FieldState.Taken, read.State);
        Assert.Equal(value, read.Value, 1e-9 * value);
    }

    [Theory]
    [InlineData("DCGM_FI_DEV_GPU_TEMP", 2147483632, FieldState.Blank)]
    [InlineData("DCGM_FI_DEV_GPU_TEMP", 2147483633, FieldState.NotFound)]
    [InlineData("DCGM_FI_DEV_GPU_TEMP", 2147483634, FieldState.NotSupported)]
    [InlineData("DCGM_FI_DEV_GPU_TEMP", 2147483635, FieldState.NotPermissioned)]
    [InlineData("DCGM_FI_DEV_POWER_USAGE", 140737488355328.0, FieldState.Blank)]
    [InlineData("DCGM_FI_DEV_POWER_USAGE", 140737488355329.0, FieldState.NotFound)]
    [InlineData("DCGM_FI_DEV_POWER_USAGE", 140737488355330.0, FieldState.NotSupported)]
    [InlineData("DCGM_FI_DEV_POWER_USAGE", 140737488355331.0, FieldState.NotPermissioned)]
    [InlineData("DCGM_FI_PROF_NVLINK_TX_BYTES", 140737488355330.0, FieldState.NotSupported)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 2147483632, FieldState.Blank)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 140737488355330, FieldState.NotSupported)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 9223372036854775794.0, FieldState.Blank)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", 9223372036854775795.0, FieldState.Blank)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", double.NaN, FieldState.NotANumber)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", double.PositiveInfinity, FieldState.NotANumber)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", 120, FieldState.OutOfRange)]
    [InlineData("DCGM_FI_DEV_GPU_UTIL", -1, FieldState.OutOfRange)]
    [InlineData("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", 7, FieldState.OutOfRange)]
    [InlineData("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", -1, FieldState.OutOfRange)]
    public void What_DCGM_does_not_know_is_never_data(string metric, double raw, FieldState state)
    {
        var read = DcgmFields.ByName(metric)!.Read(raw);

        Assert.Equal((state, 0.0), (read.State, read.Value));
        Assert.StartsWith("dcgm/", DcgmFault.Of(read.State).Name, StringComparison.Ordinal);
    }
}
