using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

/// <summary>The worked examples of docs/compute/inspections.md are what the code gives.</summary>
public sealed class InspectionPageTests
{
    private static readonly Probability Certain = new(1);
    private static readonly string Page = File.ReadAllText("testdata/docs/inspections.md");

    [Theory]
    [InlineData(8_000, 64, 0.9, 1)]
    [InlineData(8_000, 64, 0.9, 0.8)]
    [InlineData(100_000, 500, 0.95, 1)]
    [InlineData(100_000, 50_000, 0.95, 1)]
    [InlineData(20_000_000, 10_000, 0.95, 1)]
    public void Sizes(int population, int defective, double demanded, double q)
    {
        var exact = Assert.IsType<SampleAnswer.Enough>(AttributeSampling.SmallestSample(population, defective, new Probability(demanded), new Probability(q)));
        var classical = ApproximateSampling.Classical(population, defective, new Probability(demanded), new Probability(q));
        var improved = q < 1 ? "–" : Whole(ApproximateSampling.Improved(population, defective, new Probability(demanded)));
        Shows($"| {Whole(population)} | {Whole(defective)} | {Share(demanded)} | {Share(q)} | {Whole(exact.Size)} | {Whole(classical)} | {improved} |");
    }

    [Fact]
    public void Levels()
    {
        var (count, counters, recompute) = (
            new InspectionMethod("count", 0.3, 3, 1), new InspectionMethod("read the counters", 0.05, 3, 10), new InspectionMethod("recompute", 0.01, 3, 400));
        foreach (var s in DefectLevels.Samples(
            8000, 64, new Probability(0.9), [new("gross", 1, count), new("partial", 0.25, counters), new("bias", 0.05, recompute)]))
        {
            var size = Assert.IsType<SampleAnswer.Enough>(s.Answer).Size;
            Shows($"| {s.Level.Name} | {Share(s.Level.Share)} | {Whole(s.Defective)} | {s.Level.Method.Name} | {Share(s.Identification.Value)} | {Whole(size)} | {Whole(s.Classical)} |");
        }

        foreach (var share in new[] { 1, 0.6, 0.25, 0.1, 0.05, 0.02 })
        {
            var all = DefectLevels.Detection(8000, 64, share, [(count, 448), (counters, 73), (recompute, 14)]);
            Shows($"| {Share(share)} | {Whole((int)Math.Ceiling(64 / share))} | {Share(all.Value)} |");
        }
    }

    [Fact]
    public void Strata()
    {
        ImmutableArray<Stratum> strata =
        [
            new("H100", 20_000, 1, 1, Certain), new("B200", 8_000, 2, 1.5, Certain), new("A100", 30_000, 1, 0.5, Certain),
        ];
        var plan = StrataPlan.Best(strata, 1200, 100);
        foreach (var (s, k) in strata.Select((s, k) => (s, k)))
        {
            Shows($"| {s.Name} | {Whole(s.Items)} | {s.Worth} | {s.Cost.ToString("0.0", CultureInfo.InvariantCulture)} | {Whole(plan.Sizes[k])} | {Whole(plan.Worst.Defective[k])} |");
        }

        Shows($"is found with probability {Share(plan.Worst.Detection.Value)}");
        ImmutableArray<int> proportional = [510, 204, 765];
        Shows($"in proportion to the items (510, 204 and 765, the same cost) finds its worst diversion with {Share(StrataGame.Worst(strata, proportional, 100).Detection.Value)}");
    }

    [Fact]
    public void Dates()
    {
        var month = TimeSpan.FromDays(365.25 / 12);
        foreach (var (name, schedule) in new (string, InspectionSchedule)[]
        {
            ("equally spaced, unknown phase", new InspectionSchedule.Periodic(month)), ("one in each interval", new InspectionSchedule.OnePerInterval(month)),
            ("independent", new InspectionSchedule.Independent(12, month * 12)), ("constant rate", new InspectionSchedule.Poisson(12)),
        })
        {
            string At(double months, double q) => Share(schedule.Detection(month * months, new Probability(q)).Value);
            Shows($"| {name} | {At(0.5, 1)} | {At(1, 1)} | {At(2, 1)} | {At(2, 0.5)} |");
        }
    }

    [Theory]
    [InlineData("Chinchilla, 5.76e23", 5.76e23, 20_000, 0.5, 1)]
    [InlineData("Chinchilla, 5.76e23", 5.76e23, 20_000, 0.5, 4)]
    [InlineData("Chinchilla, 5.76e23", 5.76e23, 20_000, 0.01, 4)]
    [InlineData("1e25", 1e25, 100_000, 0.5, 4)]
    [InlineData("1e26", 1e26, 1_000_000, 0.5, 4)]
    public void Snapshots(string name, double flop, int chips, double rate, int inspections)
    {
        var run = new HiddenRun(flop, 30, 989.4e12, 0.4);
        var answer = SnapshotSampling.SmallestSample(run, chips, rate, inspections, new Probability(0.9));
        var size = answer is SampleAnswer.Enough enough ? Whole(enough.Size) : $"{Share(((SampleAnswer.Unreachable)answer).AtMost.Value)} at most";
        Shows($"| {name} | {Whole(chips)} | {Whole((int)run.FewestChips)} | {rate.ToString(CultureInfo.InvariantCulture)} | {inspections} | {size} |");
    }

    [Fact]
    public void Plan()
    {
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var plan = InspectionPlan.Make(
            [new("sample-ash/hall-1", 2000, 1, 1, Certain), new("sample-ash/hall-2", 500, 2, 2, new Probability(0.9))],
            150, 60, new InspectionSchedule.OnePerInterval(TimeSpan.FromDays(30)), TimeSpan.FromDays(60), new Seed(SHA256.HashData("plan"u8)), from, from.AddDays(360));
        Shows($"looks at {plan.Strata[0].Size} and {plan.Strata[1].Size} items at each visit");
        Shows($"one visit finds the worst diversion with {Share(plan.Visit.Detection.Value)}, the plan one that lasts 60 days with {Share(plan.Detection.Value)}");
    }

    private static void Shows(string text) => Assert.True(Page.Contains(text, StringComparison.Ordinal), "the page lacks: " + text);

    private static string Whole(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(double p) => p.ToString("0.####", CultureInfo.InvariantCulture);
}
