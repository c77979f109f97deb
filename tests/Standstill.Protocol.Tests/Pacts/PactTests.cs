using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts;

public sealed class PactTests
{
    private static readonly ComputeShares NoCompute = ComputeShares.None;

    [Fact]
    public void A_pact_that_nobody_committed_to_binds_nobody()
    {
        Pact pact = Opened();

        Assert.IsType<PactStage.Open>(pact.Stage);
        Assert.Empty(pact.MembersBound);
        Assert.Null(pact.NextDeadline);
    }

    [Fact]
    public void All_members_become_bound_at_the_same_entry()
    {
        Pact pact = Opened().Committing("a", "all of b", 1);
        Assert.Empty(pact.MembersBound);

        pact = pact.Committing("b", "all of a", 2);

        Assert.Equal(new PactStage.Armed(Given.Day(2)), pact.Stage);
        Assert.All(pact.Members.Values, m => Assert.Equal(new Standing.Bound(Given.Day(2)), m.Standing));
    }

    [Fact]
    public void A_party_whose_condition_is_met_later_joins_a_coalition_that_exists()
    {
        Pact pact = Opened().Committing("a", "always", 1).Committing("b", "all of a, c", 2);
        Assert.Equal("a", Given.Names(pact.MembersBound));
        Assert.Equal("c", Given.Names(pact.WaitsFor(Given.Party("b")).WaitingFor));

        pact = pact.Committing("c", "always", 3);

        Assert.Equal("a b c", Given.Names(pact.MembersBound));
        Assert.Contains(new PactTransition(Given.Day(3), new PactChange.Joined(Given.Party("b"))), pact.History);
    }

    [Fact]
    public void A_party_cannot_commit_twice() =>
        AssertRefused(PactRefusal.AlreadyCommitted, Opened().Committing("a", "all of b", 1).Commit(Given.Party("a"), Given.Condition("always"), Given.Day(2)));

    [Fact]
    public void An_armed_pact_is_called_when_its_trigger_is_met_and_notice_runs()
    {
        Pact pact = Armed().Observing(Verdict.Met, 2);

        Assert.Equal(new PactStage.InNotice(Given.Day(2), Given.Start.AddDays(9)), pact.Stage);
        Assert.Equal(Given.Start.AddDays(9), pact.NextDeadline);
        Assert.All(pact.Obligations, o => Assert.Equal(Given.Start.AddDays(9), o.From));
    }

    [Fact]
    public void An_open_pact_is_called_at_the_entry_at_which_a_coalition_forms_while_the_trigger_is_met()
    {
        Pact pact = Opened().Observing(Verdict.Met, 1);
        Assert.IsType<PactStage.Open>(pact.Stage);

        Assert.Equal(new PactStage.InNotice(Given.Day(2), Given.Start.AddDays(9)), pact.Committing("a", "always", 2).Stage);
    }

    [Fact]
    public void The_pause_begins_exactly_when_notice_has_run()
    {
        Pact pact = Armed().Observing(Verdict.Met, 2);

        Assert.IsType<PactStage.InNotice>(pact.Advance(Given.Start.AddDays(9).AddTicks(-1), new EntryIndex(30)).Stage);
        var begun = new Moment(Given.Start.AddDays(9), new EntryIndex(30));
        Assert.Equal(new PactStage.InForce(begun, Given.Start.AddDays(189)), pact.Advance(Given.Start.AddDays(20), new EntryIndex(30)).Stage);
    }

    [Fact]
    public void Without_notice_the_pause_begins_at_the_call()
    {
        PactTerms atOnce = PactTerms.Check(
            "At once", Given.Terms.Scope, Given.Terms.Trigger, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null).OrThrow();
        Pact pact = Pact.Open(new PactId("at-once"), atOnce, Given.Party("a"), Given.Day(0)).Committing("a", "always", 1).Observing(Verdict.Met, 2);

        Assert.Equal(new PactStage.InForce(Given.Day(2), null), pact.Stage);
    }

    [Fact]
    public void An_undetermined_trigger_neither_calls_nor_uncalls()
    {
        Assert.IsType<PactStage.Armed>(Armed().Observing(Verdict.Undetermined, 2).Stage);
        Assert.IsType<PactStage.InNotice>(Armed().Observing(Verdict.Met, 2).Observing(Verdict.Undetermined, 3).Stage);
    }

