namespace Standstill.Model;

/// <content>What follows from a change, at the same instant.</content>
public static partial class PactLifeModel
{
    private static void Settle(LifeWorld world, Life life)
    {
        bool isVersion1 = world.Terms.Prepare == 0;
        switch (life.Stage)
        {
            case LifeStage.Open or LifeStage.Armed:
                SettleBeforeTheCall(world, life, isVersion1 ? LifeStanding.Bound : LifeStanding.Pledged);
                break;
            case LifeStage.Preparing:
                SettlePreparation(world, life);
                break;
            case LifeStage.InNotice or LifeStage.InForce:
                SettlePause(world, life);
                break;
            case LifeStage.Lifting:
                SettleLifting(world, life);
                break;
            default:
                break;
        }
    }

    // L1, L2, L3.
    private static void SettleBeforeTheCall(LifeWorld world, Life life, LifeStanding inside)
    {
        int candidates = life.Set(p => p.IsCandidate);
        int members = Largest(world, life, candidates, incumbents: 0);
        for (int who = 0; who < life.Count; who++)
        {
            ref PartyLife party = ref life.Parties[who];
            bool isIn = (members & (1 << who)) != 0;
            if (isIn && party.Standing == LifeStanding.Waiting)
            {
                party.Standing = inside;
            }
            else if (!isIn && party.Standing == inside)
            {
                Free(world, ref party);
            }
        }

        life.Stage = members == 0 ? LifeStage.Open : LifeStage.Armed;
        if (members != 0 && life.Pause && !life.Release)
        {
            Call(world, life, members);
        }
    }

    private static void Call(LifeWorld world, Life life, int members)
    {
        life.Blackout = world.Terms.Blackout;
        if (world.Terms.Prepare == 0)
        {
            BindAll(world, life, members);
        }
        else
        {
            (life.Stage, life.Clock) = (LifeStage.Preparing, world.Terms.Prepare);
        }
    }

    // L5, L7.
    private static void SettlePreparation(LifeWorld world, Life life)
    {
        if (life.Release)
        {
            EndForAll(life);
            return;
        }

        int before = life.Set(p => p.IsPledged);
        int members = Largest(world, life, before, incumbents: 0);
        if (members != before || before == 0)
        {
            Unconfirm(life);
            foreach (int free in Members(before & ~members))
            {
                Free(world, ref life.Parties[free]);
            }
        }

        if (members == 0)
        {
            OpenAgain(life);
            Settle(world, life);
        }
        else if (life.Set(p => p.Standing == LifeStanding.Ready) == members)
        {
            BindAll(world, life, members);
            Settle(world, life);
        }
    }

    // L1, L11, L13.
    private static void SettlePause(LifeWorld world, Life life)
    {
        int bound = life.Bound;
        int members = Largest(world, life, life.Set(p => p.IsCandidate), incumbents: bound);
        foreach (int free in Members(bound & ~members))
        {
            Free(world, ref life.Parties[free]);
        }

        foreach (int joining in Members(members & ~bound))
        {
            Bind(world, life, ref life.Parties[joining]);
        }

        if (members == 0)
        {
            OpenAgain(life);
            Settle(world, life);
            return;
        }

        int agreed = life.Set(p => p.AgreesToRelease);
        if (life.Release || (agreed != 0 && int.PopCount(agreed) * 100 >= world.Terms.ReleasePercent * int.PopCount(members)))
        {
            EndPause(world, life);
        }
    }

    // Nobody joins a pause that is ending; the last to leave it ends it.
    private static void SettleLifting(LifeWorld world, Life life)
    {
        int bound = life.Bound;
        int members = Largest(world, life, bound, incumbents: bound);
        foreach (int free in Members(bound & ~members))
        {
            Free(world, ref life.Parties[free]);
        }

        if (members == 0)
        {
            EndForAll(life);
        }
    }

    // L5, L6: all at one instant.
    private static void BindAll(LifeWorld world, Life life, int members)
    {
        life.Stage = LifeStage.InNotice;
        life.Clock = world.Terms.Notice;
        foreach (int member in Members(members))
        {
            Bind(world, life, ref life.Parties[member]);
        }

        if (world.Terms.Notice == 0)
        {
            Begin(world, life);
        }
    }

    private static void Bind(LifeWorld world, Life life, ref PartyLife party)
    {
        party.Standing = LifeStanding.Bound;
        party.Confirmed = false;
        party.Quiet = life.Stage == LifeStage.InForce && party.Suspected == 0 ? world.Terms.Quiet : 0;
    }

    private static void Begin(LifeWorld world, Life life)
    {
        life.Stage = LifeStage.InForce;
        life.Clock = world.Terms.Longest;
        foreach (int member in Members(life.Bound))
        {
            life.Parties[member].Quiet = life[member].Suspected == 0 ? world.Terms.Quiet : 0;
        }
    }

    private static void OpenAgain(Life life) => (life.Stage, life.Clock, life.Blackout) = (LifeStage.Open, 0, 0);

    // L13.
    private static void EndPause(LifeWorld world, Life life)
    {
        if (life.Stage != LifeStage.InForce || world.Terms.Lifting == 0)
        {
            EndForAll(life);
            return;
        }

        (life.Stage, life.Clock) = (LifeStage.Lifting, world.Terms.Lifting);
        for (int who = 0; who < life.Count; who++)
        {
            (life.Parties[who].AgreesToRelease, life.Parties[who].Extends) = (false, 0);
        }
    }

    private static void EndForAll(Life life)
    {
        (life.Stage, life.Clock, life.Blackout) = (LifeStage.Released, 0, 0);
        for (int who = 0; who < life.Count; who++)
        {
            ref PartyLife party = ref life.Parties[who];
            LifeStanding end = party.Standing == LifeStanding.Bound ? LifeStanding.Released : party.IsCandidate ? LifeStanding.Lapsed : party.Standing;
            party = new PartyLife { Standing = end, Assured = party.Assured, Handed = party.Handed, Successors = party.Successors };
        }
    }
}
