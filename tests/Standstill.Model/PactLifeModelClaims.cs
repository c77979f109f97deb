namespace Standstill.Model;

/// <summary>What must hold of every state, or of every step, whatever happens.</summary>
/// <param name="Name">What is claimed.</param>
/// <param name="OfState">What is wrong with a state of a world, in words; null where nothing is.</param>
/// <param name="OfStep">What is wrong with a step: in a state, what happens, and what follows.</param>
public sealed record LifeClaim(
    string Name,
    Func<LifeWorld, Life, string?>? OfState = null,
    Func<LifeWorld, Life, LifeEvent, Life, string?>? OfStep = null);

/// <summary>The claims.</summary>
public static class LifeClaims
{
    /// <summary>I1. Nobody is bound on whom nobody relies in vain: the wish of each bound party is granted by those who are bound with it.</summary>
    public static LifeClaim NobodyIsBoundWithoutThoseItReliedOn { get; } = new("the bound have those they relied on", OfState: (w, a) => OfNobodyIsBoundWithoutThoseItReliedOn(w, a));

    private static string? OfNobodyIsBoundWithoutThoseItReliedOn(LifeWorld world, Life life)
    {
        int bound = life.Bound;
        foreach (int party in PactLifeModel.Members(bound))
        {
            if (!PactLifeModel.Granted(world, life, world.Wishes[life[party].Wish], bound, staying: true))
            {
                return $"{LifeStory.Name(party)} is bound, and its condition does not hold among the bound, {LifeStory.NamesOf(bound)}";
            }
        }

        return null;
    }

    /// <summary>I1, for pledges: nobody is pledged to a coalition in which its condition does not hold.</summary>
    public static LifeClaim NobodyIsPledgedToLessThanItAsked { get; } = new("the pledged have those they relied on", OfState: (w, a) => OfNobodyIsPledgedToLessThanItAsked(w, a));

    private static string? OfNobodyIsPledgedToLessThanItAsked(LifeWorld world, Life life)
    {
        int pledged = life.Set(p => p.IsPledged);
        return PactLifeModel.IsCoalition(world, life, pledged, incumbents: 0)
            ? null
            : $"a pledged party's condition does not hold among the pledged, {LifeStory.NamesOf(pledged)}";
    }

    /// <summary>The stage and the standings say the same: pledged from arming to the deadline, bound from then to the end.</summary>
    public static LifeClaim TheStageSaysWhoIsBound { get; } = new("the stage says who is bound", OfState: (w, a) => OfTheStageSaysWhoIsBound(w, a));

    private static string? OfTheStageSaysWhoIsBound(LifeWorld world, Life life)
    {
        bool isVersion1 = world.Terms.Prepare == 0;
        bool pledged = life.Set(p => p.IsPledged) != 0;
        bool bound = life.Bound != 0;
        bool shouldBeBound = life.Stage is LifeStage.InNotice or LifeStage.InForce or LifeStage.Lifting
            || (isVersion1 && life.Stage == LifeStage.Armed);
        bool shouldBePledged = life.Stage is LifeStage.Preparing || (!isVersion1 && life.Stage == LifeStage.Armed);
        bool runs = life.Clock > 0;
        bool shouldRun = life.Stage is LifeStage.Preparing or LifeStage.InNotice or LifeStage.Lifting;
        return pledged != shouldBePledged || bound != shouldBeBound || (shouldRun && !runs)
            ? $"in stage {life.Stage}, pledged {pledged}, bound {bound}, clock {life.Clock}"
            : null;
    }

    /// <summary>I4. A party that has left, and one that never was in, does not keep another bound: with its commitment forgotten the
    /// same parties are the largest coalition.</summary>
    public static LifeClaim WhoHasLeftKeepsNobodyBound { get; } = new("who has left keeps nobody bound", OfState: (w, a) => OfWhoHasLeftKeepsNobodyBound(w, a));

    private static string? OfWhoHasLeftKeepsNobodyBound(LifeWorld world, Life life)
    {
        int bound = life.Bound;
        int gone = life.Set(p => p.Standing is LifeStanding.Withdrawn or LifeStanding.InBreach or LifeStanding.DroppedOut or LifeStanding.None);
        foreach (int left in PactLifeModel.Members(gone))
        {
            foreach (int party in PactLifeModel.Members(bound))
            {
                if (!PactLifeModel.Granted(world, life, world.Wishes[life[party].Wish], bound & ~(1 << left), staying: true))
                {
                    return $"{LifeStory.Name(party)} is bound by {LifeStory.Name(left)}, which has left";
                }
            }
        }

        return null;
    }