    [Fact]
    public void A_trigger_that_is_no_longer_met_does_not_end_the_pause()
    {
        Assert.IsType<PactStage.InNotice>(Armed().Observing(Verdict.Met, 2).Observing(Verdict.NotMet, 3).Stage);
        Assert.IsType<PactStage.InForce>(InForce().Observing(Verdict.NotMet, 20).Stage);
    }

    [Fact]
    public void The_release_level_of_the_trigger_ends_the_pause()
    {
        Pact pact = InForce().Observe(Verdict.Met, Verdict.Met, NoCompute, Given.Day(20));

        Assert.Equal(new PactStage.Released(Given.Day(20), ReleaseCause.Trigger), pact.Stage);
        Assert.All(pact.Members.Values, m => Assert.Equal(new Standing.Released(Given.Day(20)), m.Standing));
        Assert.Empty(pact.Obligations);
    }

    [Fact]
    public void An_undetermined_release_level_does_not_end_the_pause() =>
        Assert.IsType<PactStage.InForce>(InForce().Observe(Verdict.Met, Verdict.Undetermined, NoCompute, Given.Day(20)).Stage);

    [Fact]
    public void A_pact_is_not_called_while_the_release_level_is_met() =>
        Assert.IsType<PactStage.Armed>(Armed().Observe(Verdict.Met, Verdict.Met, NoCompute, Given.Day(2)).Stage);

    [Fact]
    public void The_pause_ends_when_every_bound_member_agrees()
    {
        Pact pact = InForce().ReleaseBy(Given.Party("a"), Given.Day(20)).OrThrow().ReleaseBy(Given.Party("b"), Given.Day(21)).OrThrow();
        Assert.IsType<PactStage.InForce>(pact.Stage);

        pact = pact.ReleaseBy(Given.Party("c"), Given.Day(22)).OrThrow();

        Assert.Equal(new PactStage.Released(Given.Day(22), ReleaseCause.Unanimous), pact.Stage);
    }

    [Fact]
    public void The_pause_ends_when_the_only_member_that_has_not_agreed_leaves()
    {
        Pact pact = InForce(("a", "always"), ("b", "always")).Withdraw(Given.Party("b"), Given.Day(20)).OrThrow()
            .ReleaseBy(Given.Party("a"), Given.Day(21)).OrThrow();
        Assert.IsType<PactStage.InForce>(pact.Stage);

        pact = pact.Advance(Given.Start.AddDays(60), new EntryIndex(211));

        Assert.Equal(new PactStage.Released(new Moment(Given.Start.AddDays(50), new EntryIndex(211)), ReleaseCause.Unanimous), pact.Stage);
    }

    [Fact]
    public void A_release_is_for_bound_members_of_a_called_pact_and_each_agrees_once()
    {
        AssertRefused(PactRefusal.NotCalled, Armed().ReleaseBy(Given.Party("a"), Given.Day(2)));
        AssertRefused(PactRefusal.NotBound, InForce().ReleaseBy(Given.Party("z"), Given.Day(20)));
        AssertRefused(PactRefusal.AlreadyAgreed, InForce().ReleaseBy(Given.Party("a"), Given.Day(20)).OrThrow().ReleaseBy(Given.Party("a"), Given.Day(21)));
    }

    [Fact]
    public void The_pause_ends_when_the_maximum_duration_has_passed_since_it_was_in_force()
    {
        Pact pact = InForce().Advance(Given.Start.AddDays(500), new EntryIndex(99));

        Assert.Equal(new PactStage.Released(new Moment(Given.Start.AddDays(189), new EntryIndex(99)), ReleaseCause.MaximumDuration), pact.Stage);
    }

    [Fact]
    public void A_released_pact_is_over()
    {
        Pact pact = InForce().Committing("w", "all of z", 20).Observe(Verdict.Met, Verdict.Met, NoCompute, Given.Day(21));

        Assert.Equal(new Standing.Lapsed(Given.Day(21)), pact.Members[Given.Party("w")].Standing);
        AssertRefused(PactRefusal.PactReleased, pact.Commit(Given.Party("z"), Given.Condition("always"), Given.Day(22)));
        AssertRefused(PactRefusal.PactReleased, pact.Withdraw(Given.Party("a"), Given.Day(22)));
        Assert.Same(pact, pact.Observing(Verdict.Met, 22));
        Assert.Null(pact.NextDeadline);
    }

