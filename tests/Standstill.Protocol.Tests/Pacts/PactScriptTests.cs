using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Tests.Pacts.Life;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>What holds of every pact at every moment, whatever was done to it. None of these scripts throws.</summary>
public sealed class PactScriptTests
{
    private const int Scripts = 1_500;

    [Fact]
    public void The_bound_are_the_largest_coalition_at_every_moment() => EveryMoment((_, pact) =>
    {
        if (pact.Stage is not PactStage.Released)
        {
            Assert.Equal(pact.Solve().Members, [.. pact.MembersBound]);
        }
    });

    [Fact]
    public void A_bound_member_s_condition_holds_in_the_coalition_at_every_moment() => EveryMoment((_, pact) =>
    {
        ImmutableSortedSet<PartyId> bound = [.. pact.MembersBound];
        Assert.All(bound, p => Assert.True(pact.Members[p].Commitment.Condition.Holds(bound, pact.Circumstances.Facts.Shares)));
    });

    [Fact]
    public void Nobody_is_bound_alone_unless_its_own_condition_allows_it() => EveryMoment((_, pact) =>
    {
        if (pact.MembersBound is [var alone])
        {
            Assert.True(pact.Members[alone].Commitment.Condition.Holds(new HashSet<PartyId> { alone }, pact.Circumstances.Facts.Shares));
        }
    });

    [Fact]
    public void The_stage_says_whether_anybody_is_bound() => EveryMoment((_, pact) =>
        Assert.Equal(pact.Stage is PactStage.Open or PactStage.Released, pact.MembersBound.IsEmpty));

    [Fact]
    public void Nobody_is_bound_by_a_withdrawal_notice_that_has_run() => EveryMoment((at, pact) =>
        Assert.All(pact.Members.Values, m => Assert.True(m.LeavesAt is null || (m.IsBound && m.LeavesAt > at.Time))));

    [Fact]
    public void No_deadline_lies_in_the_past() => EveryMoment((at, pact) =>
        Assert.True(pact.NextDeadline is not { } next || next > at.Time));

    [Fact]
    public void A_member_is_in_cure_exactly_while_an_upheld_allegation_is_pending() => EveryMoment((_, pact) =>
    {
        foreach (Member member in pact.Members.Values)
        {
            DateTimeOffset? ends = pact.Allegations.Values
                .Where(a => a.Accused == member.Commitment.Party)
                .Select(a => (a.State as AllegationState.Upheld)?.CureUntil)
                .Min();
            Assert.Equal(ends, (member.Standing as Standing.InCure)?.Until);
        }
    });

    [Fact]
    public void Allegations_are_pending_and_releases_agreed_only_against_and_by_the_bound() => EveryMoment((_, pact) =>
    {
        Assert.All(pact.Allegations.Values.Where(a => a.IsPending), a => Assert.True(pact.IsBound(a.Accused)));
        Assert.All(pact.ReleaseAgreed, p => Assert.True(pact.IsBound(p)));
    });

    [Fact]
    public void History_is_in_the_order_of_time_and_only_grows() => PactScripts.Random.Hold(Scripts, script =>
    {
        ImmutableList<PactTransition> before = [];
        foreach ((_, Pact pact) in PactScripts.Play(script.Terms, script.Steps))
        {
            Assert.Equal(before, pact.History.Take(before.Count));
            before = pact.History;
        }

        Assert.Equal(before.Select(t => t.At.Time).Order(), before.Select(t => t.At.Time));
    });

    [Fact]
    public void To_advance_in_two_steps_is_to_advance_in_one() =>
        Gen.Select(PactScripts.Random, Gen.Int[0, 400], Gen.Int[0, 1000]).Select((script, first, second) => (script, (first, second))).Hold(Scripts, (script, hours) =>
        {
            foreach ((Moment at, Pact pact) in PactScripts.Play(script.Terms, script.Steps))
            {
                DateTimeOffset soon = at.Time.AddHours(hours.first);
                DateTimeOffset late = soon.AddHours(hours.second);
                string expected = PactScripts.Document(pact.Advance(late, at.Entry));
                Assert.Equal(expected, PactScripts.Document(pact.Advance(soon, at.Entry).Advance(late, at.Entry)));
                if (pact.NextDeadline is { } exact && exact <= late)
                {
                    Assert.Equal(expected, PactScripts.Document(pact.Advance(exact, at.Entry).Advance(late, at.Entry)));
                }
            }

        });

    [Fact]
    public void The_order_of_commitments_does_not_matter_to_who_is_bound() =>
        Gen.Select(Conditions.Random.Array[8], Conditions.Shares).Hold(1_000, (conditions, shares) =>
        {
            Moment at = Given.Day(0);
            Pact pact = Pact.Open(new PactId("any"), Given.Terms, Conditions.Parties[0], at).Observe(Verdict.Met, Verdict.NotMet, shares, at);
            (PartyId, Condition)[] commitments = [.. Conditions.Parties.Zip(conditions)];
            Assert.Equal(Commit(pact, commitments).MembersBound, Commit(pact, commitments.Reverse()).MembersBound);
        });

    [Fact]
    public void Scripts_reach_every_kind_of_transition()
    {
        HashSet<Type> reached = [];
        EveryMoment((_, pact) => reached.UnionWith(pact.History.Select(t => t.What.GetType())));
        LifeScripts.Random.Hold(Scripts, script =>
            reached.UnionWith(LifeScripts.Play(script.Terms, script.Steps).Last().Pact.History.Select(t => t.What.GetType())));

        Assert.Equal(
            typeof(PactChange).GetNestedTypes().Select(t => t.Name).Order(),
            reached.Select(t => t.Name).Order());
    }

    private static Pact Commit(Pact pact, IEnumerable<(PartyId Party, Condition Condition)> commitments) =>
        commitments.Aggregate(pact, (next, c) => next.Commit(c.Party, c.Condition, Given.Day(0)).OrThrow());

    private static void EveryMoment(Action<Moment, Pact> holds) => PactScripts.Random.Hold(Scripts, script =>
    {
        foreach ((Moment at, Pact pact) in PactScripts.Play(script.Terms, script.Steps))
        {
            holds(at, pact);
        }
    });
}
