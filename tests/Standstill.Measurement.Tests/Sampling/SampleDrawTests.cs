using System.Security.Cryptography;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class SampleDrawTests
{
    private static readonly Seed Counting = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    // Computed by a separate program from the published definitions of SHA-256, xoshiro256** and Lemire's method.
    [Fact]
    public void Draws_are_those_of_another_implementation()
    {
        Assert.Equal([12, 46, 51, 58, 61, 62, 84, 93], SampleDraw.Positions(Counting, "hall-1", 100, 8));
        Assert.Equal([10993937, 58266813, 60667095, 93078494], SampleDraw.Positions(Counting, "hall-1", 100_000_000, 4));
        Assert.Equal(
            ["gpu-12", "gpu-13", "gpu-19", "gpu-37", "gpu-8"],
            SampleDraw.Items(Counting, "hall-1", Enumerable.Range(0, 40).Select(i => $"gpu-{i}"), 5));
    }

    [Fact]
    public void Every_subset_is_drawn_equally_often()
    {
        var seen = new Dictionary<string, int>();
        const int draws = 12_600;
        for (var i = 0; i < draws; i++)
        {
            var subset = string.Join(',', SampleDraw.Positions(new Seed(SHA256.HashData(BitConverter.GetBytes(i))), "hall", 9, 4));
            seen[subset] = seen.GetValueOrDefault(subset) + 1;
        }

        // 126 subsets, 100 each: chi-squared with 125 degrees of freedom is below 179 in 999 of 1000 cases.
        Assert.Equal(126, seen.Count);
        Assert.InRange(seen.Values.Sum(n => (n - 100.0) * (n - 100) / 100), 80, 179);
    }

    [Fact]
    public void All_items_can_be_drawn()
    {
        Assert.Equal(Enumerable.Range(0, 50), SampleDraw.Positions(Counting, "hall", 50, 50));
        Assert.Empty(SampleDraw.Positions(Counting, "hall", 50, 0));
    }

    [Fact]
    public void The_order_of_a_list_makes_no_difference()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"gpu-{i}").ToArray();
        Assert.Equal(SampleDraw.Items(Counting, "hall", names, 20), SampleDraw.Items(Counting, "hall", names.Reverse(), 20));
    }

    [Fact]
    public void An_item_more_changes_the_draw_by_at_most_one()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"gpu-{i}").ToArray();
        var before = SampleDraw.Items(Counting, "hall", names, 20);
        for (var i = 0; i < 50; i++)
        {
            Assert.True(SampleDraw.Items(Counting, "hall", names.Append($"another-{i}"), 20).Except(before).Count() <= 1);
        }
    }

    [Fact]
    public void Strata_and_seeds_have_draws_of_their_own()
    {
        var draw = SampleDraw.Positions(Counting, "hall-1", 10_000, 20);
        Assert.NotEqual(draw, SampleDraw.Positions(Counting, "hall-2", 10_000, 20));
        Assert.NotEqual(draw, SampleDraw.Positions(new Seed(new byte[32]), "hall-1", 10_000, 20));
    }

    [Fact]
    public void A_name_twice_or_too_few_names_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SampleDraw.Items(Counting, "hall", ["a", "a"], 1));
        Assert.Throws<ArgumentException>(() => SampleDraw.Items(Counting, "hall", ["a", "b"], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleDraw.Positions(Counting, "hall", 3, 4));
    }

    [Fact]
    public void Dates_rise_and_stay_within_the_stretch()
    {
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (InspectionSchedule schedule in (InspectionSchedule[])
            [new InspectionSchedule.Periodic(TimeSpan.FromDays(9)), new InspectionSchedule.Independent(30, TimeSpan.FromDays(1)),
             new InspectionSchedule.OnePerInterval(TimeSpan.FromDays(9)), new InspectionSchedule.Poisson(40)])
        {
            var dates = SampleDraw.Dates(Counting, schedule, from, from.AddDays(200));
            Assert.Equal(dates.Order(), dates);
            Assert.All(dates, date => Assert.InRange(date, from, from.AddDays(200)));
            Assert.InRange(dates.Length, 10, 40);
        }

        Assert.Empty(SampleDraw.Dates(Counting, new InspectionSchedule.Poisson(0), from, from.AddDays(200)));
    }
}
