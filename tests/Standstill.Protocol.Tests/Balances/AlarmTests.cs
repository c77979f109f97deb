using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Balances;

/// <summary>An inspector sets how balances are tested, and the tests alarm.</summary>
public sealed class AlarmTests
{
    [Fact]
    public void The_standardised_balance_is_the_relative_one_over_its_error()
    {
        var entries = Tested().Day(missing: 2.4).Day(day: 1, missing: 12).At().Line.Entries;
        var reading = entries[1].Reading!;

        // 12 of 240 is 5 %, in standard deviations of 1 %; Page's sum takes off half a standard deviation.
        Assert.Equal(5, reading.Standardised, 1e-12);
        Assert.Equal(4.5, reading.PageLoss - entries[0].Reading!.PageLoss, 1e-12);
        Assert.Equal(2.4, reading.Sigma, 1e-12);
    }

    [Fact]
    public void A_bias_that_all_periods_share_is_learned_from_the_first()
    {
        var entries = One().Designed(systematic: 1).Day(missing: 4.8).Day(day: 1, missing: 4.8).At().Line.Entries;

        // Both 2 %. Covariance 10⁻⁴ (2 1; 1 2) = L Lᵀ with L = 10⁻² (√2 0; 1/√2 √1.5): L⁻¹ (0.02, 0.02) = (√2, 1/√1.5).
        Assert.Equal(Math.Sqrt(2), entries[0].Reading!.Standardised, 1e-12);
        Assert.Equal(1 / Math.Sqrt(1.5), entries[1].Reading!.Standardised, 1e-12);
    }

    [Fact]
    public void A_loss_alarms_and_takes_the_party_s_assurance_away()
    {
        var story = Tested().Tell("gorse.key", "assurance-assessed", Assessed("ash", 80)).Day(missing: 2.4);
        Assert.Equal(80, story.World.Facts.Assurance[new PartyId("ash")]);

        // 19.2 of 240: eight standard deviations. Page's limit for one alarm in 5 years of days is below 7 (h = 5 gives 938 periods, k = ½).
        story.Day(day: 1, missing: 19.2);
        var alarm = Assert.Single(story.At().Line.Alarms);
        Assert.Equal("loss", alarm.Test);
        Assert.Equal((Start.AddDays(1), Start.AddDays(2), story.Entry()), (alarm.From, alarm.To, alarm.At.Entry.Value));
        Assert.Equal(story.At().Line.Entries[0].Reading!.PageLoss + 7.5, alarm.Statistic, 1e-9);
        Assert.Equal(0, story.World.Facts.Assurance[new PartyId("ash")]);
        Assert.Contains(Findings.Of(story.World), f => f.Text == "test `loss` of ash/hall/a has alarmed" && f.Weight == Weight.Grave && f.Changes == "an inspector's finding on the alarm");
    }

    [Fact]
    public void Over_declaring_alarms_too() => Assert.Equal("gain", Assert.Single(Tested().Digest().Declare(inference: 219.2).At().Line.Alarms).Test);

    [Fact]
    public void Hours_accounted_for_where_nothing_is_present_alarm() =>
        Assert.Equal("unfounded", Assert.Single(Founded().Area().Counted(count: 0).Designed().Day().At().Line.Alarms).Test);

    [Fact]
    public void Energy_that_activity_does_not_explain_alarms()
    {
        // Ten accelerators for a day at 0.2 kW idle and 1 kW active, 100 active hours: 240 · 0.2 + 100 · 0.8 = 128 kWh, 5 % each.
        var story = One().Designed(power: new { idleKilowatts = 0.2, activeKilowatts = 1, randomPercent = 5, systematicPercent = 0 });
        var reading = story.Digest(energy: 128).Declare().At().Line.Entries[0].Reading!;
        Assert.Equal(0, reading.EnergyStandardised!.Value, 1e-9);

        story.Digest(day: 1, energy: 128 * 1.5).Declare(day: 1);
        Assert.Equal(10, story.At().Line.Entries[1].Reading!.EnergyStandardised!.Value, 1e-9);
        Assert.Equal("energy-high", Assert.Single(story.At().Line.Alarms).Test);
    }

    [Fact]
    public void Without_a_design_nothing_is_tested() => Assert.Empty(One().Day(missing: 100).At().Line.Alarms);

    [Fact]
    public void A_new_design_begins_the_book_anew_and_leaves_alarms_as_they_are()
    {
        var story = Tested().Day(missing: 9.6).Day(day: 1, missing: 12);
        Assert.Equal((2, 1), (story.At().Line.Book.Periods, story.At().Line.Alarms.Count));

        story.Designed(random: 2).Day(day: 2, missing: 9.6);
        Assert.Equal((1, 3, 1), (story.At().Line.Book.Periods, story.At().Line.Periods, story.At().Line.Alarms.Count));
        Assert.Equal(2, story.At().Line.Entries[^1].Reading!.Standardised, 1e-12);
    }

