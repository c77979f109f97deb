using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

/// <summary>METR's published horizons, replayed release by release. See testdata/horizons/SOURCE.md.</summary>
public static class PublishedFiguresTests
{
    private const double FourDeviations = 0.045; // of a share of 2000 draws: 4 √(p(1−p)/2000), greatest at p = 0.5

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "testdata", "horizons");

    private static readonly ImmutableArray<PublishedHorizon> Published =
        ((PublishedHorizonReading.Table)PublishedHorizonTable.Read(File.ReadAllText(Path.Combine(Folder, "horizons_th1_1_published.csv")))).Horizons;

    private static readonly ImmutableArray<(DateOnly Released, double Probability)> Outside =
    [
        .. File.ReadLines(Path.Combine(Folder, "exceedance.csv")).Skip(1).Select(line => line.Split(','))
            .Select(row => (DateOnly.ParseExact(row[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), double.Parse(row[1], CultureInfo.InvariantCulture))),
    ];

    private static LevelFinding Watch(string condition, DateOnly day, Func<PublishedHorizon, bool>? also = null)
    {
        ImmutableArray<PublishedHorizon> known = [.. Published.Where(model => model.Released <= day && (also is null || also(model)))];
        var seed = new Seed(new byte[32]);
        var source = new FrontierSource(
            "metr", known.Max(model => model.Released), [new EntryIndex(1)], new(() => FrontierEstimate.Estimate(known, seed)), new(() => FrontierOutlook.Of(known, seed)));
        var trigger = TriggerParser.Parse("trigger \"T\" version 1 watch when " + condition).OrThrow();
        var asOf = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return TriggerEvaluator.Evaluate(trigger, new Evidence([source], []), panelVotesRelease: false, asOf, TriggerMemory.Empty).Levels.Single();
    }

    [Fact]
    public static void Four_hours_were_first_exceeded_with_confidence_of_eighty_per_cent_on_24_November_2025()
    {
        var verdicts = Outside.Select(row => (row.Released, Watch("frontier horizon(50%) > 4 h with confidence 80%", row.Released).Raw)).ToList();

        Assert.Equal(new DateOnly(2025, 11, 24), verdicts.First(row => row.Raw == Verdict.Met).Released);
        Assert.All(verdicts, row => Assert.Equal(row.Released < new DateOnly(2025, 11, 24) ? Verdict.NotMet : Verdict.Met, row.Raw));
    }

    [Fact]
    public static void The_probabilities_are_those_of_the_normal_distribution()
    {
        foreach (var (released, probability) in Outside)
        {
            var compared = Assert.IsType<Explanation.Compared>(Watch("frontier horizon(50%) > 4 h with confidence 80%", released).Explanation);
            Assert.InRange(compared.Probability!.Value.Low.Value, probability - FourDeviations, probability + FourDeviations);
            Assert.Equal(compared.Probability.Value.Low, compared.Probability.Value.High);
        }
    }

    [Fact]
    public static void The_figure_of_April_2026_is_a_bound_that_settles_eight_hours_and_leaves_twenty_open()
    {
        var april = new DateOnly(2026, 4, 7);
        bool OnlyTheBound(PublishedHorizon model) => model.Censoring == Censoring.AtLeast;

        Assert.Equal(Verdict.Met, Watch("frontier horizon(50%) > 8 h", april, OnlyTheBound).Raw);
        Assert.Equal(Verdict.Met, Watch("frontier horizon(50%) > 8 h with confidence 99%", april, OnlyTheBound).Raw);
        Assert.Equal(Verdict.Undetermined, Watch("frontier horizon(50%) > 20 h", april, OnlyTheBound).Raw);
        Assert.Equal(Verdict.Undetermined, Watch("frontier horizon(50%) < 40 h", april, OnlyTheBound).Raw);
        Assert.IsType<Reason.OnlyABound>(Watch("frontier horizon(50%) > 20 h with confidence 80%", april, OnlyTheBound).Explanation.Reason);
    }

    [Fact]
    public static void Of_eighty_per_cent_horizons_no_interval_is_published()
    {
        var march = new DateOnly(2026, 3, 5);

        Assert.IsType<Reason.NoInterval>(Watch("frontier horizon(80%) > 1 h with confidence 90%", march).Explanation.Reason);
        Assert.Equal(Verdict.Met, Watch("frontier horizon(80%) > 1 h", march).Raw);
        Assert.Equal(Verdict.NotMet, Watch("frontier horizon(80%) > 2 h", march).Raw);
    }

    [Fact]
    public static void The_doubling_time_since_2023_is_about_four_months()
    {
        var march = new DateOnly(2026, 3, 5);

        Assert.Equal(Verdict.Met, Watch("doubling time of frontier horizon(50%) since 2023-01-01 < 140 days", march).Raw);
        Assert.Equal(Verdict.NotMet, Watch("doubling time of frontier horizon(50%) since 2023-01-01 < 120 days", march).Raw);
    }
}
