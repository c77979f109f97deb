using Standstill.Testing;

using static Standstill.Protocol.Tests.Balances.BalanceStory;

namespace Standstill.Protocol.Tests.Folding;

/// <summary>Compute that is handed to outsiders, in both versions of the statement.</summary>
public sealed class HandOverTests
{
    [Fact]
    public void Version_2_hands_over_no_more_than_the_facility_counts()
    {
        // 500 accelerators of 10¹⁵ FLOP/s.
        var story = PactStory.Founded();
        story.Refused("ash.key", "hand-over-v2", Compute(5.01e17), "body.flopPerSecond: more than the 500000000000000000 FLOP/s that `hall` counts and has not handed over; count the facility again, or correct the rate");
        Assert.Equal(5e17, story.Tell("ash.key", "hand-over-v2", Compute(5e17)).World.OutsideFlopPerSecond);
    }

    [Fact]
    public void What_has_been_handed_over_already_is_not_handed_over_again_until_the_next_count()
    {
        var story = PactStory.Founded().Tell("ash.key", "hand-over", Compute(2e17)).Tell("ash.key", "hand-over-v2", Compute(2e17));
        story.Refused("ash.key", "hand-over-v2", Compute(2e17), "body.flopPerSecond: more than the 100000000000000000 FLOP/s that `hall` counts and has not handed over; count the facility again, or correct the rate");

        story.Tell("ash.key", "inventory", new { facility = "hall", counted = "2025-01-01", accelerators = new[] { new { accelerator = "H100", count = 300, peakFlopPerSecond = 1e15 } } })
            .Tell("ash.key", "hand-over-v2", Compute(2e17));
    }

    [Fact]
    public void A_facility_that_was_never_counted_hands_over_nothing() => PactStory.Founded()
        .Tell("ash.key", "facility", new { facility = "shed", title = "Shed", jurisdiction = "nowhere", powerMegawatts = 1 })
        .Refused("ash.key", "hand-over-v2", Compute(1, "shed"), "body.flopPerSecond: more than the 0 FLOP/s that `shed` counts and has not handed over; count the facility again, or correct the rate");

    [Fact]
    public void Another_s_facility_hands_over_nothing() =>
        PactStory.Founded().Refused("ash.key", "hand-over-v2", Compute(1, "shed"), "body.facility: `shed` is not a facility of `ash`; put it on record first");

    [Fact]
    public void Version_1_takes_any_rate_as_it_always_has() =>
        Assert.Equal(9e20, PactStory.Founded().Tell("ash.key", "hand-over", Compute(9e20)).World.OutsideFlopPerSecond);

    [Fact]
    public void Both_versions_do_the_same_otherwise()
    {
        var one = PactStory.Founded().Tell("ash.key", "hand-over", Compute(1e17)).Tell("ash.key", "hand-over", Weights());
        var two = PactStory.Founded().Tell("ash.key", "hand-over-v2", Compute(1e17)).Tell("ash.key", "hand-over-v2", Weights());

        Assert.Equal(one.World.Shares.FlopPerSecond, two.World.Shares.FlopPerSecond);
        Assert.Equal(WorldDocument.Write(one.World)["handOvers"]!.ToJsonString(), WorldDocument.Write(two.World)["handOvers"]!.ToJsonString());
    }

    private static object Compute(double rate, string facility = "hall") => new { what = "compute", to = "somebody", facility, flopPerSecond = rate, text = "sample" };

    private static object Weights() => new { what = "weights", to = "somebody", text = "sample" };
}
