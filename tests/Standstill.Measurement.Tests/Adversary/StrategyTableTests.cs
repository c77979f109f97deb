using System.Security.Cryptography;
using Standstill.Measurement.Adversary;

namespace Standstill.Measurement.Tests.Adversary;

public class StrategyTableTests
{
    [Fact]
    public void The_table_in_the_documents_is_what_its_command_gives()
    {
        // standstill compute simulate all --flop 5e24 --days 180 --draws 1000 --seed 1 --table
        var study = DetectionStudy.Run(
            MeasuresInPlace.Reference,
            new Diversion(5e24, 180),
            Strategy.All,
            new Seed(SHA256.HashData("1"u8)),
            1000,
            (count, body) => Parallel.For(0, count, body));
        Assert.Contains($"-->\n{StrategyTable.Of(study)}<!--", Document(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_strategy_is_in_the_documents_with_its_assumptions() =>
        Assert.All(Strategy.All, strategy => Assert.Contains($"\n| {strategy.Name} | ", Document(), StringComparison.Ordinal));

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Standstill.slnx")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "compute", "strategies.md"));
    }
}
