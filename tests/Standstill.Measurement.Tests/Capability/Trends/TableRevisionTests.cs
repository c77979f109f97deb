using System.Collections.Immutable;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Capability.Trends;

public sealed class TableRevisionTests
{
    private static readonly Minutes FortyHours = new(2400);

    [Fact]
    public void A_table_against_itself_is_unchanged()
    {
        var revision = Compare(Published.Measured, [.. Published.Measured.Reverse()]);
        Assert.Empty(revision.Added);
        Assert.Empty(revision.Dropped);
        Assert.Empty(revision.Changed);
        Assert.Equal(Published.Measured.Length, revision.Unchanged);
        Assert.Equal(
            revision.Before.DoublingDays.Quantile(new Probability(0.5)), revision.After.DoublingDays.Quantile(new Probability(0.5)));
        Assert.Equal(
            revision.Before.Crossing!.Quantile(new Probability(0.5)), revision.After.Crossing!.Quantile(new Probability(0.5)));
    }

    /// <summary>METR stated 320 minutes for Claude Opus 4.5 in January 2026 and 293 later; the rest of this revision is made up.</summary>
    [Fact]
    public void Added_dropped_and_changed_models_are_named_with_what_the_change_does()
    {
        var after = Published.Measured;
        var before = after
            .Where(model => model.Model != "GPT-5.4")
            .Select(model => model.Model switch
            {
                "Claude Opus 4.5 (Inspect)" => With(model, 320),
                "claude_opus_4_6_inspect" => With(model, 5000),
                _ => model,
            })
            .Append(TrendShapesTests.Model("withdrawn", 100, -5))
            .ToImmutableArray();
        var revision = Compare(before, after);
        Assert.Equal(["GPT-5.4"], revision.Added.Select(model => model.Model));
        Assert.Equal(["withdrawn"], revision.Dropped.Select(model => model.Model));
        Assert.Equal(["Claude Opus 4.5 (Inspect)", "claude_opus_4_6_inspect"], revision.Changed.Select(pair => pair.After.Model));
        Assert.Equal(292.994594 / 320, revision.Changed[0].Ratio, 1e-9);
        Assert.Equal([true, false], revision.Changed.Select(pair => pair.WithinEarlierLimits));
        Assert.Equal(after.Length - 3, revision.Unchanged);
        Assert.True(revision.Before.DoublingDays.PointEstimate < revision.After.DoublingDays.PointEstimate);
    }

    [Fact]
    public void A_corrected_date_is_a_change_and_not_another_model()
    {
        var moved = Published.Measured.SetItem(0, TrendShapesTests.Model(Published.Measured[0].Model, 3, -3));
        var revision = Compare(Published.Measured, moved);
        Assert.Empty(revision.Added);
        Assert.Empty(revision.Dropped);
        Assert.Equal(moved[0], Assert.Single(revision.Changed).After);
    }

    [Fact]
    public void With_too_few_models_there_is_no_crossing()
    {
        var revision = Compare([.. Published.Measured.Take(3)], Published.Measured);
        Assert.Null(revision.Before.Crossing);
        Assert.NotNull(revision.After.Crossing);
    }

    private static TableRevision Compare(ImmutableArray<PublishedHorizon> before, ImmutableArray<PublishedHorizon> after) =>
        TableRevision.Compare(before, after, FortyHours, Published.Seed, DrawLoops.InOrder, new DateOnly(2019, 1, 1), 60);

    private static PublishedHorizon With(PublishedHorizon model, double minutes) => new(
        model.Model, model.Released, new Minutes(minutes), new HorizonLimits(new Minutes(minutes / 2), new Minutes(minutes * 2)), model.P80);
}
