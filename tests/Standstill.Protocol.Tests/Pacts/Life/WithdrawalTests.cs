using Standstill.Protocol.Pacts;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class WithdrawalTests
{
    // L8

    [Fact]
    public void A_party_that_waits_leaves_at_once_even_after_the_call()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("w", "all of z")).Withdraw(Given.Party("w"), Given.Day(11)).OrThrow();

        Assert.Equal(new Standing.Withdrawn(Given.Day(11)), pact.Standing("w"));
    }

    [Fact]
    public void A_pledged_party_leaves_after_its_notice_and_is_pledged_while_it_runs()
    {
        Pact pact = GivenLife.Armed(null, ("a", "all of b"), ("b", "all of a")).Withdraw(Given.Party("a"), Given.Day(2)).OrThrow();
        Assert.Equal("a b", pact.Until(31.9).Pledged());

        pact = pact.Until(32);

        Assert.IsType<Standing.Withdrawn>(pact.Standing("a"));
        Assert.IsType<PactStage.Open>(pact.Stage);
    }

    [Fact]
    public void Nobody_gives_notice_from_the_call_until_the_blackout_is_over()
    {
        Pact pact = GivenLife.InForce(null, ("a", "all of b"), ("b", "all of a"));

        PactOutcome.Refused refused = GivenLife.Refused(PactRefusal.Blackout, pact.Withdraw(Given.Party("a"), Given.Day(61.9)));
        Assert.Equal("the pact was called at 2027-03-03 12:00:00 UTC, and nobody gives notice before 2027-05-02 12:00:00 UTC", refused.Message);
        GivenLife.Refused(PactRefusal.Blackout, GivenLife.Called(null, ("a", "always")).Withdraw(Given.Party("a"), Given.Day(3)));
        Assert.Equal(Given.Start.AddDays(92), pact.Withdraw(Given.Party("a"), Given.Day(62)).OrThrow().Members[Given.Party("a")].LeavesAt);
    }

    [Fact]
    public void A_notice_that_was_given_before_the_call_runs_on()
    {
        Pact pact = GivenLife.Armed(null, ("a", "all of b"), ("b", "all of a"), ("c", "always"))
            .Withdraw(Given.Party("a"), Given.Day(1)).OrThrow()
            .Observing(Verdict.Met, 2).Readying("a", 3).Readying("b", 3).Readying("c", 3);
        Assert.Equal("a b c", pact.Until(30.9).Bound());

        pact = pact.Until(31);

        Assert.Equal("c", pact.Bound());
        Assert.IsType<Standing.Withdrawn>(pact.Standing("a"));
    }

    [Fact]
    public void Who_does_not_want_to_be_bound_after_the_call_does_not_confirm_and_drops_out() =>
        Assert.IsType<Standing.DroppedOut>(GivenLife.Called(null, ("a", "always")).Until(9).Standing("a"));

    [Fact]
    public void A_withdrawn_party_binds_nobody_after_its_notice()
    {
        Pact pact = GivenLife.InForce(null, ("a", "all of b"), ("b", "all of a")).Withdraw(Given.Party("a"), Given.Day(70)).OrThrow();
        Assert.Equal("a b", pact.Until(99.9).Bound());

        Assert.Empty(pact.Until(100).MembersBound);
    }

    [Fact]
    public void The_blackout_ends_with_a_call_that_came_to_nothing()
    {
        Pact pact = GivenLife.Called(null, ("a", "all of b"), ("b", "all of a"), ("c", "all of a"))
            .Until(9).Observing(Verdict.NotMet, 10).Promising("a", "always", 11);
        Assert.Null(pact.CalledAt);

        Assert.IsType<PactOutcome.Done>(pact.Withdraw(Given.Party("a"), Given.Day(12)));
    }
}