    [Fact]
    public void A_party_that_only_waits_leaves_at_once()
    {
        Pact pact = Opened().Committing("a", "all of b", 1).Withdraw(Given.Party("a"), Given.Day(2)).OrThrow();

        Assert.Equal(new Standing.Withdrawn(Given.Day(2)), pact.Members[Given.Party("a")].Standing);
        Assert.Empty(pact.Committing("b", "all of a", 3).MembersBound);
    }

    [Fact]
    public void A_withdrawn_party_binds_nobody_after_its_notice()
    {
        Pact pact = Armed(("a", "all of b"), ("b", "all of a")).Withdraw(Given.Party("a"), Given.Day(2)).OrThrow();
        Assert.Equal("a b", Given.Names(pact.Advance(Given.Start.AddDays(32).AddTicks(-1), new EntryIndex(21)).MembersBound));

        pact = pact.Advance(Given.Start.AddDays(32), new EntryIndex(21));

        Assert.Empty(pact.MembersBound);
        Assert.IsType<PactStage.Open>(pact.Stage);
        Assert.IsType<Standing.Withdrawn>(pact.Members[Given.Party("a")].Standing);
        Assert.IsType<Standing.Waiting>(pact.Members[Given.Party("b")].Standing);
    }

    [Fact]
    public void A_bound_party_gives_notice_once_and_a_stranger_cannot()
    {
        AssertRefused(PactRefusal.AlreadyWithdrawing, Armed().Withdraw(Given.Party("a"), Given.Day(2)).OrThrow().Withdraw(Given.Party("a"), Given.Day(3)));
        AssertRefused(PactRefusal.NotCommitted, Armed().Withdraw(Given.Party("z"), Given.Day(2)));
    }

    [Fact]
    public void A_party_under_notice_that_is_freed_leaves_at_once()
    {
        Pact pact = Armed(("a", "all of b"), ("b", "always"), ("c", "always"))
            .Withdraw(Given.Party("b"), Given.Day(2)).OrThrow()
            .Withdraw(Given.Party("a"), Given.Day(3)).OrThrow()
            .Advance(Given.Start.AddDays(32), new EntryIndex(31));

        Assert.IsType<Standing.Withdrawn>(pact.Members[Given.Party("a")].Standing);
        Assert.Null(pact.NextDeadline);
    }

    [Fact]
    public void A_party_that_has_left_may_commit_again()
    {
        Pact pact = Opened().Committing("a", "all of b", 1).Withdraw(Given.Party("a"), Given.Day(2)).OrThrow().Committing("a", "always", 3);

        Assert.Equal("a", Given.Names(pact.MembersBound));
        Assert.Equal(Given.Day(3).Entry, pact.Members[Given.Party("a")].Commitment.Entry);
    }

    [Fact]
    public void An_allegation_alone_changes_nobody_s_standing()
    {
        Pact pact = Accused();

        Assert.IsType<Standing.Bound>(pact.Members[Given.Party("a")].Standing);
        Assert.IsType<AllegationState.Open>(pact.Allegations[Run].State);
    }

    [Fact]
    public void An_upheld_allegation_starts_the_cure_period()
    {
        Pact pact = Accused().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow();

        Assert.Equal(new Standing.InCure(Given.Day(1), Given.Start.AddDays(35)), pact.Members[Given.Party("a")].Standing);
        Assert.True(pact.IsBound(Given.Party("a")));
    }

    [Fact]
    public void A_cure_in_time_ends_the_cure_period()
    {
        Pact pact = Accused().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow().Rule(Run, Ruling.Cured, Given.Day(34.9)).OrThrow();

        Assert.Equal(new Standing.Bound(Given.Day(1)), pact.Advance(Given.Start.AddDays(60), new EntryIndex(400)).Members[Given.Party("a")].Standing);
    }

