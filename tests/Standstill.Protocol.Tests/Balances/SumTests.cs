using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.AlarmTests;
using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>The sum over all areas of a party.</summary>
public sealed class SumTests
{
    private static Scenario Two() => One().Area(area: "b").Counted(area: "b", count: 20);

    private static Scenario DayOf(Scenario story, string area, int day, double missing = 0) => story.Day(area: area, day: day, missing: missing);

    [Fact]
    public void A_sum_waits_for_every_area_that_has_begun()
    {
        var story = Two().Digest(area: "b").Day();
        Assert.Equal((0, 1), (story.Sum().Line.Periods, story.Sum().Waiting.Count));

        story.Declare(area: "b");
        var entry = Assert.Single(story.Sum().Line.Entries);
        // 10 and 20 accelerators for a day; 40 idle and 200 declared of each.
        Assert.Equal((720, 80, 400, 240), (entry.Period.Present.Value, entry.Period.Idle.Value, entry.Period.Declared.Value, entry.Period.Cuf.Value));
        Assert.Equal((Start.AddDays(1), 0), (story.Sum().BalancedTo, story.Sum().Waiting.Count));
    }

    [Fact]
    public void It_is_all_one_which_area_comes_first()
    {
        var one = Two().Designed(area: null).Digest().Digest(area: "b").Declare().Declare(area: "b").Day(day: 1, missing: 3).Day(area: "b", day: 1);
        var other = Two().Designed(area: null).Digest(area: "b").Digest().Declare(area: "b").Day(area: "b", day: 1).Declare().Day(day: 1, missing: 3);

        Assert.Equal(2, one.Sum().Line.Periods);
        Assert.Equal(one.Sum().Line.Book, other.Sum().Line.Book);
    }

    [Fact]
    public void An_area_that_begins_later_is_waited_for_from_then_on()
    {
        var story = Two().Day().Day(day: 1);
        Assert.Equal(2, story.Sum().Line.Periods);

        // b begins with day 2: day 2 of a waits for it.
        story.Digest(area: "b", day: 2).Day(day: 2);
        Assert.Equal(2, story.Sum().Line.Periods);
        story.Declare(area: "b", day: 2);
        Assert.Equal([240, 240, 720], story.Sum().Line.Entries.Select(e => e.Period.Present.Value));
    }

    [Fact]
    public void Periods_that_come_after_their_sum_was_made_do_not_change_it()
    {
        var story = Two().Days(2).Day(area: "b").Day(area: "b", day: 1).Day(area: "b", day: 2).Day(day: 2);

        Assert.Equal([240, 240, 720], story.Sum().Line.Entries.Select(e => e.Period.Present.Value));
        Assert.Equal(3, story.At(area: "b").Line.Periods);
    }

    [Fact]
    public void An_area_that_is_given_up_is_no_longer_waited_for()
    {
        var story = Two().Digest(area: "b").Day().Declare(area: "b").Day(day: 1);
        Assert.Equal(1, story.Sum().Line.Periods);

        story.Area(area: "b", closed: true);
        Assert.Equal([720, 240], story.Sum().Line.Entries.Select(e => e.Period.Present.Value));
    }

    [Fact]
    public void The_count_of_a_sum_rises_with_any_area_s_count_and_with_who_is_in_it()
    {
        var story = Two().Days(2).Counted(days: 2);
        Assert.Equal(1, story.Sum().Count);
        story.Day(day: 2);
        Assert.Equal(2, story.Sum().Count);
        story.Digest(area: "b", day: 3).Day(day: 3).Declare(area: "b", day: 3);
        Assert.Equal(3, story.Sum().Count);
        Assert.Equal([1, 1, 2, 3], story.Sum().Line.Entries.Select(e => e.Period.Count));
    }

    [Fact]
    public void What_is_spread_thinly_over_two_areas_is_seen_in_the_sum()
    {
        // Each loses 3 % with a random error of 3 %: z = 1, at most four of them. The sum's error is told as 0.5 %: z = 6.
        var story = Founded().Area().Counted().Area(area: "b").Counted(area: "b").Designed(random: 3).Designed(area: "b", random: 3).Designed(area: null, random: 0.5)
            .Tell("gorse.key", "assurance-assessed", Assessed("ash", 80));
        DayOf(DayOf(story, "a", 0, 7.2), "b", 0, 7.2);
        DayOf(DayOf(story, "a", 1, 7.2), "b", 1, 7.2);

        Assert.Empty(story.At().Line.Alarms);
        Assert.Equal("loss", story.Sum().Line.Alarms[0].Test);
        Assert.Equal(0, story.World.Facts.Assurance[new PartyId("ash")]);
        Assert.Contains(Findings.Of(story.World), f => f.Text == "test `loss` of the sum over all areas of ash has alarmed");

        story.Tell("gorse.key", "inspection-finding", Finding("confirmed", null, story.Entry()));
        Assert.Equal(80, story.World.Facts.Assurance[new PartyId("ash")]);
    }

    [Fact]
    public void Energy_is_summed_only_where_every_area_reads_it()
    {
        var story = Two().Digest(energy: 100).Digest(area: "b", energy: 50).Declare().Declare(area: "b").Digest(day: 1, energy: 100).Digest(area: "b", day: 1).Declare(day: 1).Declare(area: "b", day: 1);

        Assert.Equal([150, null], story.Sum().Line.Entries.Select(e => e.Period.Energy?.KilowattHours));
    }

    [Fact]
    public void A_party_whose_areas_are_all_given_up_may_begin_with_another_period_and_the_sum_s_tests_follow_it()
    {
        var story = Tested().Designed(area: null).Days(2).Area(closed: true);
        Assert.Equal(365, story.Sum().Line.Design!.Tests.Design.PeriodsPerYear);

        story.Area(area: "b", minutes: 30 * 1440);
        Assert.Equal(12, story.Sum().Line.Design!.Tests.Design.PeriodsPerYear);
        Assert.Equal(0, story.Sum().Line.Book.Periods);
    }

    [Fact]
    public void Where_the_new_period_is_too_short_for_any_test_the_sum_s_design_falls_away() =>
        Assert.Null(Tested().Designed(area: null).Days(2).Area(closed: true).Area(area: "b", minutes: 10).Sum().Line.Design);

    [Fact]
    public void The_sum_s_tests_are_for_the_period_of_the_areas_that_are_not_given_up()
    {
        var story = One().Area(closed: true).Area(area: "b", minutes: 30 * 1440).Designed(area: null);

        Assert.Equal(12, story.Sum().Line.Design!.Tests.Design.PeriodsPerYear);
    }
}