    /// <summary>I5. Out of a preparation all of a coalition become bound at one instant, and none of them without having confirmed.</summary>
    public static LifeClaim BindingIsSimultaneous { get; } = new("binding is simultaneous", OfStep: (_, b, h, a) => OfBindingIsSimultaneous(b, h, a));

    private static string? OfBindingIsSimultaneous(Life before, LifeEvent happens, Life after)
    {
        if (before.Stage != LifeStage.Preparing || after.Bound == 0)
        {
            return null;
        }

        int ready = before.Set(p => p.Standing == LifeStanding.Ready) | (happens.Kind == LifeEventKind.Ready ? 1 << happens.Party : 0);
        int pledged = before.Set(p => p.IsPledged);
        if ((after.Bound & pledged & ~ready) is not 0 and int unconfirmed && happens.Kind != LifeEventKind.Succeed)
        {
            return $"{LifeStory.NamesOf(unconfirmed)} bound without having confirmed";
        }

        return after.Set(p => p.IsPledged) == 0 ? null : $"{LifeStory.NamesOf(after.Bound)} bound, and {LifeStory.NamesOf(after.Set(p => p.IsPledged))} not with them";
    }

    /// <summary>I7. One commitment more frees nobody and unconfirms nobody.</summary>
    public static LifeClaim AnotherCommitmentFreesNobody { get; } = new("another commitment frees nobody", OfStep: (_, b, h, a) => OfAnotherCommitmentFreesNobody(b, h, a));

    private static string? OfAnotherCommitmentFreesNobody(Life before, LifeEvent happens, Life after)
    {
        if (happens.Kind is not (LifeEventKind.Commit or LifeEventKind.OpenSealed))
        {
            return null;
        }

        int lost = (before.Bound & ~after.Bound)
            | (before.Set(p => p.IsPledged) & ~after.Set(p => p.IsPledged || p.Standing == LifeStanding.Bound))
            | (before.Set(p => p.Standing == LifeStanding.Ready) & ~after.Set(p => p.Standing == LifeStanding.Ready));
        return lost == 0 ? null : $"{LifeStory.NamesOf(lost)} lost its place by another's commitment";
    }

    /// <summary>Who was in breach or dropped out counts for nobody until it has stood by a new commitment for the time of probation.</summary>
    public static LifeClaim NobodyGoesRoundProbation { get; } = new("nobody goes round probation", OfState: (_, a) => OfNobodyGoesRoundProbation(a));

    private static string? OfNobodyGoesRoundProbation(Life life)
    {
        int round = life.Set(p => p.IsCandidate && p.Marked && p.Probation == 0);
        return round == 0 ? null : $"{LifeStory.NamesOf(round)} counts, and has not lived through its probation";
    }

    /// <summary>Nobody who confirmed a coalition of this preparation is marked at its end, for dropping out.</summary>
    public static LifeClaim WhoConfirmedIsNotPutOnProbation { get; } = new("who confirmed is not put on probation", OfStep: (_, b, _, a) => OfWhoConfirmedIsNotPutOnProbation(b, a));

    private static string? OfWhoConfirmedIsNotPutOnProbation(Life before, Life after)
    {
        int marked = before.Set(p => p.Confirmed && !p.Marked) & after.Set(p => p.Standing == LifeStanding.DroppedOut && p.Marked);
        return marked == 0 ? null : $"{LifeStory.NamesOf(marked)} had confirmed, and will be on probation for having dropped out";
    }

    /// <summary>Nobody gets rid of an upheld allegation or a suspicion by being freed or by leaving: it is marked.</summary>
    public static LifeClaim NobodyShedsACase { get; } = new("nobody sheds a case", OfStep: (w, b, h, a) => OfNobodyShedsACase(w, b, h, a));

    private static string? OfNobodyShedsACase(LifeWorld world, Life before, LifeEvent happens, Life after)
    {
        int answered = happens.Kind is LifeEventKind.FindCured or LifeEventKind.Discharge ? 1 << happens.Party : 0;
        int had = (happens.Kind == LifeEventKind.HandOver ? 1 << happens.Party : 0) | before.Set(p => p.Cure > 0 || p.Suspected > 0);
        if (happens.Kind == LifeEventKind.Day && before.Set(p => p.Cure == 1 || p.Suspected == 1) == 0)
        {
            // Suspected in this very step, and nobody in breach before it that it could have been freed by.
            had |= before.Set(p => p.Quiet == 1);
        }

        int rid = after.Set(p => p.Standing is LifeStanding.Waiting or LifeStanding.Withdrawn && !p.Marked && p.Suspected == 0);
        int shed = world.Terms.Probation == 0 || after.Stage == LifeStage.Released ? 0 : had & ~answered & rid;
        return shed == 0 ? null : $"{LifeStory.NamesOf(shed)} had a case to answer, and is free of it";
    }

