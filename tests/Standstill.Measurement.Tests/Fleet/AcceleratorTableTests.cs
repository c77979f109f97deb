using Standstill.Measurement.Fleet;

namespace Standstill.Measurement.Tests.Fleet;

public sealed class AcceleratorTableTests
{
    private const string Header = "name,maker,peak_bf16_flop_per_s,aliases\n";

    [Theory]
    [InlineData("H100 SXM", "NVIDIA H100 SXM5 80GB")]
    [InlineData("H100", "NVIDIA H100 SXM5 80GB")]
    [InlineData("NVIDIA H100 SXM5 80GB", "NVIDIA H100 SXM5 80GB")]
    [InlineData("nvidia-h100-sxm5-80gb", "NVIDIA H100 SXM5 80GB")]
    [InlineData("NVIDIA H100 80GB HBM3", "NVIDIA H100 SXM5 80GB")]
    [InlineData("NVIDIA H100 PCIe", "NVIDIA H100 PCIe")]
    [InlineData("NVIDIA A100-SXM4-80GB", "NVIDIA A100 SXM4 80 GB")]
    [InlineData("NVIDIA A100 80GB PCIe", "NVIDIA A100 PCIe")]
    [InlineData("NVIDIA H200", "NVIDIA H200 SXM")]
    [InlineData("NVIDIA B200", "NVIDIA B200")]
    [InlineData("Tesla V100-SXM2-32GB", "NVIDIA Tesla V100 SXM2 32 GB")]
    [InlineData("Instinct MI300X", "AMD Instinct MI300X")]
    [InlineData("TPU v5e", "Google TPU v5e")]
    [InlineData("Trainium2", "Amazon Trainium2")]
    public void A_kind_is_found_by_the_names_that_others_give_it(string name, string kind) =>
        Assert.Equal(kind, Assert.IsType<AcceleratorLookup.Found>(AcceleratorTable.BuiltIn.Find(name)).Accelerator.Name);

    [Fact]
    public void An_unknown_name_is_refused_with_a_remedy()
    {
        var unknown = Assert.IsType<AcceleratorLookup.Unknown>(AcceleratorTable.BuiltIn.Find("H1000"));
        Assert.Equal(
            "accelerator: `H1000` is not in the table of 2025-06-20; use a name of `compute accelerators`, or give its peak", unknown.Fault.ToString());
    }

    // Dense peaks as the makers' data sheets print them, next to the doubled figures with sparsity.
    [Theory]
    [InlineData("A100", 312e12)]
    [InlineData("H100", 989.4e12)]
    [InlineData("H100 PCIe", 756e12)]
    [InlineData("H20", 148e12)]
    [InlineData("L4", 121e12)]
    [InlineData("B200", 2250e12)]
    [InlineData("MI300X", 1307.4e12)]
    [InlineData("TPU v4", 275e12)]
    [InlineData("TPU v5p", 459e12)]
    [InlineData("TPU v6e", 918e12)]
    [InlineData("Trainium2", 667e12)]
    public void Peaks_are_dense(string name, double peak) =>
        Assert.Equal(peak, Assert.IsType<AcceleratorLookup.Found>(AcceleratorTable.BuiltIn.Find(name)).Accelerator.Peak.Value);

    [Fact]
    public void The_built_in_table_is_the_one_that_is_published_beside_it()
    {
        var published = Assert.IsType<AcceleratorTableReading.Accepted>(AcceleratorTable.Read(
            AcceleratorTable.BuiltIn.Version, AcceleratorTable.BuiltIn.Date, File.ReadAllText("testdata/fleet/accelerators.csv"))).Table;
        Assert.Equal(published.Accelerators.Select(a => a with { Aliases = [] }), AcceleratorTable.BuiltIn.Accelerators.Select(a => a with { Aliases = [] }));
        Assert.Equal(published.Accelerators.SelectMany(a => a.Aliases), AcceleratorTable.BuiltIn.Accelerators.SelectMany(a => a.Aliases));
    }

    [Theory]
    [InlineData("X,Maker,1e15,\nX,Maker,2e15,\n", "line 3, name: `X` and `X` share the name `x`; give each name to one kind")]
    [InlineData("X,Maker,1e15,Y\nY,Maker,2e15,\n", "line 3, name: `Y` and `X` share the name `y`; give each name to one kind")]
    [InlineData("X,Maker,,\n", "line 2, peak_bf16_flop_per_s: the field is empty; give the dense peak, or leave the kind out")]
    [InlineData("X,Maker,-1,\n", "line 2, peak_bf16_flop_per_s: `-1` is not a positive number; write digits, or leave it out")]
    [InlineData(",Maker,1,\n", "line 2, name: the name or the maker is blank; name both")]
    public void A_bad_table_is_refused_with_its_line(string rows, string fault) =>
        Assert.Equal(fault, Assert.Single(Assert.IsType<AcceleratorTableReading.Refused>(AcceleratorTable.Read("1", new DateOnly(2026, 1, 1), Header + rows)).Faults).ToString());
}
