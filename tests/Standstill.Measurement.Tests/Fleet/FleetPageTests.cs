using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Fleet;

namespace Standstill.Measurement.Tests.Fleet;

/// <summary>The worked examples of docs/compute/fleet.md are what the code gives.</summary>
public sealed class FleetPageTests
{
    private static readonly string Page = File.ReadAllText("testdata/docs/fleet.md");
    private static readonly DateOnly EndOf2025 = new(2025, 12, 31);

    private static readonly ImmutableArray<FleetRow> Made =
    [
        .. new[] { "nvidia", "tpu", "trainium", "amd" }.SelectMany(maker => Assert.IsType<FleetTable.Accepted>(
            FleetTable.Read(File.ReadAllText($"testdata/fleet/{maker}_cumulative_by_chip.csv"))).Rows),
    ];

    [Theory]
    [InlineData("A100")]
    [InlineData("H20")]
    [InlineData("B200")]
    [InlineData("Instinct MI250X")]
    [InlineData("Instinct MI300X")]
    [InlineData("Instinct MI355X")]
    [InlineData("TPU v4")]
    [InlineData("TPU v5e")]
    [InlineData("TPU v5p")]
    [InlineData("Trainium1")]
    [InlineData("Trainium2")]
    public void Measures(string chip)
    {
        var kind = Assert.IsType<AcceleratorLookup.Found>(AcceleratorTable.BuiltIn.Find(chip)).Accelerator;
        var row = Made.Single(row => row.Chip == chip && row.To == EndOf2025);
        Shows($"| {chip} | {Three(H100Equivalents.Of(kind, EquivalentMeasure.DenseBf16))} | {Three(H100Equivalents.Of(kind, EquivalentMeasure.Dense8Bit))} | {Three(row.PublishedH100.Median / row.Units.Median)} |");
    }

    [Fact]
    public void Utilisations()
    {
        var runs = Assert.IsType<PublishedRunReading.Accepted>(PublishedRunReading.Read(File.ReadAllText("testdata/fleet/training_runs_reconciliation.json"))).Runs;
        var spread = UtilisationSpread.Of(runs);
        Shows($"median {Three(spread.Median)}, σ of the logarithm {Three(spread.QuartileSigma)} by quartiles and {Three(spread.MadSigma)} by absolute deviations");
        Shows($"{spread.Odd.Count(o => o.Why == RunOddity.Impossible)} of {spread.Runs} runs are impossible and {spread.Odd.Count(o => o.Why == RunOddity.Low)} low");
        foreach (var odd in spread.Odd.Where(o => o.Run.System is "Phi-4-Reasoning" or "FinGPT-13B" or "SigLIP 400M" or "phi-3.5-mini" or "CLUE"))
        {
            Shows($"| {odd.Run.System} | {odd.Run.Hardware} | {odd.Run.Quantity:0} × {odd.Run.Hours:0.#} h | {odd.Implied.ToString("G4", CultureInfo.InvariantCulture)} | {odd.Score.ToString("0.0", CultureInfo.InvariantCulture)} | {odd.Why.ToString().ToLowerInvariant()} |");
        }
    }

    // What makers report is another measurement of the same thing.
    [Fact]
    public void Reported()
    {
        var runs = Assert.IsType<PublishedRunReading.Accepted>(PublishedRunReading.Read(File.ReadAllText("testdata/fleet/training_runs_reconciliation.json"))).Runs;
        var reported = UtilisationSpread.Of(
            [.. runs.Where(run => run.ReportedUtilisation is not null).Select(run => run with { Operations = new Flop(run.ReportedUtilisation!.Value * run.Operations.Value / run.ImpliedUtilisation) })]);
        Shows($"{reported.Runs} runs report their utilisation: median {Three(reported.Median)}, σ {Three(reported.PlainSigma)}");
    }

    [Fact]
    public void Verdict()
    {
        var (time, peak, sure) = (new ChipHours(30.84e6), new FlopPerSecond(989.4e12), new Probability(0.95));
        var estimate = UtilisationModel.Published.Work(time, peak, sure);
        Shows($"{Flops(estimate.Median)} FLOP, 95 % between {Flops(estimate.Low)} and {Flops(estimate.High)}");
        var verdict = WorkVerdict.Of(new DeclaredWork.Training(405e9, 15.6e12), time, peak, UtilisationModel.Published, sure);
        Shows($"6·N·D = {Flops(new DeclaredWork.Training(405e9, 15.6e12).Total)} FLOP needs {Three(Assert.IsType<WorkVerdict.Consistent>(verdict).Implied)} of the peak");
        var more = Assert.IsType<WorkVerdict.MoreTime>(WorkVerdict.Of(new DeclaredWork.Stated(new Flop(3.8e24)), time, peak, UtilisationModel.Published, sure));
        Shows($"{(more.Unexplained.Value / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} million chip-hours are unexplained");
    }

    [Fact]
    public void World()
    {
        var fleet = WorldFleet.On(
            Made, AcceleratorTable.BuiltIn, EndOf2025, new FleetAssumptions(FleetMeasure.DenseBf16, ServiceLife.Assumed, FleetCorrelation.Assumed, 12e6),
            new Seed(SHA256.HashData("fleet"u8)));
        foreach (var maker in fleet.Makers)
        {
            Shows($"| {maker.Maker} | {Millions(maker.Made)} | {Millions(maker.InUse)} |");
        }

        Shows($"| made | {Millions(fleet.Made)} |");
        Shows($"| retired | {Millions(fleet.Retired)} |");
        Shows($"| nobody's | {Millions(fleet.Nobodys)} |");
    }

    private static void Shows(string text) => Assert.True(Page.Contains(text, StringComparison.Ordinal), "the page lacks: " + text);

    private static string Three(double x) => x.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Flops(Flop x) => x.Value.ToString("0.00e0", CultureInfo.InvariantCulture);

    private static string Millions(FleetInterval of) =>
        FormattableString.Invariant($"{of.Median / 1e6:0.00} ({of.Low / 1e6:0.00} to {of.High / 1e6:0.00})");
}