    /// <summary>Nobody leaves a pause by being absorbed: who stands for a bound party is bound, unless its condition does not hold any more.</summary>
    public static LifeClaim NobodyEscapesByAMerger { get; } = new("nobody escapes by a merger", OfStep: (w, b, h, a) => OfNobodyEscapesByAMerger(w, b, h, a));

    private static string? OfNobodyEscapesByAMerger(LifeWorld world, Life before, LifeEvent happens, Life after)
    {
        if (happens.Kind != LifeEventKind.Succeed || before[happens.Party].Standing != LifeStanding.Bound || after.Bound == 0)
        {
            return null;
        }

        LifeWish wish = world.Wishes[before[happens.Party].Wish];
        int heirs = happens.Value & ~after.Bound & ~before.Bound;
        return heirs != 0 && PactLifeModel.Granted(world, after, wish, after.Bound | heirs, staying: true)
            ? $"{LifeStory.NamesOf(heirs)} stands for {LifeStory.Name(happens.Party)}, which was bound, and is free"
            : null;
    }

    /// <summary>I6. Days that pass in one go and one by one lead to the same.</summary>
    public static LifeClaim TimeIsOne { get; } = new("time passes alike in one step and in several", OfState: (w, a) => OfTimeIsOne(w, a));

    private static string? OfTimeIsOne(LifeWorld world, Life life)
    {
        Life oneByOne = life;
        for (int days = 2; days <= 4; days++)
        {
            oneByOne = PactLifeModel.AfterDays(world, days == 2 ? PactLifeModel.AfterDays(world, life, 1) : oneByOne, 1);
            if (!PactLifeModel.AfterDays(world, life, days).Equals(oneByOne))
            {
                return $"{days} days at one go lead elsewhere than one by one, to {LifeStory.Of(oneByOne)}";
            }
        }

        return null;
    }

    /// <summary>No rule asks for the names of parties: what happens under other names is the same under other names.</summary>
    public static LifeClaim NamesDoNotMatter(IReadOnlyList<IReadOnlyList<int>> renamings) =>
        new("names do not matter", OfStep: (w, b, h, a) => OfNames(w, b, h, a, renamings));

    private static string? OfNames(LifeWorld world, Life before, LifeEvent happens, Life after, IReadOnlyList<IReadOnlyList<int>> renamings)
    {
        foreach (IReadOnlyList<int> renaming in renamings)
        {
            if (happens.Kind is LifeEventKind.Succeed or LifeEventKind.OpenSealed)
            {
                continue;
            }

            bool aboutAParty = happens.Kind is not (LifeEventKind.Day or LifeEventKind.Pause or LifeEventKind.Release or LifeEventKind.MoveCompute);
            LifeEvent renamed = aboutAParty ? happens with { Party = renaming[happens.Party] } : happens;
            if (!after.Renamed(renaming).Equals(PactLifeModel.After(world, before.Renamed(renaming), renamed)))
            {
                return $"under other names ({string.Join(' ', renaming.Select(LifeStory.Name))}) it ends otherwise";
            }
        }

        return null;
    }

    /// <summary>I2. Whatever the others leave undone, a party comes to be free by withdrawing as soon as it may, and waiting.</summary>
    public static LifeClaim AnybodyCanComeToBeFree { get; } = new("anybody can come to be free", OfState: (w, a) => OfFreedom(w, a));

    private static string? OfFreedom(LifeWorld world, Life life)
    {
        for (int party = 0; party < life.Count; party++)
        {
            Life at = life;
            for (int day = 0; at[party].IsCandidate; day++)
            {
                if (day > MostDays)
                {
                    return $"{LifeStory.Name(party)} cannot come to be free: after {day} days, {LifeStory.Of(at)}";
                }

                at = PactLifeModel.After(world, at, new LifeEvent(LifeEventKind.Withdraw, party)) ?? at;
                at = PactLifeModel.AfterDays(world, at, 1);
            }
        }

        return null;
    }

    // No sum of terms in these worlds is longer.
    private const int MostDays = 16;

    /// <summary>All that need nothing else to be known.</summary>
    public static IReadOnlyList<LifeClaim> All { get; } =
    [
        NobodyIsBoundWithoutThoseItReliedOn, NobodyIsPledgedToLessThanItAsked, TheStageSaysWhoIsBound, WhoHasLeftKeepsNobodyBound,
        BindingIsSimultaneous, AnotherCommitmentFreesNobody, NobodyGoesRoundProbation, WhoConfirmedIsNotPutOnProbation, NobodyShedsACase,
        NobodyEscapesByAMerger, TimeIsOne,
        AnybodyCanComeToBeFree,
    ];
}
