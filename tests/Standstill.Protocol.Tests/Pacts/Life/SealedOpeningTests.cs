using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class SealedOpeningTests
{
    // L20

    private static readonly PactLife WithSeal = GivenLife.Plain with { Seal = new SealTerms([Given.Party("t")], 1, CoarseCount: false) };

    [Fact]
    public void All_that_is_opened_becomes_commitments_at_one_entry()
    {
        Pact pact = GivenLife.Armed(WithSeal, ("a", "all of b, c")).Unseal(
            [Given.Commitment("b", "all of a", entry: 3), Given.Commitment("c", "all of a, b", entry: 4)],
            Given.Day(2)).OrThrow();

        Assert.Equal("a b c", pact.Pledged());
        Assert.Equal(Given.Day(2).Entry, pact.Members[Given.Party("b")].Commitment.Entry);
        Assert.Equal(Given.Day(2).Entry, pact.Members[Given.Party("c")].Commitment.Entry);
        Assert.Equal("The sealed commitments of b and c are opened together.", pact.Told(2).First());
    }

    [Fact]
    public void An_opening_is_refused_unless_every_opened_party_is_in_the_coalition_then() => GivenLife.Refused(
        PactRefusal.NotInCoalition,
        GivenLife.Armed(WithSeal, ("a", "always")).Unseal([Given.Commitment("b", "all of a"), Given.Commitment("c", "all of z")], Given.Day(2)));

    [Fact]
    public void An_opening_can_call_the_pact_at_once()
    {
        Pact pact = GivenLife.Armed(WithSeal, ("a", "all of b")).Observing(Verdict.Met, 2).Unseal([Given.Commitment("b", "all of a")], Given.Day(3)).OrThrow();

        Assert.IsType<PactStage.Preparing>(pact.Stage);
    }

    [Fact]
    public void An_opening_is_refused_after_the_call_for_parties_that_have_committed_and_where_nothing_is_sealed()
    {
        GivenLife.Refused(PactRefusal.NotToBeOpened, GivenLife.Called(WithSeal, ("a", "always")).Unseal([Given.Commitment("b", "always")], Given.Day(3)));
        GivenLife.Refused(PactRefusal.NotToBeOpened, GivenLife.Opened(WithSeal).Unseal([], Given.Day(3)));
        GivenLife.Refused(PactRefusal.AlreadyCommitted, GivenLife.Armed(WithSeal, ("a", "always")).Unseal([Given.Commitment("a", "always")], Given.Day(3)));
        GivenLife.Refused(PactRefusal.AlreadyCommitted, GivenLife.Opened(WithSeal).Unseal([Given.Commitment("a", "always"), Given.Commitment("a", "always")], Given.Day(3)));
        GivenLife.Refused(PactRefusal.NotSealed, GivenLife.Opened().Unseal([Given.Commitment("a", "always")], Given.Day(3)));
    }
}
