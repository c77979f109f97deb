using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts.Life;

public sealed class BreachTests
{
    private static readonly AllegationId Run = new("run-9");

    // L10

    [Fact]
    public void An_upheld_allegation_that_is_not_cured_in_time_is_a_breach()
    {
        Pact pact = Accused(("a", "always"), ("b", "always")).Rule(Run, Ruling.Upheld, Given.Day(30)).OrThrow();
        Assert.Equal(new Standing.InCure(Given.Day(3), Given.Start.AddDays(44)), pact.Standing("a"));

        Assert.IsType<Standing.InBreach>(pact.Until(44).Standing("a"));
        Assert.IsType<AllegationState.Breached>(pact.Until(44).Allegations[Run].State);
    }

    [Fact]
    public void A_cured_and_a_dismissed_allegation_leave_their_party_bound()
    {
        Pact accused = Accused(("a", "always"));

        Pact cured = accused.Rule(Run, Ruling.Upheld, Given.Day(30)).OrThrow().Rule(Run, Ruling.Cured, Given.Day(40)).OrThrow();
        Pact dismissed = accused.Rule(Run, Ruling.Dismissed, Given.Day(30)).OrThrow();

        Assert.Equal(new Standing.Bound(Given.Day(3)), cured.Until(100).Standing("a"));
        Assert.Equal(new Standing.Bound(Given.Day(3)), dismissed.Until(100).Standing("a"));
    }

    [Fact]
    public void An_allegation_without_a_ruling_in_time_lapses()
    {
        Pact accused = Accused(("a", "always"));
        Assert.IsType<AllegationState.Open>(accused.Until(49.9).Allegations[Run].State);

        Pact pact = accused.Until(50);

        Assert.IsType<AllegationState.Lapsed>(pact.Allegations[Run].State);
        Assert.Contains("The allegation `run-9` against a lapsed, since no ruling came in time.", pact.Told(50));
        GivenLife.Refused(PactRefusal.AllegationClosed, accused.Rule(Run, Ruling.Upheld, Given.Day(50)));
    }

    [Fact]
    public void In_a_pact_of_version_1_an_allegation_waits_for_its_ruling_without_end()
    {
        Pact first = Pact.Open(new PactId("hold"), Given.Terms, Given.Party("a"), Given.Day(0))
            .Committing("a", "always", 1).Observing(Verdict.Met, 2)
            .Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(20)).OrThrow();

        Assert.IsType<AllegationState.Open>(first.Until(180).Allegations[Run].State);
    }

    [Fact]
    public void The_names_of_hand_overs_are_kept() => GivenLife.Refused(
        PactRefusal.AllegationKnown,
        GivenLife.InForce(null, ("a", "always")).Allege(new AllegationId("handover-12"), Given.Party("z"), Given.Party("a"), "a run", Given.Day(20)));

    // L11

    [Fact]
    public void A_breach_frees_those_whose_condition_it_undoes_and_nobody_else()
    {
        Pact pact = Accused(("a", "always"), ("b", "all of a"), ("c", "all of b"), ("d", "always"))
            .Rule(Run, Ruling.Upheld, Given.Day(30)).OrThrow().Until(44);

        Assert.Equal("d", pact.Bound());
        Assert.Equal("b c", pact.Waiting());
        Assert.IsType<PactStage.InForce>(pact.Stage);
    }

    [Fact]
    public void Between_the_thresholds_who_is_bound_stays_and_who_was_freed_does_not_come_back()
    {
        // b activates with three parties and stays with two.
        Condition three = new Condition.Number(3, 2, Standard.Stopped);
        Pact pact = Prepared(GivenLife.Opened()
            .Promising("a", "always", 1).Promising("c", "always", 1).Promising("b", three, 1)).Until(10);

        pact = Breaching(pact, "a", "first", 20);
        Assert.Equal("b c", pact.Bound());
        pact = Breaching(pact, "c", "second", 40);
        Assert.Empty(pact.MembersBound);
        Assert.Equal("b", pact.Waiting());

        pact = pact.Promising("e", "always", 60);

        Assert.Equal("e", pact.Pledged()); // two do not activate b
    }

    [Fact]
    public void A_pause_that_nobody_is_left_in_dissolves_and_the_freed_wait()
    {
        Pact pact = Accused(("a", "all of b"), ("b", "all of a")).Rule(Run, Ruling.Upheld, Given.Day(30)).OrThrow().Until(44);

        Assert.IsType<PactStage.Open>(pact.Stage);
        Assert.IsType<PactChange.Dissolved>(pact.History[^1].What);
        Assert.Equal("b", pact.Waiting());
    }

    [Fact]
    public void A_breach_lowers_the_degree_of_those_who_promised_more_for_its_party()
    {
        Pact pact = Prepared(GivenLife.Opened()
            .Promising("a", "always", 1).Promising("b", 1, (50, "all of c"), (100, "all of a, c")).Promising("c", "always", 1)).Until(10);
        Assert.Equal(100, pact.Obligations.Single(o => o.Party == Given.Party("b")).Degree);

        pact = Breaching(pact, "a", "first", 20);

        Assert.Equal(50, pact.Obligations.Single(o => o.Party == Given.Party("b")).Degree);
        Assert.Contains("b is bound to slow by 50%.", pact.Told(20));
    }

    [Fact]
    public void Of_two_members_in_breach_at_one_instant_neither_is_saved_by_the_other_s_breach()
    {
        Pact pact = GivenLife.InForce(null, ("a", "always"), ("b", "all of a"))
            .Allege(new AllegationId("one"), Given.Party("z"), Given.Party("a"), "a run", Given.Day(20)).OrThrow()
            .Allege(new AllegationId("two"), Given.Party("z"), Given.Party("b"), "a run", Given.Day(20)).OrThrow()
            .Rule(new AllegationId("one"), Ruling.Upheld, Given.Day(21)).OrThrow()
            .Rule(new AllegationId("two"), Ruling.Upheld, Given.Day(21)).OrThrow().Until(35);

        Assert.All(pact.Members.Values, m => Assert.IsType<Standing.InBreach>(m.Standing));
    }

    private static Pact Accused(params (string Party, string Condition)[] commitments) =>
        GivenLife.InForce(null, commitments).Allege(Run, Given.Party("z"), Given.Party("a"), "a run above the line", Given.Day(20)).OrThrow();

    private static Pact Prepared(Pact armed)
    {
        Pact called = armed.Calling(2);
        return called.MembersPledged.Aggregate(called, (pact, p) => pact.Readying(p.Value, 3));
    }

    private static Pact Breaching(Pact pact, string party, string allegation, double day) => pact
        .Allege(new AllegationId(allegation), Given.Party("z"), Given.Party(party), "a run", Given.Day(day)).OrThrow()
        .Rule(new AllegationId(allegation), Ruling.Upheld, Given.Day(day)).OrThrow().Until(day + 14);
}
