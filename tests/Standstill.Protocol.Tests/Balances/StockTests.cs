using Standstill.Protocol.Balances;
using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>What is present in a period follows from counts and movements within it.</summary>
public sealed class StockTests
{
    private static object Movement(string name, string step, long count, double days, string area = "a") =>
        new { movement = name, step, accelerator = "H100", count, on = Time(days), facility = "hall", area };

    private static double Present(Scenario story, int period = 0) => story.At().Line.Entries[period].Period.Present.Value;

    [Fact]
    public void The_first_count_holds_for_the_time_before_it_too() => Assert.Equal(240, Present(Founded().Area().Until(0.9).Counted(days: 0.9).Day()));

    [Fact]
    public void Movements_count_from_their_own_instant_on()
    {
        var story = One().Until(1)
            .Tell("ash.key", "movement", Movement("in", "installed", 4, 0.25))
            .Tell("ash.key", "movement", Movement("out", "retired", 6, 0.75))
            .Day();

        // 10 for 6 h, 14 for 12 h, 8 for 6 h.
        Assert.Equal((10 * 6) + (14 * 12) + (8 * 6), Present(story));
        Assert.Equal(8, story.At().Stock.On(Start.AddDays(1)));
    }

    [Fact]
    public void Movements_may_come_in_any_order()
    {
        var story = One().Until(1)
            .Tell("ash.key", "movement", Movement("out", "retired", 6, 0.75))
            .Tell("ash.key", "movement", Movement("in", "installed", 4, 0.25))
            .Day();

        Assert.Equal((10 * 6) + (14 * 12) + (8 * 6), Present(story));
    }

    [Fact]
    public void A_count_within_a_period_holds_from_its_instant_whatever_moved_before()
    {
        var story = One().Until(1)
            .Counted(count: 9, days: 0.5)
            .Tell("ash.key", "movement", Movement("in", "installed", 4, 0.25))
            .Day().Day(day: 1);

        // 10 for 6 h, 14 for 6 h, 9 for 12 h; then 9 for 24 h.
        Assert.Equal((10 * 6) + (14 * 6) + (9 * 12), Present(story));
        Assert.Equal(9 * 24, Present(story, 1));
    }

    [Fact]
    public void The_count_in_effect_is_that_at_the_period_s_beginning()
    {
        var story = One().Until(1).Counted(count: 9, days: 0.5).Day().Until(2).Counted(count: 9, days: 2).Day(day: 1).Day(day: 2);

        Assert.Equal([1, 2, 3], story.At().Line.Entries.Select(e => e.Period.Count));
    }

    [Fact]
    public void A_count_at_the_boundary_belongs_to_the_period_that_begins_there()
    {
        var story = One().Day().Counted(count: 12, days: 1).Day(day: 1);

        Assert.Equal((240, 288), (Present(story), Present(story, 1)));
    }

    [Fact]
    public void Nothing_is_changed_within_a_period_that_is_balanced()
    {
        var story = One().Day();
        var expected = $"lies in a period that is balanced, up to `{Time(1)}`; send counts and movements before their period is balanced; put a later count on record";
        story.Refused("ash.key", "area-counted", CountBody("a", 9, Time(0.5)), "body.counted: " + expected);
        story.Refused("ash.key", "movement", Movement("in", "installed", 4, 0.5), "body.on: " + expected);
    }

    [Fact]
    public void Nothing_is_told_of_the_time_before_the_first_count()
    {
        var story = Founded().Area().Until(1).Counted(days: 0.5);
        var expected = $"lies before the first count, of `{Time(0.5)}`; leave it out: the first count holds for the time before it";
        story.Refused("ash.key", "area-counted", CountBody("a", 9, Time(0.25)), "body.counted: " + expected);
        story.Refused("ash.key", "movement", Movement("in", "installed", 4, 0.25), "body.on: " + expected);
    }

    [Fact]
    public void Nothing_is_counted_or_moved_in_the_future()
    {
        var story = One();
        story.Refused("ash.key", "area-counted", CountBody("a", 9, Time(1)), "body.counted: lies in the future; send it once it has happened");
        story.Refused("ash.key", "movement", Movement("in", "installed", 4, 1), "body.on: lies in the future; send it once it has happened");
    }

    [Fact]
    public void No_more_leaves_than_is_there()
    {
        var story = One().Until(1);
        story.Refused("ash.key", "movement", Movement("out", "retired", 11, 0.5), "body.count: more than the 10 that are there from then on; count the area again, or correct the number");
        story.Tell("ash.key", "movement", Movement("out", "retired", 10, 0.5));
    }

    [Fact]
    public void No_more_leaves_than_later_movements_leave_there()
    {
        var story = One().Until(1).Tell("ash.key", "movement", Movement("late", "retired", 8, 0.75));

        story.Refused("ash.key", "movement", Movement("early", "retired", 5, 0.25), "body.count: more than the 2 that are there from then on; count the area again, or correct the number");
        story.Tell("ash.key", "movement", Movement("early", "retired", 2, 0.25)).Day();
        // 10 for 6 h, 8 for 12 h, none for 6 h.
        Assert.Equal((10 * 6) + (8 * 12), Present(story));
    }

    [Fact]
    public void A_count_sets_right_what_later_movements_can_leave() =>
        Assert.Equal(3, One().Until(1).Counted(count: 8, days: 0.5).Tell("ash.key", "movement", Movement("late", "retired", 5, 0.75)).Tell("ash.key", "movement", Movement("early", "retired", 10, 0.25)).At().Stock.On(Start.AddDays(1)));

    [Fact]
    public void An_area_s_movement_is_of_its_kind_and_comes_after_its_first_count()
    {
        var story = Founded().Area();
        story.Refused("ash.key", "movement", Movement("in", "installed", 4, -1), "body.area: `ash/hall/a` has never been counted; count it first");
        story.Counted().Refused(
            "ash.key", "movement", new { movement = "in", step = "installed", accelerator = "B200", count = 1, on = UtcTime.Format(story.Clock), facility = "hall", area = "a" }, "body.accelerator: `ash/hall/a` holds `H100`; name the kind of the area");
        story.Refused("ash.key", "movement", Movement("in", "installed", 4, -1, "b"), "body.area: `ash/hall/b` is no balance area; put it on record first");
    }

    [Fact]
    public void Present_is_the_integral_of_what_is_there_minute_by_minute()
    {
        var stock = AreaStock.Uncounted.With(new StockEvent(Start, 7, 0, default));
        foreach (var (minute, count, change) in new (int, long?, long)[] { (90, null, 5), (30, null, -2), (600, 20, 0), (601, null, -20), (1000, null, 1) })
        {
            stock = stock.With(new StockEvent(Start.AddMinutes(minute), count, change, default));
        }

        var slow = Enumerable.Range(0, 1440).Sum(m => m < 30 ? 7 : m < 90 ? 5 : m < 600 ? 10 : m < 601 ? 20 : m < 1000 ? 0 : 1);
        Assert.Equal(slow / 60.0, stock.Present(Start, Start.AddDays(1)).Value, 1e-9);
        Assert.Equal(slow / 60.0, stock.Present(Start, Start.AddMinutes(601)).Value + stock.From(Start.AddMinutes(601)).Present(Start.AddMinutes(601), Start.AddDays(1)).Value, 1e-9);
    }
}
