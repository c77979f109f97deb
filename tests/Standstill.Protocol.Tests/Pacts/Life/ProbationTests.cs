using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class ProbationTests
{
    // L12. In breach on day 35; back on day 40, on probation until day 220. The terms have no maximum duration here.

    private static readonly PactTerms Endless = PactTerms.Check(
        "Hold", Given.Terms.Scope, Given.Terms.Trigger, TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30), null).OrThrow() with
    {
        Life = GivenLife.Plain,
    };

    private static readonly AllegationId Run = new("run-9");

    [Fact]
    public void Who_comes_back_after_breach_is_bound_like_anybody_and_counts_for_nobody()
    {
        Pact pact = Breached().Promising("a", "all of c", 40);

        Assert.Equal("a c", pact.Bound());
        Assert.Equal("b", pact.Waiting());
        Assert.Equal(Given.Start.AddDays(220), pact.Members[Given.Party("a")].ProbationUntil);
        Assert.Equal(
            "a has been bound since 2027-04-10 12:00:00 UTC. It is on probation and counts for nobody until 2027-10-07 12:00:00 UTC.",
            PactText.Of(pact.Members[Given.Party("a")]));
    }

    [Fact]
    public void A_party_on_probation_does_not_count_for_itself() =>
        Assert.Equal("a", Breached().Promising("a", "all of a, c", 40).Waiting().Split(' ')[0]);

    [Fact]
    public void When_the_probation_is_over_the_party_counts_again()
    {
        Pact pact = Breached().Promising("a", "all of c", 40);
        Assert.Equal("a c", pact.Until(219.9).Bound());

        pact = pact.Until(220);

        Assert.Equal("a b c", pact.Bound());
        Assert.Equal(["The probation of a is over: it counts again.", "b is bound as well."], pact.Told(220));
    }

    [Fact]
    public void A_probation_that_ends_at_an_instant_ends_before_what_else_passes_at_it()
    {
        // b needs a or d. d has left for breach at the instant at which a, in breach before, counts again.
        var other = new AllegationId("run-10");
        Pact pact = Pact.Open(new PactId("hold"), Endless with { Life = GivenLife.Plain }, Given.Party("a"), Given.Day(0))
            .Promising("a", "always", 1).Promising("b", "at least 1 of a, d", 1).Promising("d", "always", 1).Calling(2)
            .Readying("a", 3).Readying("b", 3).Readying("d", 3).Until(10)
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(20)).OrThrow().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow().Until(35)
            .Promising("a", "always", 40)
            .Allege(other, Given.Party("z"), Given.Party("d"), "a run", Given.Day(205)).OrThrow().Rule(other, Ruling.Upheld, Given.Day(206)).OrThrow();
        Assert.Equal("a b d", pact.Until(219.9).Bound());

        pact = pact.Until(220);

        Assert.Equal("a b", pact.Bound());
        Assert.Equal(new Standing.Bound(Given.Day(3)), pact.Standing("b"));
    }

    [Fact]
    public void Who_comes_back_after_dropping_out_is_on_probation_too()
    {
        Pact pact = GivenLife.Called(null, ("a", "always"), ("b", "all of a")).Readying("b", 3).Until(9).Promising("a", "always", 10);

        Assert.Equal(Given.Start.AddDays(190), pact.Members[Given.Party("a")].ProbationUntil);
        Assert.Equal("a", pact.Pledged());
        Assert.Equal("b", pact.Waiting());
    }

    [Fact]
    public void Who_comes_back_after_leaving_in_good_order_is_not() =>
        Assert.Null(GivenLife.Opened().Promising("a", "all of b", 1).Withdraw(Given.Party("a"), Given.Day(2)).OrThrow()
            .Promising("a", "always", 3).Members[Given.Party("a")].ProbationUntil);

    [Fact]
    public void An_upheld_allegation_starts_a_running_probation_again()
    {
        Pact pact = Breached().Promising("a", "all of c", 40)
            .Allege(new AllegationId("second"), Given.Party("z"), Given.Party("a"), "a run", Given.Day(100)).OrThrow()
            .Rule(new AllegationId("second"), Ruling.Upheld, Given.Day(101)).OrThrow()
            .Rule(new AllegationId("second"), Ruling.Cured, Given.Day(102)).OrThrow();

        Assert.Equal(Given.Start.AddDays(281), pact.Members[Given.Party("a")].ProbationUntil);
    }

    [Fact]
    public void A_suspicion_starts_a_running_probation_again()
    {
        Pact pact = Breached(GivenLife.Plain with { Silence = TimeSpan.FromDays(5), Owed = [new Duty(DutyKind.Balance, TimeSpan.FromDays(50))] })
            .Promising("a", "all of c", 40)
            .Shown("c", DutyKind.Balance, 50).Until(95);

        Assert.IsType<Standing.Suspected>(pact.Standing("a"));
        Assert.Equal(Given.Start.AddDays(275), pact.Members[Given.Party("a")].ProbationUntil);
    }

    [Fact]
    public void To_withdraw_and_commit_again_is_no_way_out_of_a_probation()
    {
        Pact pact = Breached().Promising("a", "all of z", 40).Withdraw(Given.Party("a"), Given.Day(41)).OrThrow().Promising("a", "all of c", 42);

        Assert.Equal(Given.Start.AddDays(222), pact.Members[Given.Party("a")].ProbationUntil);
        Assert.Equal("a c", pact.Bound());
    }

    [Fact]
    public void Who_leaves_under_suspicion_is_on_probation_when_it_comes_back()
    {
        // c gives notice on day 36 and leaves on day 66; its balance, due on day 60, has been missing for too long on day 65.
        PactLife life = GivenLife.Plain with { Blackout = TimeSpan.Zero, Silence = TimeSpan.FromDays(5), Owed = [new Duty(DutyKind.Balance, TimeSpan.FromDays(50))] };
        Pact pact = Breached(life).Withdraw(Given.Party("c"), Given.Day(36)).OrThrow().Until(65);
        Assert.IsType<Standing.Suspected>(pact.Standing("c"));
        pact = pact.Until(66).Promising("c", "always", 67);
        Assert.Equal(Given.Start.AddDays(247), pact.Members[Given.Party("c")].ProbationUntil);
    }

    [Fact]
    public void Who_leaves_while_an_upheld_allegation_runs_is_on_probation_when_it_comes_back()
    {
        PactLife life = GivenLife.Plain with { Blackout = TimeSpan.Zero };
        Pact pact = Breached(life).Withdraw(Given.Party("c"), Given.Day(36)).OrThrow()
            .Allege(new AllegationId("last"), Given.Party("z"), Given.Party("c"), "a run", Given.Day(60)).OrThrow()
            .Rule(new AllegationId("last"), Ruling.Upheld, Given.Day(61)).OrThrow().Until(66);
        Assert.IsType<Standing.Withdrawn>(pact.Standing("c"));
        Assert.IsType<AllegationState.Lapsed>(pact.Allegations[new AllegationId("last")].State);

        pact = pact.Promising("c", "always", 67);

        Assert.Equal(Given.Start.AddDays(247), pact.Members[Given.Party("c")].ProbationUntil);
    }

    [Fact]
    public void The_end_of_the_pause_puts_nobody_on_probation()
    {
        Pact pact = Breached()
            .Allege(new AllegationId("last"), Given.Party("z"), Given.Party("c"), "a run", Given.Day(60)).OrThrow()
            .Rule(new AllegationId("last"), Ruling.Upheld, Given.Day(61)).OrThrow()
            .Observe(Verdict.Met, Verdict.Met, PartyFacts.None, Given.Day(62));

        Assert.IsType<Standing.Released>(pact.Standing("c"));
        Assert.Null(pact.Members[Given.Party("c")].ProbationUntil);
    }

    // a is in breach on day 35, b waits for it, and c stays bound.
    private static Pact Breached(PactLife? life = null)
    {
        Pact pact = Pact.Open(new PactId("hold"), Endless with { Life = life ?? GivenLife.Plain }, Given.Party("a"), Given.Day(0))
            .Promising("a", "always", 1).Promising("b", "all of a", 1).Promising("c", "always", 1).Calling(2);
        return pact.MembersPledged.Aggregate(pact, (next, p) => next.Readying(p.Value, 3)).Until(10)
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(20)).OrThrow()
            .Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow().Until(35);
    }
}