    [Fact]
    public void A_member_is_in_breach_exactly_when_its_cure_period_ends()
    {
        Pact pact = Accused().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow();

        Assert.IsType<Standing.InCure>(pact.Advance(Given.Start.AddDays(35).AddTicks(-1), new EntryIndex(211)).Members[Given.Party("a")].Standing);
        Assert.Equal(
            new Standing.InBreach(new Moment(Given.Start.AddDays(35), new EntryIndex(211))),
            pact.Advance(Given.Start.AddDays(90), new EntryIndex(211)).Members[Given.Party("a")].Standing);
    }

    [Fact]
    public void A_ruling_at_the_instant_at_which_the_cure_period_ends_is_too_late() =>
        AssertRefused(
            PactRefusal.AllegationClosed,
            Accused().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow().Rule(Run, Ruling.Cured, Given.Day(35)));

    [Fact]
    public void A_breach_frees_those_whose_condition_it_undoes_and_nobody_else()
    {
        Pact pact = Accused(("a", "always"), ("b", "all of a"), ("c", "all of b"), ("d", "always"))
            .Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow()
            .Advance(Given.Start.AddDays(35), new EntryIndex(211));

        Assert.Equal("d", Given.Names(pact.MembersBound));
        Assert.IsType<PactStage.InForce>(pact.Stage);
        Assert.Equal(
            ["b is free: `all of a` fails without a.", "c is free: `all of b` fails without b."],
            pact.History.Select(t => t.What).OfType<PactChange.Freed>().Select(PactText.Of));
    }

    [Fact]
    public void A_party_in_breach_may_commit_again_and_bring_the_others_back()
    {
        Pact pact = Accused(("a", "always"), ("b", "all of a"), ("d", "always"))
            .Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow()
            .Committing("a", "always", 40);

        Assert.Equal("a b d", Given.Names(pact.MembersBound));
    }

    [Fact]
    public void A_pause_without_a_coalition_dissolves_and_is_called_afresh_when_one_forms_again()
    {
        Pact pact = Accused(("a", "all of b"), ("b", "all of a"))
            .Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow()
            .Advance(Given.Start.AddDays(35), new EntryIndex(211));
        Assert.IsType<PactStage.Open>(pact.Stage);
        Assert.IsType<PactChange.Dissolved>(pact.History[^1].What);

        pact = pact.Committing("a", "all of b", 40);

        Assert.Equal(new PactStage.InNotice(Given.Day(40), Given.Start.AddDays(47)), pact.Stage);
        Assert.Equal("a b", Given.Names(pact.MembersBound));
    }

    [Fact]
    public void The_earliest_of_several_cure_periods_counts()
    {
        var second = new AllegationId("second");
        Pact pact = Accused().Allege(second, Given.Party("c"), Given.Party("a"), "another run", Given.Day(20)).OrThrow()
            .Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow()
            .Rule(second, Ruling.Upheld, Given.Day(22)).OrThrow();
        Assert.Equal(new Standing.InCure(Given.Day(1), Given.Start.AddDays(35)), pact.Members[Given.Party("a")].Standing);

        pact = pact.Rule(Run, Ruling.Cured, Given.Day(23)).OrThrow();

        Assert.Equal(new Standing.InCure(Given.Day(1), Given.Start.AddDays(36)), pact.Members[Given.Party("a")].Standing);
    }

    [Fact]
    public void A_pending_allegation_lapses_with_the_pause()
    {
        Pact pact = Accused().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow().Observe(Verdict.Met, Verdict.Met, NoCompute, Given.Day(22));

        Assert.IsType<AllegationState.Lapsed>(pact.Allegations[Run].State);
        Assert.Null(pact.NextDeadline);
    }

    [Fact]
    public void Allegations_are_made_in_force_against_a_bound_member_under_a_fresh_name()
    {
        AssertRefused(PactRefusal.NotInForce, Armed().Allege(Run, Given.Party("b"), Given.Party("a"), "a run", Given.Day(2)));
        AssertRefused(PactRefusal.NotBound, InForce().Allege(Run, Given.Party("b"), Given.Party("z"), "a run", Given.Day(20)));
        AssertRefused(PactRefusal.AllegationKnown, Accused().Allege(Run, Given.Party("b"), Given.Party("a"), "a run", Given.Day(21)));
        AssertRefused(PactRefusal.TextSize, InForce().Allege(Run, Given.Party("b"), Given.Party("a"), " ", Given.Day(20)));
        AssertRefused(PactRefusal.TextSize, InForce().Allege(Run, Given.Party("b"), Given.Party("a"), new string('x', 4097), Given.Day(20)));
    }

