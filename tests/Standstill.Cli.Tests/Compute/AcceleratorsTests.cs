namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class AcceleratorsTests
{
    [Fact]
    public async Task The_table_says_its_version_day_and_source()
    {
        var answer = await Terminal.SayAsync("compute accelerators");
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.StartsWith("table epoch-2025-06/1 of 2025-06-20, from \"Machine learning hardware\", Epoch AI, CC BY 4.0; 58 kinds, dense peaks", answer.Output, StringComparison.Ordinal);
        Assert.EndsWith("0.278 0.139", answer.Line("Google TPU v4 "), StringComparison.Ordinal);
    }

    // 989.4 TFLOP/s and 80 GB: NVIDIA's H100 data sheet.
    [Theory]
    [InlineData("H100")]
    [InlineData("NVIDIA H100 80GB HBM3")]
    public async Task A_kind_is_shown_by_any_of_its_names(string name)
    {
        var answer = await Terminal.RunAsync("compute", "accelerators", name);
        Assert.StartsWith("NVIDIA H100 SXM5 80GB, by NVIDIA, released 2022-09-20", answer.Output, StringComparison.Ordinal);
        Assert.Equal("peak 989.4 TFLOP/s dense bf16; 1,979 TOP/s dense at 8 bits", answer.Line("peak"));
        Assert.StartsWith("H100s 1 at dense bf16", answer.Line("H100s"), StringComparison.Ordinal);
        Assert.Equal(1, (await Terminal.RunAsync("compute", "accelerators", name, "--json")).Json.GetProperty("h100At8Bit").GetDouble());
    }

    [Theory]
    [InlineData("MI300Y", "`AMD Instinct MI300A`, `AMD Instinct MI300X`")]
    [InlineData("B2000", "`NVIDIA B200`, ")]
    [InlineData("Instinct", "`AMD Instinct MI300A`, ")]
    public async Task An_unknown_name_is_refused_with_those_near_to_it(string name, string near)
    {
        var answer = await Terminal.SayAsync($"compute accelerators {name}");
        Assert.Equal(2, answer.Status);
        Assert.StartsWith($"standstill: `{name}` is not in the table epoch-2025-06/1; near to it are {near}", answer.Errors, StringComparison.Ordinal);
    }
}
