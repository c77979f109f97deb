namespace Standstill.Measurement.Tests.Capability.Acceleration;

/// <summary>docs/capability/acceleration.md holds the code that was compiled and what it printed.</summary>
public sealed class AccelerationExampleTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Document = Read("docs/capability/acceleration.md");
    private static readonly string Horizons = File.ReadAllText("testdata/horizons/horizons_th1_1_published.csv");

    [Fact]
    public void The_document_holds_what_the_horizons_say() => Shown(AccelerationExample.Horizons(Horizons, Published.Seed));

    [Fact]
    public void The_document_holds_what_the_index_says() => Shown(AccelerationExample.Index(Read("samples/capability/benchmarks.csv"), Published.Seed));

    [Fact]
    public void The_document_holds_what_labour_accounts_for() => Shown(AccelerationExample.Labour(Horizons, Published.Seed));

    [Fact]
    public void The_sample_of_scores_is_the_one_that_is_tested() =>
        Assert.Equal(File.ReadAllText("testdata/index/benchmarks.csv"), Read("samples/capability/benchmarks.csv"));

    [Fact]
    public void The_code_of_the_document_is_the_code_that_runs()
    {
        var source = Read("tests/Standstill.Measurement.Tests/Capability/Acceleration/AccelerationExample.cs");
        var blocks = Document.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0]).ToArray();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            Assert.Contains(string.Concat(block.Split('\n').Select(line => line.Length == 0 ? "\n" : $"        {line}\n")).Trim(), source, StringComparison.Ordinal);
        }
    }

    private static void Shown(string output) => Assert.Contains($"```\n{output}```\n", Document, StringComparison.Ordinal);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Standstill.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests do not run within the repository");
    }
}
