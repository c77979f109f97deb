using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>Digests and declared use make balances, period by period.</summary>
public sealed class PeriodTests
{
    [Fact]
    public void A_period_is_balanced_once_its_digest_and_its_declaration_are_there()
    {
        var story = One().Digest(idle: 40);
        Assert.Equal(0, story.At().Line.Periods);

        story.Declare(inference: 150, down: 30);
        var entry = Assert.Single(story.At().Line.Entries);
        // 10 accelerators for 24 h, 40 idle, 30 down, 150 declared: 20 unaccounted for.
        Assert.Equal((240, 40, 30, 150, 20), (entry.Period.Present.Value, entry.Period.Idle.Value, entry.Period.Down.Value, entry.Period.Declared.Value, entry.Period.Cuf.Value));
        Assert.Equal(story.Entry(), entry.At.Entry.Value);
        Assert.Equal(story.Entry() - 1, entry.Digest.Value);
    }

    [Fact]
    public void It_is_all_one_whether_digests_or_declarations_come_first()
    {
        var one = Tested();
        var other = Tested();
        var third = Tested();
        for (var day = 0; day < 4; day++)
        {
            one.Day(day: day, missing: day);
        }

        for (var day = 0; day < 4; day++)
        {
            other.Digest(day: day);
        }

        for (var day = 0; day < 4; day++)
        {
            other.Declare(day: day, inference: 200 - day);
        }

        for (var day = 0; day < 4; day++)
        {
            third.Declare(day: day, inference: 200 - day);
        }

        for (var day = 0; day < 4; day++)
        {
            third.Digest(day: day);
        }

        Assert.Equal(4, one.At().Line.Periods);
        Assert.Equal(one.At().Line.Book, other.At().Line.Book);
        Assert.Equal(one.At().Line.Book, third.At().Line.Book);
        Assert.Equal(one.At().Line.Entries.Select(e => e.Period), third.At().Line.Entries.Select(e => e.Period));
    }

    [Fact]
    public void An_area_that_was_never_counted_takes_no_period() => Founded().Area().Until(1).Refused(
        "ash.meter", "compute-digest", DigestBody(), "body.area: `ash/hall/a` has never been counted; send `area-counted` first");

    [Fact]
    public void Nothing_is_said_of_an_area_that_is_not_on_record()
    {
        const string expected = "body.area: `ash/hall/b` is no balance area; put it on record first";
        var story = One().Until(1);
        story.Refused("ash.meter", "compute-digest", DigestBody("b"), expected);
        story.Refused("ash.key", "use-declared", UseBody("b"), expected);
        story.Refused("ash.key", "area-counted", CountBody("b", 10, Time(0)), expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Periods_come_in_their_order_none_left_out_and_none_twice(int from)
    {
        var story = One().Day().Until(5);
        var expected = $"body.from: `{Time(from)}` is not where the period before ended, `{Time(1)}`; send the periods in their order, none left out and none twice";
        story.Refused("ash.meter", "compute-digest", DigestBody(from: from, to: from + 1), expected);
        story.Refused("ash.key", "use-declared", UseBody(from: from, to: from + 1), expected);
    }

    [Fact]
    public void A_declaration_begins_where_the_first_digest_began() => One().Digest().Until(2).Refused(
        "ash.key", "use-declared", UseBody(from: 1, to: 2), $"body.from: `{Time(1)}` is not where the period before ended, `{Time(0)}`; send the periods in their order, none left out and none twice");

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 1.5)]
    public void A_period_is_one_period_long_and_begins_at_a_multiple_of_it(double from, double to) => One().Until(3).Refused(
        "ash.meter", "compute-digest", DigestBody(from: from, to: to, chips: 30), "body.to: not one period of 1440 minutes that begins at a multiple of it since 1970; close periods as the area's statement says");

    [Fact]
    public void Periods_of_several_days_begin_at_multiples_since_1970()
    {
        // 2025-01-09 is day 20097 = 7 · 2871 since 1970; 2025-01-06 would be a multiple since the year 1.
        var story = Founded().Area(minutes: 7 * 1440).Counted().Until(30);
        story.Refused("ash.meter", "compute-digest", DigestBody(from: 4, to: 11), "body.to: not one period of 10080 minutes that begins at a multiple of it since 1970; close periods as the area's statement says");
        story.Tell("ash.meter", "compute-digest", DigestBody(from: 7, to: 14));
    }

    [Fact]
    public void A_period_is_over_before_it_is_closed()
    {
        var story = One();
        story.Clock = Start.AddDays(1).AddMilliseconds(-1);
        story.Refused("ash.meter", "compute-digest", DigestBody(), "body.to: lies in the future; wait until the period is over");
        story.Clock = Start.AddDays(1);
        story.Tell("ash.meter", "compute-digest", DigestBody());
    }

    [Fact]
    public void Training_names_a_run_that_is_on_record()
    {
        object Use() => new { facility = "hall", area = "a", from = Time(0), to = Time(1), uses = new[] { new { use = "training", run = "big", chipHours = 200 } } };
        var story = One().Until(1);
        story.Refused("ash.key", "use-declared", Use(), "body.uses: no run `big` is on record; declare the run first");

        story.Tell("birch.key", "run-declared", new { run = "big", facility = "hall", purpose = "pretraining", plannedFlop = 1e24, starts = "2025-01-01" }).Tell("ash.key", "use-declared", Use());
        Assert.Equal(Start.AddDays(1), story.At().DeclaredTo);
    }

    [Fact]
    public void Over_declared_use_makes_a_negative_balance()
    {
        var story = One().Digest().Declare(inference: 230);

        Assert.Equal(-30, story.At().Line.Entries[0].Period.Cuf.Value);
    }

    [Fact]
    public void Only_the_latest_thousand_periods_are_kept_and_all_are_counted()
    {
        var line = Standstill.Protocol.Balances.BalanceLine.Empty;
        var hour = new Measurement.Accounting.BalancePeriod(Start, Start.AddHours(1), new(1), new(0), new(0), new(1), 1, null);
        for (var i = 0; i < 1003; i++)
        {
            line = line.Post(hour with { From = Start.AddHours(i), To = Start.AddHours(i + 1) }, new EntryIndex(i), new Moment(Start, new EntryIndex(i)));
        }

        Assert.Equal((1003, 1000, 3), (line.Periods, line.Entries.Count, line.Entries[0].Digest.Value));
    }
}
