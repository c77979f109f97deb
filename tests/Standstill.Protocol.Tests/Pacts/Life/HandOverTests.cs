using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class HandOverTests
{
    // L16

    [Fact]
    public void A_hand_over_while_the_pause_holds_is_an_allegation_by_the_party_s_own_word_and_upheld_at_once()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of a")).HandOver(Given.Party("a"), "the weights of m-1", Given.Day(20));

        Allegation allegation = pact.Allegations[new AllegationId("handover-201")];
        Assert.Equal((Given.Party("a"), Given.Party("a"), "the weights of m-1"), (allegation.Accuser, allegation.Accused, allegation.Text));
        Assert.Equal(new Standing.InCure(Given.Day(3), Given.Start.AddDays(34)), pact.Standing("a"));
        Assert.Equal(
            [
                "a says that it has handed over weights or compute to an outsider (`handover-201`).",
                "The allegation `handover-201` is upheld: a has until 2027-04-04 12:00:00 UTC to cure.",
            ],
            pact.Told(20));
    }

    [Fact]
    public void It_ends_in_breach_or_by_a_ruling_that_it_is_cured()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of a")).HandOver(Given.Party("a"), "weights", Given.Day(20));

        Assert.IsType<Standing.InBreach>(pact.Until(34).Standing("a"));
        Assert.IsType<Standing.Bound>(pact.Rule(new AllegationId("handover-201"), Ruling.Cured, Given.Day(30)).OrThrow().Until(40).Standing("a"));
    }

    [Fact]
    public void A_hand_over_before_the_pause_or_by_a_stranger_is_nothing_to_the_pact()
    {
        Assert.Empty(GivenLife.Called(null, ("a", "always")).Readying("a", 3).HandOver(Given.Party("a"), "weights", Given.Day(4)).Allegations);
        Assert.Empty(GivenLife.InForce(null, ("a", "always")).HandOver(Given.Party("z"), "weights", Given.Day(20)).Allegations);
    }

    [Fact]
    public void The_compute_that_was_handed_over_stays_in_the_denominator()
    {
        // a and b have 6 of 10; then b hands 2 to an outsider, and they have 4 of 10.
        Pact pact = GivenLife.Opened().Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 3), ("b", 3), ("z", 4))))
            .Promising("a", "at least 50% of accounted compute", 1).Promising("b", "always", 1).Calling(2).Readying("a", 3).Readying("b", 3).Until(10);
        Assert.Equal("a b", pact.Bound());

        pact = pact.HandOver(Given.Party("b"), "a cluster", Given.Day(20))
            .Seeing(20, _ => PartyFacts.Of(Given.Compute(("a", 3), ("b", 1), ("z", 4))) with { OutsideFlopPerSecond = 2 });

        Assert.Equal("b", pact.Bound());
    }

    [Fact]
    public void Who_is_freed_by_its_own_hand_over_is_on_probation()
    {
        // a asks for half of the compute; it has 6 of 10 with b, and then hands its own 3 to an outsider.
        Pact pact = GivenLife.Opened().Seeing(1, _ => PartyFacts.Of(Given.Compute(("a", 3), ("b", 3), ("z", 4))))
            .Promising("a", "at least 50% of accounted compute", 1).Promising("b", "always", 1).Calling(2).Readying("a", 3).Readying("b", 3).Until(10)
            .HandOver(Given.Party("a"), "a cluster", Given.Day(20))
            .Seeing(20, _ => PartyFacts.Of(Given.Compute(("b", 3), ("z", 4))) with { OutsideFlopPerSecond = 3 });

        Assert.Equal("a", pact.Waiting());
        Assert.Equal(Given.Start.AddDays(200), pact.Members[Given.Party("a")].ProbationUntil);
        Assert.Equal("a is on probation: until 2027-09-17 12:00:00 UTC it counts for nobody's condition.", pact.Told(20).Last());
    }

    [Fact]
    public void It_starts_a_running_probation_again()
    {
        Pact pact = GivenLife.Called(GivenLife.Plain, ("a", "always"), ("b", "always")).Readying("b", 3).Until(9)
            .Promising("a", "always", 10).Until(17).HandOver(Given.Party("a"), "weights", Given.Day(20));

        Assert.Equal(Given.Start.AddDays(200), pact.Members[Given.Party("a")].ProbationUntil);
    }
}
