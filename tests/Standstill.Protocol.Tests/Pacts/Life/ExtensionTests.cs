using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class ExtensionTests
{
    // L14. In force from day 10 to day 190.

    [Fact]
    public void Those_who_agree_go_on_for_the_fewest_days_named_and_the_others_are_released()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of a"), ("c", "always"))
            .Extend(Given.Party("a"), 90, Given.Day(100)).OrThrow()
            .Extend(Given.Party("b"), 60, Given.Day(101)).OrThrow().Until(190);

        Assert.Equal("a b", pact.Bound());
        Assert.Equal(new Standing.Bound(Given.Day(3)), pact.Standing("a"));
        Assert.IsType<Standing.Released>(pact.Standing("c"));
        Assert.Equal(Given.Start.AddDays(250), Assert.IsType<PactStage.InForce>(pact.Stage).Until);
        Assert.Equal(["The maximum duration has passed: a and b go on until 2027-11-06 12:00:00 UTC.", "c is released."], pact.Told(190));
    }

    [Fact]
    public void Who_agrees_and_relies_on_one_who_does_not_is_released_too()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of c"), ("c", "always"))
            .Extend(Given.Party("a"), 90, Given.Day(100)).OrThrow()
            .Extend(Given.Party("b"), 30, Given.Day(101)).OrThrow().Until(190);

        Assert.Equal("a", pact.Bound());
        Assert.IsType<Standing.Released>(pact.Standing("b"));
        Assert.Equal(Given.Start.AddDays(280), pact.NextDeadline); // not b's 30 days
    }

    [Fact]
    public void When_nobody_can_go_on_the_pause_ends()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of a")).Extend(Given.Party("b"), 30, Given.Day(100)).OrThrow().Until(190);

        Assert.Equal(ReleaseCause.MaximumDuration, Assert.IsType<PactStage.Released>(pact.Stage).How);
    }

    [Fact]
    public void A_pause_can_go_on_more_than_once()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always")).Extend(Given.Party("a"), 30, Given.Day(100)).OrThrow().Until(190)
            .Extend(Given.Party("a"), 30, Given.Day(200)).OrThrow().Until(230);

        Assert.Equal(Given.Start.AddDays(250), pact.NextDeadline);
    }

    [Fact]
    public void An_extension_is_for_bound_members_of_a_pause_with_an_end_once_and_for_1_to_3650_days()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"));
        Pact endless = Pact.Open(
            new PactId("endless"),
            PactTerms.Check("Endless", Given.Terms.Scope, Given.Terms.Trigger, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null).OrThrow() with { Life = GivenLife.Plain },
            Given.Party("a"),
            Given.Day(0)).Promising("a", "always", 1).Calling(2).Readying("a", 3);
        Pact first = Pact.Open(new PactId("hold"), Given.Terms, Given.Party("a"), Given.Day(0)).Committing("a", "always", 1).Observing(Verdict.Met, 2);

        GivenLife.Refused(PactRefusal.NotInForce, GivenLife.Called(null, ("a", "always")).Extend(Given.Party("a"), 30, Given.Day(3)));
        GivenLife.Refused(PactRefusal.NoEnd, endless.Extend(Given.Party("a"), 30, Given.Day(20)));
        GivenLife.Refused(PactRefusal.NotBound, pact.Extend(Given.Party("z"), 30, Given.Day(20)));
        GivenLife.Refused(PactRefusal.Days, pact.Extend(Given.Party("a"), 0, Given.Day(20)));
        GivenLife.Refused(PactRefusal.Days, pact.Extend(Given.Party("a"), 3651, Given.Day(20)));
        GivenLife.Refused(PactRefusal.AlreadyAgreed, pact.Extend(Given.Party("a"), 30, Given.Day(20)).OrThrow().Extend(Given.Party("a"), 40, Given.Day(21)));
        GivenLife.Refused(PactRefusal.NeedsVersionTwo, first.Extend(Given.Party("a"), 30, Given.Day(20)));
    }
}