    [Fact]
    public void A_stranger_to_the_pact_may_accuse() =>
        Assert.IsType<PactOutcome.Done>(InForce().Allege(Run, Given.Party("z"), Given.Party("a"), "a run", Given.Day(20)));

    [Fact]
    public void A_ruling_fits_the_state_of_its_allegation()
    {
        AssertRefused(PactRefusal.AllegationUnknown, InForce().Rule(Run, Ruling.Upheld, Given.Day(21)));
        AssertRefused(PactRefusal.NotUpheld, Accused().Rule(Run, Ruling.Cured, Given.Day(21)));
        Pact dismissed = Accused().Rule(Run, Ruling.Dismissed, Given.Day(21)).OrThrow();
        AssertRefused(PactRefusal.AllegationClosed, dismissed.Rule(Run, Ruling.Upheld, Given.Day(22)));
        Pact upheld = Accused().Rule(Run, Ruling.Upheld, Given.Day(21)).OrThrow();
        AssertRefused(PactRefusal.AlreadyUpheld, upheld.Rule(Run, Ruling.Dismissed, Given.Day(22)));
        AssertRefused(PactRefusal.AlreadyUpheld, upheld.Rule(Run, Ruling.Upheld, Given.Day(22)));
    }

    [Fact]
    public void A_refusal_is_worded_for_readers()
    {
        var refused = (PactOutcome.Refused)Accused().Rule(Run, Ruling.Dismissed, Given.Day(21)).OrThrow().Rule(Run, Ruling.Upheld, Given.Day(22));

        Assert.Equal("`run-9` is settled: dismissed; make another allegation, should there be cause", $"{refused.Message}; {refused.Remedy}");
    }

    [Fact]
    public void Growth_of_others_compute_frees_a_member_at_the_entry_that_shows_it()
    {
        Pact pact = Opened().Observe(Verdict.Met, Verdict.NotMet, Given.Compute(("a", 6), ("z", 4)), Given.Day(1))
            .Committing("a", "at least 60% of accounted compute", 2).Advance(Given.Start.AddDays(10), new EntryIndex(21));
        Assert.IsType<PactStage.InForce>(pact.Stage);

        pact = pact.Observe(Verdict.Met, Verdict.NotMet, Given.Compute(("a", 6), ("z", 5)), Given.Day(11));

        Assert.Empty(pact.MembersBound);
        Assert.Equal(new PactStage.Open(Given.Day(11)), pact.Stage);
    }

    [Fact]
    public void Growth_of_members_compute_brings_a_waiting_party_in()
    {
        Pact pact = Armed(("a", "always"), ("b", "at least 50% of accounted compute"));
        Assert.Equal("a", Given.Names(pact.MembersBound));

        Assert.Equal("a b", Given.Names(pact.Observe(Verdict.NotMet, Verdict.NotMet, Given.Compute(("a", 1), ("z", 1)), Given.Day(2)).MembersBound));
    }

    [Fact]
    public void Obligations_say_who_must_stop_from_when_until_when()
    {
        Pact pact = InForce().Withdraw(Given.Party("a"), Given.Day(10)).OrThrow().Committing("d", "always", 15);

        Assert.Equal(
            [
                new Obligation(Given.Party("a"), Given.Terms.Scope, Given.Start.AddDays(9), Given.Start.AddDays(40)),
                new Obligation(Given.Party("b"), Given.Terms.Scope, Given.Start.AddDays(9), Given.Start.AddDays(189)),
                new Obligation(Given.Party("c"), Given.Terms.Scope, Given.Start.AddDays(9), Given.Start.AddDays(189)),
                new Obligation(Given.Party("d"), Given.Terms.Scope, Given.Start.AddDays(15), Given.Start.AddDays(189)),
            ],
            pact.Obligations);
    }