    [Fact]
    public void A_confirmed_finding_settles_the_alarms_up_to_its_entry_and_no_later_one()
    {
        var story = Tested().Tell("gorse.key", "assurance-assessed", Assessed("ash", 80)).Day(missing: 19.2);
        var first = story.Entry();
        story.Day(day: 1, missing: 19.2).Tell("gorse.key", "inspection-finding", Finding("confirmed", upTo: first));
        Assert.False(story.At().Line.Alarms[0].IsOpen);
        Assert.All(story.At().Line.Alarms.Skip(1), a => Assert.True(a.IsOpen));
        Assert.Equal(0, story.World.Facts.Assurance[new PartyId("ash")]);

        story.Tell("gorse.key", "inspection-finding", Finding("confirmed", upTo: story.Entry()));
        Assert.Equal(80, story.World.Facts.Assurance[new PartyId("ash")]);
    }

    [Theory]
    [InlineData("discrepancy")]
    [InlineData("unresolved")]
    public void Any_other_finding_leaves_an_alarm_open(string result)
    {
        var story = Tested().Day(missing: 19.2);
        story.Tell("gorse.key", "inspection-finding", Finding(result, upTo: story.Entry()));

        Assert.True(Assert.Single(story.At().Line.Alarms).IsOpen);
        Assert.Equal(0, story.World.Facts.Assurance[new PartyId("ash")]);
    }

    [Fact]
    public void A_finding_on_alarms_names_one_that_is_open()
    {
        var story = Tested().Day(missing: 19.2);
        var alarm = story.Entry();
        story.Refused("gorse.key", "inspection-finding", Finding("confirmed", upTo: alarm - 1), $"body.upTo: no alarm is open there up to entry {alarm - 1}; name the entry of an open alarm, and the area whose it is");
        story.Refused("gorse.key", "inspection-finding", Finding("confirmed", "b", alarm), $"body.upTo: no alarm is open there up to entry {alarm}; name the entry of an open alarm, and the area whose it is");
        story.Refused("gorse.key", "inspection-finding", Finding("confirmed", null, alarm), $"body.upTo: no alarm is open there up to entry {alarm}; name the entry of an open alarm, and the area whose it is");
        story.Tell("gorse.key", "inspection-finding", Finding("confirmed", upTo: alarm));
        story.Refused("gorse.key", "inspection-finding", Finding("confirmed", upTo: alarm), $"body.upTo: no alarm is open there up to entry {alarm}; name the entry of an open alarm, and the area whose it is");
    }

    [Fact]
    public void A_count_that_differs_by_more_than_three_standard_deviations_alarms()
    {
        // A counting error of 1 % of 1000 is 10: 970 is three of them, 969 more.
        var story = Founded().Area().Counted(count: 1000).Designed(counting: 1).Counted(count: 970);
        Assert.Empty(story.At().Line.Alarms);

        story = Founded().Area().Counted(count: 1000).Designed(counting: 1).Counted(count: 969);
        var alarm = Assert.Single(story.At().Line.Alarms);
        Assert.Equal(("count", -3.1, 3.0), (alarm.Test, alarm.Statistic, alarm.Limit));
        Assert.Equal(0, story.World.Facts.Assurance[new PartyId("ash")]);
    }

    [Fact]
    public void Without_a_counting_error_any_difference_alarms()
    {
        Assert.Empty(Tested().Counted(count: 10).At().Line.Alarms);
        Assert.Equal((-1, 0), Tested().Counted(count: 9).At().Line.Alarms.Select(a => (a.Statistic, a.Limit)).Single());
    }

    [Fact]
    public void A_count_is_held_against_what_movements_lead_to_expect()
    {
        var story = Tested().Until(1).Tell("ash.key", "movement", new { movement = "in", step = "installed", accelerator = "H100", count = 4, on = Time(0.5), facility = "hall", area = "a" });

        Assert.Empty(story.Counted(count: 14).At().Line.Alarms);
    }

    [Fact]
    public void A_design_is_for_a_party_and_an_area_that_are_there()
    {
        var story = One();
        story.Refused("gorse.key", "balance-design", DesignBody("nobody"), "body.party: `nobody` is not a party of this registry; name an enrolled party");
        story.Refused("gorse.key", "balance-design", DesignBody(area: "b"), "body.area: `ash/hall/b` is no balance area; wait until it is on record");
        story.Refused("gorse.key", "balance-design", DesignBody("birch", null), "body.party: `birch` has no balance area; wait until it is on record");
    }

    [Fact]
    public void Periods_below_a_quarter_of_an_hour_are_not_tested() => Founded().Area(minutes: 14).Refused(
        "gorse.key", "balance-design", DesignBody(), "body.party: periods of 14 minutes are too short to be tested; ask for areas with periods of 15 minutes or more");

    [Fact]
    public void Nobody_but_an_inspector_says_how_balances_are_tested()
    {
        var story = One();

        Assert.Equal(VoidReason.NotPermitted, Assert.IsType<Outcome.Void>(story.Say("ash.key", "balance-design", DesignBody())).Reason);
        Assert.Equal(VoidReason.NotPermitted, Assert.IsType<Outcome.Void>(story.Say("fern.key", "inspection-finding", Finding("confirmed", upTo: 1))).Reason);
    }

    internal static object Assessed(string party, int percent, int validDays = 365) =>
        new { party, percent, diversionFlop = 1e25, withinDays = 30, effective = "2025-01-01", validDays, method = "sample" };

    internal static object Finding(string result, string? area = "a", long upTo = 0, string party = "ash") => new
    {
        party,
        alarms = true,
        facility = area is null ? null : "hall",
        area,
        upTo,
        result,
        text = "sample",
        evidence = Array.Empty<object>(),
    };
}
