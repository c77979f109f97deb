using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Tests.Pacts.Life;

/// <summary>What holds of every pact of version 2 at every moment, whatever was done to it. None of these scripts throws.</summary>
public sealed class LifeScriptTests
{
    private const int Scripts = 400;

    [Fact]
    public void A_bound_member_s_condition_holds_among_the_bound_at_every_moment() => EveryMoment((_, pact) =>
    {
        Gathering bound = Bound(pact);
        Assert.All(pact.Members.Values.Where(m => m.IsBound), m =>
            Assert.True(m.Commitment.Steps.Single(s => s.Degree == m.Degree).Condition.Holds(bound, staying: true)));
    });

    [Fact]
    public void Nobody_is_bound_alone_unless_its_own_condition_allows_it() => EveryMoment((_, pact) =>
    {
        if (pact.MembersBound is [var alone])
        {
            Member member = pact.Members[alone];
            Assert.True(member.Commitment.Steps.Single(s => s.Degree == member.Degree).Condition.Holds(Bound(pact), staying: true));
        }
    });

    [Fact]
    public void A_party_that_was_just_bound_has_its_activating_condition_met() => EveryMoment((at, pact) =>
    {
        Gathering bound = Bound(pact);
        Assert.All(
            pact.Members.Values.Where(m => m.IsBound && m.Standing.Since == at && m.Commitment.Entry == at.Entry && pact.Stage is PactStage.InForce),
            m => Assert.True(m.Commitment.Steps.Single(s => s.Degree == m.Degree).Condition.Holds(bound, staying: false)));
    });

    [Fact]
    public void Before_all_are_bound_nobody_is() => EveryMoment((_, pact) =>
    {
        bool before = pact.Stage is PactStage.Open or PactStage.Armed or PactStage.Preparing or PactStage.Released;
        Assert.Equal(before, pact.MembersBound.IsEmpty);
        Assert.Equal(pact.Stage is PactStage.Armed or PactStage.Preparing, !pact.MembersPledged.IsEmpty);
    });

    [Fact]
    public void The_pledged_of_an_armed_pact_and_the_bound_of_a_called_one_are_the_largest_coalition() => EveryMoment((_, pact) =>
    {
        ImmutableArray<PartyId> present = pact.Stage is PactStage.Armed ? pact.MembersPledged : pact.MembersBound;
        if (pact.Stage is PactStage.Open or PactStage.Armed or PactStage.InNotice or PactStage.InForce)
        {
            Coalition coalition = pact.Solve();
            Assert.Equal(coalition.Members, [.. present]);
            Assert.All(present, p => Assert.Equal(coalition.DegreeOf(p), pact.Members[p].Degree));
        }
    });

    [Fact]
    public void Nobody_is_bound_or_pledged_by_a_withdrawal_notice_that_has_run() => EveryMoment((at, pact) =>
        Assert.All(pact.Members.Values, m => Assert.True(m.LeavesAt is null || ((m.IsBound || m.IsPledged) && m.LeavesAt > at.Time))));

    [Fact]
    public void No_deadline_lies_in_the_past() => EveryMoment((at, pact) =>
    {
        Assert.True(pact.NextDeadline is not { } next || next > at.Time);
        Assert.All(pact.Obligations.SelectMany(o => o.Due), d => Assert.True(d.SilentAt is not { } silent || silent > at.Time || pact.Members.Values.Any(m => m.SuspectedUntil > at.Time)));
    });

    [Fact]
    public void A_member_is_in_cure_or_suspected_exactly_while_a_cure_or_a_suspicion_runs() => EveryMoment((at, pact) =>
    {
        foreach (Member member in pact.Members.Values)
        {
            DateTimeOffset? cure = pact.Allegations.Values
                .Where(a => a.Answering.Contains(member.Commitment.Party))
                .Select(a => (a.State as AllegationState.Upheld)?.CureUntil)
                .Min();
            Assert.Equal(cure, (member.Standing as Standing.InCure)?.Until);
            Assert.Equal(cure is null && member.IsBound ? member.SuspectedUntil : null, (member.Standing as Standing.Suspected)?.Until);
            Assert.True(member.SuspectedUntil is null || (member.IsCandidate && member.SuspectedUntil > at.Time));
        }
    });