    [Fact]
    public void What_would_change_a_pact_is_its_departures_its_missing_signatures_and_its_next_deadline()
    {
        Pact pact = InForce(("a", "always"), ("b", "all of a")).Committing("c", "all of x, y", 15);

        Outlook outlook = pact.WhatWouldChangeIt("abcxyz".Select(c => Given.Party(c.ToString())));

        Assert.Equal(["If a leaves, b is free, nobody stays.", "If b leaves, nobody else is free, a stays."], outlook.Departures.Select(PactText.Of));
        Assert.Equal("No further signature is needed.", PactText.Of(outlook.ToSetInMotion));
        Assert.Equal("The signatures of x and y would do, and no fewer.", PactText.Of(outlook.ToBringIn[Given.Party("c")]));
        Assert.Equal(Given.Start.AddDays(189), outlook.NextDeadline);
    }

    [Fact]
    public void Time_never_goes_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Armed().Withdraw(Given.Party("a"), Given.Day(0.5)));

    [Fact]
    public void An_operation_lets_earlier_deadlines_pass_first()
    {
        Pact pact = Armed().Observing(Verdict.Met, 2).Committing("d", "always", 20);

        Assert.Equal(
            [typeof(PactChange.InForce), typeof(PactChange.Committed), typeof(PactChange.Joined)],
            pact.History.TakeLast(3).Select(t => t.What.GetType()));
        Assert.Equal(new Moment(Given.Start.AddDays(9), new EntryIndex(Given.Day(20).Entry.Value - 1)), pact.History[^3].At);
    }

    [Fact]
    public void A_cure_period_that_ends_with_the_pause_ends_in_breach()
    {
        Pact pact = InForce().Allege(Run, Given.Party("b"), Given.Party("c"), "a run", Given.Day(170)).OrThrow()
            .Rule(Run, Ruling.Upheld, Given.Day(175)).OrThrow()
            .Advance(Given.Start.AddDays(189), new EntryIndex(1751));

        Assert.IsType<PactStage.Released>(pact.Stage);
        Assert.IsType<Standing.InBreach>(pact.Members[Given.Party("c")].Standing);
    }

    [Fact]
    public void A_member_that_leaves_at_the_instant_at_which_the_pause_begins_is_never_in_it()
    {
        Pact pact = Armed().Withdraw(Given.Party("c"), Given.Day(2)).OrThrow().Observing(Verdict.Met, 25);
        Assert.Equal(["a", "b"], pact.Obligations.Select(o => o.Party.Value));

        pact = pact.Advance(Given.Start.AddDays(32), new EntryIndex(251));

        Assert.Equal(
            [typeof(PactChange.Withdrawn), typeof(PactChange.InForce)],
            pact.History.TakeLast(2).Select(t => t.What.GetType()));
    }

    private static readonly AllegationId Run = new("run-9");

    private static Pact Opened() => Pact.Open(new PactId("hold"), Given.Terms, Given.Party("a"), Given.Day(0));

    private static Pact Armed(params (string Party, string Condition)[] commitments) =>
        (commitments.Length > 0 ? commitments : [("a", "all of b"), ("b", "all of a"), ("c", "always")])
            .Aggregate(Opened(), (pact, c) => pact.Committing(c.Party, c.Condition, 1));

    private static Pact InForce(params (string Party, string Condition)[] commitments) =>
        Armed(commitments).Observing(Verdict.Met, 2).Advance(Given.Start.AddDays(9), new EntryIndex(21));

    private static Pact Accused(params (string Party, string Condition)[] commitments) =>
        InForce(commitments).Allege(Run, Given.Party("b"), Given.Party("a"), "a run above the line", Given.Day(20)).OrThrow();

    private static void AssertRefused(PactRefusal reason, PactOutcome outcome) =>
        Assert.Equal(reason, Assert.IsType<PactOutcome.Refused>(outcome).Reason);
}

internal static class PactSteps
{
    public static Pact Committing(this Pact pact, string party, string condition, double day) =>
        pact.Commit(Given.Party(party), Given.Condition(condition), Given.Day(day)).OrThrow();

    public static Pact Observing(this Pact pact, Verdict pause, double day) =>
        pact.Observe(pause, Verdict.NotMet, pact.Circumstances.Facts.Shares, Given.Day(day));
}
