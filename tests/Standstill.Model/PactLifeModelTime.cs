namespace Standstill.Model;

/// <content>What happens by the passage of time alone.</content>
public static partial class PactLifeModel
{
    // The order in which deadlines of one instant pass.
    private enum Deadline
    {
        CureEnds,
        SuspicionEnds,
        SilenceEnds,
        RulingsLapse,
        WithdrawalEnds,
        ProbationEnds,
        PreparationEnds,
        PauseEnds,
        LiftingEnds,
        NoticeEnds,
    }

    private static readonly Deadline[] InOrder = Enum.GetValues<Deadline>();

    /// <summary>Lets days pass at one go: from deadline to deadline.</summary>
    public static Life AfterDays(LifeWorld world, Life before, int days)
    {
        Life life = before.Copy();
        PassDays(world, life, days);
        return life;
    }

    private static void PassDays(LifeWorld world, Life life, int days)
    {
        while (days > 0)
        {
            int step = Math.Min(days, Next(life));
            days -= step;
            Elapse(life, step);
            if (world.Amendments.HasFlag(LifeAmendments.ProbationEndsFirst))
            {
                Pass(world, life, Deadline.ProbationEnds);
            }

            foreach (Deadline deadline in InOrder)
            {
                Pass(world, life, deadline);
            }
        }
    }

    // Days until the next deadline. The end of a blackout is none: nothing happens at it.
    private static int Next(Life life)
    {
        int next = life.Clock > 0 ? life.Clock : int.MaxValue;
        foreach (PartyLife p in life.Parties)
        {
            foreach (int clock in (ReadOnlySpan<int>)[p.Leaves, p.Probation, p.Accused == Endless ? 0 : p.Accused, p.Cure, p.Quiet, p.Suspected])
            {
                next = clock > 0 ? Math.Min(next, clock) : next;
            }
        }

        return next;
    }

    private static void Elapse(Life life, int days)
    {
        life.Clock = Run(life.Clock);
        life.Blackout = Math.Max(0, life.Blackout - days);
        for (int who = 0; who < life.Count; who++)
        {
            ref PartyLife party = ref life.Parties[who];
            party.Leaves = Run(party.Leaves);
            party.Probation = Run(party.Probation);
            party.Accused = party.Accused == Endless ? Endless : Run(party.Accused);
            party.Cure = Run(party.Cure);
            party.Quiet = Run(party.Quiet);
            party.Suspected = Run(party.Suspected);
        }

        int Run(int clock) => clock == 0 ? 0 : clock > days ? clock - days : Due;
    }

    private static void Pass(LifeWorld world, Life life, Deadline deadline)
    {
        if (deadline >= Deadline.PreparationEnds)
        {
            if (life.Clock == Due && IsOf(life.Stage, deadline))
            {
                life.Clock = 0;
                PassOfPact(world, life);
                Settle(world, life);
            }

            return;
        }

        bool any = false;
        for (int who = 0; who < life.Count; who++)
        {
            bool wasPledged = life[who].IsPledged;
            if (PassOfParty(world, ref life.Parties[who], deadline))
            {
                any = true;
                if (wasPledged && !life[who].IsPledged)
                {
                    Unconfirm(life);
                }

                if (!world.Amendments.HasFlag(LifeAmendments.Together))
                {
                    Settle(world, life);
                }
            }
        }

        if (any)
        {
            Settle(world, life);
        }
    }

    private static bool IsOf(LifeStage stage, Deadline deadline) => (stage, deadline) switch
    {
        (LifeStage.Preparing, Deadline.PreparationEnds) => true,
        (LifeStage.InForce, Deadline.PauseEnds) => true,
        (LifeStage.Lifting, Deadline.LiftingEnds) => true,
        (LifeStage.InNotice, Deadline.NoticeEnds) => true,
        _ => false,
    };

    private static bool PassOfParty(LifeWorld world, ref PartyLife party, Deadline deadline)
    {
        switch (deadline)
        {
            case Deadline.ProbationEnds when party.Probation == Due:
                party.Probation = 0;
                party.Marked &= party.Standing is LifeStanding.InBreach or LifeStanding.DroppedOut;
                return true;
            case Deadline.CureEnds when party.Cure == Due:
            case Deadline.SuspicionEnds when party.Suspected == Due:
                Part(world, ref party, LifeStanding.InBreach);
                party.Marked = world.Terms.Probation > 0;
                return true;
            case Deadline.SilenceEnds when party.Quiet == Due:
                (party.Quiet, party.Suspected) = (0, world.Terms.Cure);
                StartProbationAgain(world, ref party);
                return true;
            case Deadline.RulingsLapse when party.Accused == Due:
                party.Accused = 0;
                return true;
            case Deadline.WithdrawalEnds when party.Leaves == Due:
                Part(world, ref party, LifeStanding.Withdrawn);
                return true;
            default:
                return false;
        }
    }

    private static void PassOfPact(LifeWorld world, Life life)
    {
        switch (life.Stage)
        {
            case LifeStage.Preparing:
                EndPreparation(world, life);
                break;
            case LifeStage.InForce:
                EndOrGoOn(world, life);
                break;
            case LifeStage.Lifting:
                EndForAll(life);
                break;
            case LifeStage.InNotice:
                Begin(world, life);
                break;
            default:
                throw new InvalidOperationException("a stage without a clock");
        }
    }

    // L6.
    private static void EndPreparation(LifeWorld world, Life life)
    {
        for (int who = 0; who < life.Count; who++)
        {
            ref PartyLife party = ref life.Parties[who];
            if (party.Standing == LifeStanding.Pledged)
            {
                bool marked = party.Marked || !(party.Confirmed && world.Amendments.HasFlag(LifeAmendments.ConfirmedIsUnmarked));
                Part(world, ref party, LifeStanding.DroppedOut);
                party.Marked = marked && world.Terms.Probation > 0;
            }
        }

        int ready = life.Set(p => p.Standing == LifeStanding.Ready);
        int members = Largest(world, life, ready, incumbents: 0);
        foreach (int free in Members(ready & ~members))
        {
            Free(world, ref life.Parties[free]);
        }

        if (members == 0)
        {
            OpenAgain(life);
        }
        else
        {
            BindAll(world, life, members);
        }
    }

    // L14, L13.
    private static void EndOrGoOn(LifeWorld world, Life life)
    {
        int bound = life.Bound;
        int agreed = Largest(world, life, bound & life.Set(p => p.Extends > 0), incumbents: bound);
        if (agreed == 0)
        {
            EndPause(world, life);
            return;
        }

        life.Clock = Members(agreed).Min(p => life[p].Extends);
        foreach (int other in Members(bound & ~agreed))
        {
            Part(world, ref life.Parties[other], LifeStanding.Released);
        }

        foreach (int member in Members(agreed))
        {
            life.Parties[member].Extends = 0;
        }
    }
}
