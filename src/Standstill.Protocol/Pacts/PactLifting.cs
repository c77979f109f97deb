using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <content>How a pause ends: at once, or lifted in steps.</content>
/// <remarks>In the lifting the members stay bound by their commitments, and what they must do falls with the steps; conditions are
/// judged by the degrees agreed, since otherwise the lifting itself would undo the coalition.</remarks>
public sealed partial record Pact
{
    /// <summary>A bound member agrees to end the pause; when so many do as the terms ask for, it ends.</summary>
    public PactOutcome ReleaseBy(PartyId party, Moment at) => Operate(at, pact =>
    {
        if (pact.Stage is PactStage.Lifting)
        {
            return Refuse(PactRefusal.BeingLifted, "the pause is being lifted already", "wait until that is done");
        }

        if (!pact.IsCalled)
        {
            return Refuse(PactRefusal.NotCalled, "there is no pause to end", "wait until the pact is called");
        }

        if (pact.Terms.Life is { Release.MembersPercent: null })
        {
            return Refuse(PactRefusal.NotByMembers, "the members of this pact cannot end the pause", "wait for its trigger's release level or its end");
        }

        if (!pact.IsBound(party))
        {
            return Refuse(PactRefusal.NotBound, $"`{party}` is not bound", "leave the release to those who are");
        }

        return pact.ReleaseAgreed.Contains(party)
            ? Refuse(PactRefusal.AlreadyAgreed, $"`{party}` has agreed already", "wait for the other bound members")
            : Done((pact with { ReleaseAgreed = pact.ReleaseAgreed.Add(party) }).Noting(at, new PactChange.ReleaseAgreed(party)));
    });

    private bool IsReleasedByTrigger => Circumstances.Release == Verdict.Met && (Terms.Life is null || Terms.Life.Release.ByTrigger);

    private Pact ReleasingIfDue(Moment at)
    {
        if (Stage is not (PactStage.InNotice or PactStage.InForce))
        {
            return this;
        }

        if (IsReleasedByTrigger)
        {
            return Ending(ReleaseCause.Trigger, at);
        }

        if (ReleaseAgreed.SetEquals(MembersBound))
        {
            return Ending(ReleaseCause.Unanimous, at);
        }

        return Terms.Life?.Release.MembersPercent is { } percent && ReleaseAgreed.Count * 100L >= percent * (long)MembersBound.Length
            ? Ending(ReleaseCause.Members, at)
            : this;
    }

    private Pact Ending(ReleaseCause how, Moment at)
    {
        if (Stage is not PactStage.InForce force || Terms.Life is not { Lifting.IsEmpty: false } life)
        {
            return Releasing(how, at);
        }

        var stage = new PactStage.Lifting(at, 0, 100, Later(at.Time, LastsOf(life, 0)), force.Since.Time, how);
        return (this with { Stage = stage, ReleaseAgreed = [], Extensions = Extensions.Clear() })
            .Noting(at, new PactChange.LiftingStarted(how, stage.Until));
    }

    private Pact NextStep(PactStage.Lifting lifting, Moment at)
    {
        PactLife life = Terms.Life ?? throw new InvalidOperationException("a pact of version 1 is not lifted in steps");
        if (lifting.Step == life.Lifting.Length)
        {
            return Releasing(lifting.How, at);
        }

        int degree = life.Lifting[lifting.Step].Degree;
        DateTimeOffset until = Later(at.Time, LastsOf(life, lifting.Step + 1));
        return (this with { Stage = lifting with { Step = lifting.Step + 1, Degree = degree, Until = until } })
            .Noting(at, new PactChange.Lifted(degree, until));
    }

    // A step says how long after the one before it is taken. The last one, to nothing, is implied, and no time is given for it: it comes
    // as long after the last written step as that came after the one before.
    private static TimeSpan LastsOf(PactLife life, int step) => life.Lifting[Math.Min(step, life.Lifting.Length - 1)].After;

    private static DateTimeOffset LiftedAt(PactLife life, int step, DateTimeOffset until) =>
        Enumerable.Range(step + 1, life.Lifting.Length - step).Aggregate(until, (time, next) => Later(time, LastsOf(life, next)));

    private Pact Releasing(ReleaseCause how, Moment at)
    {
        Pact pact = (this with { Stage = new PactStage.Released(at, how), ReleaseAgreed = [], Extensions = Extensions.Clear() })
            .Noting(at, new PactChange.Released(how));
        foreach (Member member in Members.Values.Where(m => m.IsCandidate))
        {
            pact = member.IsBound
                ? pact.Unbinding(member, new Standing.Released(at), at)
                : pact
                    .With(member with { Standing = new Standing.Lapsed(at), LeavesAt = null })
                    .Noting(at, new PactChange.CommitmentLapsed(member.Commitment.Party));
        }

        return pact;
    }
}