    [Fact]
    public void Allegations_are_pending_and_releases_and_extensions_agreed_only_against_and_by_the_bound() => EveryMoment((_, pact) =>
    {
        Assert.All(pact.Allegations.Values.Where(a => a.IsPending), a => Assert.All(a.Answering, p => Assert.True(pact.IsBound(p))));
        Assert.All(pact.ReleaseAgreed, p => Assert.True(pact.IsBound(p)));
        Assert.All(pact.Extensions.Keys, p => Assert.True(pact.IsBound(p)));
    });

    [Fact]
    public void Every_allegation_ends() => LifeScripts.Random.Hold(Scripts, script =>
        Assert.DoesNotContain(LifeScripts.Play(script.Terms, script.Steps).Last().Pact.Allegations.Values, a => a.IsPending));

    [Fact]
    public void A_coalition_that_is_being_prepared_only_shrinks() => LifeScripts.Random.Hold(Scripts, script =>
    {
        Pact? before = null;
        foreach ((_, Pact pact) in LifeScripts.Play(script.Terms, script.Steps))
        {
            if (before?.Stage is PactStage.Preparing was && pact.Stage is PactStage.Preparing now && was.Since == now.Since
                && pact.Circumstances.Facts.Successors == before.Circumstances.Facts.Successors)
            {
                Assert.Empty(pact.MembersPledged.Except(before.MembersPledged));
                Assert.True(was.Coalition != now.Coalition || pact.MembersPledged.SequenceEqual(before.MembersPledged));
            }

            before = pact;
        }
    });

    [Fact]
    public void To_advance_in_two_steps_is_to_advance_in_one() =>
        Gen.Select(LifeScripts.Random, Gen.Int[0, 400], Gen.Int[0, 1000]).Select((script, first, second) => (script, (first, second))).Hold(Scripts, (script, hours) =>
        {
            foreach ((Moment at, Pact pact) in LifeScripts.Play(script.Terms, script.Steps))
            {
                DateTimeOffset soon = at.Time.AddHours(hours.first);
                DateTimeOffset late = soon.AddHours(hours.second);
                string expected = LifeScripts.Document(pact.Advance(late, at.Entry));
                Assert.Equal(expected, LifeScripts.Document(pact.Advance(soon, at.Entry).Advance(late, at.Entry)));
                if (pact.NextDeadline is { } exact && exact <= late)
                {
                    Assert.Equal(expected, LifeScripts.Document(pact.Advance(exact, at.Entry).Advance(late, at.Entry)));
                }
            }
        });

    [Fact]
    public void To_observe_the_same_again_changes_nothing() => EveryMoment((at, pact) =>
    {
        if (pact.History[^1].At.Time > at.Time)
        {
            return;
        }

        Circumstances seen = pact.Circumstances;
        Assert.Equal(LifeScripts.Document(pact), LifeScripts.Document(pact.Observe(seen.Pause, seen.Release, seen.Facts, at)));
    });

    private static Gathering Bound(Pact pact) => new(
        pact.Members.Values.Where(m => m.IsBound).ToDictionary(m => m.Commitment.Party, m => m.Degree),
        pact.Circumstances.Facts with
        {
            OnProbation = [.. pact.Members.Values.Where(m => m.ProbationUntil is not null).Select(m => m.Commitment.Party)],
            Assurance = pact.Circumstances.Facts.Assurance.RemoveRange(
                pact.Members.Values.Where(m => m.SuspectedUntil is not null).Select(m => m.Commitment.Party)),
        });

    private static void EveryMoment(Action<Moment, Pact> holds) => LifeScripts.Random.Hold(Scripts, script =>
    {
        foreach ((Moment now, Pact pact) in LifeScripts.Play(script.Terms, script.Steps))
        {
            holds(now, pact);
        }
    });
}
