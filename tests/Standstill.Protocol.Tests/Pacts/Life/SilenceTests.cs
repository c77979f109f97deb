using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class SilenceTests
{
    // In force from day 10: the first heartbeat is due on day 11, and silence begins on day 16.

    private static readonly Condition.Everyone VerifiedA = new(new Listed([Given.Party("a")], []), new Standard(100, 50));

    // L9

    [Fact]
    public void Evidence_is_due_after_the_beginning_of_the_pause_then_after_the_evidence_before()
    {
        Pact pact = GivenLife.InForce(GivenLife.Watched, ("a", "always"));
        Assert.Equal(
            [
                new EvidenceDue(DutyKind.Heartbeat, Given.Start.AddDays(11), Given.Start.AddDays(16)),
                new EvidenceDue(DutyKind.Balance, Given.Start.AddDays(40), Given.Start.AddDays(45)),
            ],
            Assert.Single(pact.Obligations).Due);

        pact = pact.Shown("a", DutyKind.Heartbeat, 10.5);

        Assert.Equal(Given.Start.AddDays(11.5), Assert.Single(pact.Obligations).Due[0].By);
    }

    [Fact]
    public void Evidence_is_due_after_being_bound_where_that_is_later_than_the_pause()
    {
        Pact pact = GivenLife.InForce(GivenLife.Watched, ("a", "always")).Promising("b", "always", 12);

        Assert.Equal(Given.Start.AddDays(13), pact.Obligations.Single(o => o.Party == Given.Party("b")).Due[0].By);
    }

    [Fact]
    public void Nothing_is_owed_before_the_pause_holds_and_nothing_by_strangers()
    {
        Pact notice = GivenLife.Called(GivenLife.Watched, ("a", "always")).Readying("a", 3);

        Assert.All(notice.Obligations, o => Assert.Empty(o.Due));
        Assert.Same(notice, notice.Shown("z", DutyKind.Heartbeat, 4));
        Assert.Same(notice, notice.Shown("a", DutyKind.Inspection, 4));
    }

    [Fact]
    public void A_party_whose_evidence_is_overdue_by_the_days_of_silence_is_suspected_from_that_instant()
    {
        Pact pact = GivenLife.InForce(GivenLife.Watched, ("a", "always"));
        Assert.IsType<Standing.Bound>(pact.Until(15.9).Standing("a"));

        pact = pact.Until(20);

        Assert.Equal(new Standing.Suspected(Given.Day(3), Given.Start.AddDays(30)), pact.Standing("a"));
        Assert.Equal("a has not shown the heartbeat that it owes: it counts as unverified, and has until 2027-03-31 12:00:00 UTC to show it.", pact.Told(16).Single());
        Assert.Equal("a", pact.Bound());
    }

    [Fact]
    public void A_suspected_party_counts_as_unverified_and_frees_who_asks_for_its_assurance()
    {
        Pact pact = InForceWithAssurance().Until(16);

        Assert.Equal("a c", pact.Bound());
        Assert.Equal("b", pact.Waiting());
    }

    [Fact]
    public void Showing_all_that_is_overdue_clears_the_suspicion_and_brings_the_others_back()
    {
        Pact pact = InForceWithAssurance().Until(16).Shown("a", DutyKind.Heartbeat, 17);

        Assert.Equal(new Standing.Bound(Given.Day(3)), pact.Standing("a"));
        Assert.Equal("a b c", pact.Bound());
    }

    [Fact]
    public void Showing_a_part_of_what_is_overdue_does_not_clear_it()
    {
        PactLife life = GivenLife.Watched with { Owed = [new Duty(DutyKind.Heartbeat, TimeSpan.FromDays(1)), new Duty(DutyKind.Inspection, TimeSpan.FromDays(3))] };
        Pact pact = GivenLife.InForce(life, ("a", "always")).Until(17).Shown("a", DutyKind.Heartbeat, 17);
        Assert.IsType<Standing.Suspected>(pact.Standing("a"));

        Assert.IsType<Standing.Bound>(pact.Shown("a", DutyKind.Inspection, 17.5).Standing("a"));
    }

    [Fact]
    public void A_party_that_is_silent_to_the_end_of_the_suspicion_is_in_breach()
    {
        Pact pact = GivenLife.InForce(GivenLife.Watched, ("a", "always"), ("b", "always"));
        pact = Enumerable.Range(11, 19).Aggregate(pact, (next, day) => next.Shown("b", DutyKind.Heartbeat, day));

        Assert.IsType<Standing.Suspected>(pact.Until(29.9).Standing("a"));
        pact = pact.Until(30);
        Assert.IsType<Standing.InBreach>(pact.Standing("a"));
        Assert.Equal("b", pact.Bound());
        Assert.Contains("a is in breach: what it owed was not shown in time.", pact.Told(30));
    }

    [Fact]
    public void Without_days_of_silence_missing_evidence_has_no_consequence()
    {
        Pact pact = GivenLife.InForce(GivenLife.Watched with { Silence = null }, ("a", "always")).Until(100);

        Assert.IsType<Standing.Bound>(pact.Standing("a"));
        Assert.Equal(Given.Start.AddDays(11), pact.Obligations[0].Due[0].By);
    }

    [Fact]
    public void A_suspected_party_that_is_freed_does_not_count_as_verified_again_before_it_has_shown_what_it_owed()
    {
        // a itself relies on b, and b on a's assurance: both are free, and would be bound again at once.
        Pact pact = InForceWithAssurance("all of b").Until(16);
        Assert.Equal("a b", pact.Waiting());
        Assert.Equal("c", pact.Shown("c", DutyKind.Heartbeat, 16.5).Bound());

        pact = pact.Shown("a", DutyKind.Heartbeat, 17);

        Assert.Equal("a b c", pact.Bound());
    }

    [Fact]
    public void A_suspicion_and_an_upheld_allegation_run_side_by_side()
    {
        var run = new AllegationId("run-9");
        Pact pact = GivenLife.InForce(GivenLife.Watched, ("a", "always")).Until(16)
            .Allege(run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(17)).OrThrow()
            .Rule(run, Ruling.Upheld, Given.Day(18)).OrThrow();
        Assert.Equal(new Standing.InCure(Given.Day(3), Given.Start.AddDays(32)), pact.Standing("a"));

        pact = pact.Rule(run, Ruling.Cured, Given.Day(19)).OrThrow();

        Assert.Equal(new Standing.Suspected(Given.Day(3), Given.Start.AddDays(30)), pact.Standing("a"));
    }

    // c shows its heartbeat all the time; a never does; b and c ask for nothing of each other.
    private static Pact InForceWithAssurance(string ofA = "always")
    {
        ImmutableArray<string> watched = ["b", "c"];
        Pact pact = GivenLife.Opened(GivenLife.Watched).Verifying(1, ("a", 60))
            .Promising("a", ofA, 1).Promising("b", VerifiedA, 1).Promising("c", "always", 1).Calling(2);
        pact = pact.MembersPledged.Aggregate(pact, (next, p) => next.Readying(p.Value, 3)).Until(10);
        return Enumerable.Range(11, 5).Aggregate(pact, (next, day) => watched.Aggregate(next, (one, p) => one.Shown(p, DutyKind.Heartbeat, day)));
    }
}
