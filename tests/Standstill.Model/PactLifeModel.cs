namespace Standstill.Model;

/// <summary>The life of a pact, rule by rule: an executable specification, slow and obvious, that shares nothing with the code under test.</summary>
/// <remarks>Time is whole days. A deadline passes before what happens on its day. Everything that happens is followed by settling:
/// the coalition is taken again, and what follows from it happens at the same instant.</remarks>
public static partial class PactLifeModel
{
    // A clock that has just run out, until its deadline has passed within the same step.
    private const int Due = -1;

    // The clock of an allegation that no time ends, in a pact of version 1.
    private const int Endless = 3;

    /// <summary>A pact that nobody has committed to.</summary>
    public static Life Opened(LifeWorld world)
    {
        var life = new Life(world.Parties);
        for (int party = 0; party < world.Parties; party++)
        {
            life.Parties[party].Assured = true;
        }

        return life;
    }

    /// <summary>Everything that might happen in a world, refused or not.</summary>
    public static IReadOnlyList<LifeEvent> EventsOf(LifeWorld world)
    {
        List<LifeEvent> events = [new(LifeEventKind.Day)];
        foreach (LifeEventKind kind in world.Events)
        {
            switch (kind)
            {
                case LifeEventKind.Pause or LifeEventKind.Release or LifeEventKind.MoveCompute:
                    events.Add(new LifeEvent(kind));
                    break;
                case LifeEventKind.Succeed:
                    events.AddRange(world.Successions.Select(s => new LifeEvent(kind, s.Party, s.Successors)));
                    break;
                case LifeEventKind.OpenSealed:
                    events.AddRange(world.Seals.Select(s => new LifeEvent(kind, 0, s)));
                    break;
                case LifeEventKind.Commit:
                    events.AddRange(Enumerable.Range(0, world.Parties).SelectMany(p => world.WishesOf[p].Select(w => new LifeEvent(kind, p, w))));
                    break;
                case LifeEventKind.Extend:
                    events.AddRange(Enumerable.Range(0, world.Parties).SelectMany(p => world.Extensions.Select(d => new LifeEvent(kind, p, d))));
                    break;
                default:
                    events.AddRange(Enumerable.Range(0, world.Parties).Select(p => new LifeEvent(kind, p)));
                    break;
            }
        }

        return events;
    }

    /// <summary>What follows when something happens; null where it is refused.</summary>
    public static Life? After(LifeWorld world, Life before, LifeEvent happens)
    {
        Life life = before.Copy();
        if (happens.Kind == LifeEventKind.Day)
        {
            PassDays(world, life, 1);
            return life;
        }

        if (life.Stage == LifeStage.Released || !Happens(world, life, happens))
        {
            return null;
        }

        Settle(world, life);
        return happens.Kind != LifeEventKind.OpenSealed || AllIn(life, happens.Value) ? life : null;
    }

    private static bool Happens(LifeWorld world, Life life, LifeEvent happens)
    {
        ref PartyLife party = ref life.Parties[happens.Party];
        switch (happens.Kind)
        {
            case LifeEventKind.Commit:
                return Commit(world, life, happens.Party, happens.Value);

            case LifeEventKind.OpenSealed:
                return life.Stage is LifeStage.Open or LifeStage.Armed
                    && Members(happens.Value).All(p => Commit(world, life, p, world.WishesOf[p][0]));

            case LifeEventKind.Withdraw:
                return Withdraw(world, life, happens.Party);

            case LifeEventKind.Ready:
                if (life.Stage != LifeStage.Preparing || party.Standing != LifeStanding.Pledged)
                {
                    return false;
                }

                party.Standing = LifeStanding.Ready;
                party.Confirmed = true;
                return true;

            case LifeEventKind.Pause:
                life.Pause = !life.Pause;
                return true;

            case LifeEventKind.Release:
                life.Release = !life.Release;
                return true;

            case LifeEventKind.MoveCompute:
                life.Compute = (life.Compute + 1) % world.Compute.Count;
                return true;

            case LifeEventKind.Assurance:
                party.Assured = !party.Assured;
                return true;

            case LifeEventKind.Allege:
                if (!Holds(life) || party.Standing != LifeStanding.Bound || party.Accused > 0 || party.Cure > 0)
                {
                    return false;
                }

                party.Accused = world.Terms.Rulings == 0 ? Endless : world.Terms.Rulings;
                return true;

            case LifeEventKind.Uphold:
                return party.Accused > 0 && Uphold(world, ref party);

            case LifeEventKind.Dismiss:
                (bool open, party.Accused) = (party.Accused > 0, 0);
                return open;

            case LifeEventKind.FindCured:
                (bool upheld, party.Cure) = (party.Cure > 0, 0);
                return upheld;

            case LifeEventKind.HandOver:
                if (!Holds(life) || party.Standing != LifeStanding.Bound || party.Handed || party.Accused > 0 || party.Cure > 0)
                {
                    return false;
                }

                party.Handed = true;
                return Uphold(world, ref party);

            case LifeEventKind.Discharge:
                if (!IsOwing(world, life, party) && party.Suspected == 0)
                {
                    return false;
                }

                (party.Suspected, party.Quiet) = (0, IsOwing(world, life, party) ? world.Terms.Quiet : 0);
                return true;

            case LifeEventKind.AgreeToRelease:
                if (life.Stage is not (LifeStage.InNotice or LifeStage.InForce) || party.Standing != LifeStanding.Bound || party.AgreesToRelease)
                {
                    return false;
                }

                return party.AgreesToRelease = true;

            case LifeEventKind.Extend:
                if (life.Stage != LifeStage.InForce || life.Clock == 0 || party.Standing != LifeStanding.Bound || party.Extends > 0)
                {
                    return false;
                }

                party.Extends = happens.Value;
                return true;

            case LifeEventKind.Succeed:
                return Succeed(world, life, happens.Party, happens.Value);

            default:
                throw new InvalidOperationException("an event without a rule");
        }
    }

    // L1, L12.
    private static bool Commit(LifeWorld world, Life life, int who, int wish)
    {
        ref PartyLife party = ref life.Parties[who];
        if (life.Stage is LifeStage.Lifting or LifeStage.Released || party.IsCandidate || party.Successors != 0)
        {
            return false;
        }

        bool again = IsTainted(world, party);
        (party.Standing, party.Wish, party.Probation) = (LifeStanding.Waiting, wish, again ? world.Terms.Probation : 0);
        return true;
    }

    // L8.
    private static bool Withdraw(LifeWorld world, Life life, int who)
    {
        ref PartyLife party = ref life.Parties[who];
        if (!party.IsCandidate || party.Leaves > 0)
        {
            return false;
        }

        if (party.Standing == LifeStanding.Waiting)
        {
            Part(world, ref party, LifeStanding.Withdrawn);
            return true;
        }

        party.Leaves = world.Terms.Withdrawal;
        return life.Blackout == 0;
    }

    // L10, L12.
    private static bool Uphold(LifeWorld world, ref PartyLife party)
    {
        (party.Accused, party.Cure) = (0, world.Terms.Cure);
        StartProbationAgain(world, ref party);
        return true;
    }

    private static void StartProbationAgain(LifeWorld world, ref PartyLife party) =>
        party.Probation = party.Probation == 0 ? 0 : world.Terms.Probation;

    // L15.
    private static bool Succeed(LifeWorld world, Life life, int who, int successors)
    {
        PartyLife old = life.Parties[who];
        if (old.Successors != 0 || IsLeftOut(life, old, successors) || Members(successors).Any(s => life.Parties[s].Successors != 0))
        {
            return false;
        }

        bool passes = old.IsCandidate || IsTainted(world, old);
        foreach (int heir in Members(passes ? successors : 0))
        {
            Inherit(world, ref life.Parties[heir], old);
        }

        if (passes)
        {
            life.Parties[who] = new PartyLife { Standing = LifeStanding.Succeeded, Assured = old.Assured, Handed = old.Handed };
        }

        life.Parties[who].Successors = successors;
        if (life.Stage == LifeStage.Preparing && old.IsPledged)
        {
            Unconfirm(life);
        }

        return true;
    }

    private static void Inherit(LifeWorld world, ref PartyLife heir, PartyLife old)
    {
        bool strongerPasses = world.Amendments.HasFlag(LifeAmendments.BoundPasses);
        bool own = heir.IsCandidate && !(strongerPasses && old.IsCandidate && old.Standing > heir.Standing);
        if (own)
        {
            // Its own record decides of it; an accusation is still to be answered.
            if (heir.Standing == LifeStanding.Bound && old.Standing == LifeStanding.Bound)
            {
                (heir.Accused, heir.Cure) = (heir.Accused + old.Accused, heir.Cure + old.Cure);
            }

            return;
        }

        int suspected = heir.Suspected;
        bool tainted = IsTainted(world, heir);
        if (strongerPasses && !old.IsCandidate && tainted)
        {
            return;
        }

        // With the amendment what is bound passes as it is. What is not takes the successor's own mark with it, and so its probation.
        bool mark = tainted && old.IsCandidate && world.Amendments.HasFlag(LifeAmendments.MarkStays)
            && !(strongerPasses && old.Standing == LifeStanding.Bound);
        heir = old with
        {
            Assured = heir.Assured,
            Handed = heir.Handed,
            Successors = 0,
            Marked = old.Marked || (heir.Marked && !(strongerPasses && old.Standing == LifeStanding.Bound)),
            Probation = mark ? world.Terms.Probation : old.Probation,
        };
        if (strongerPasses && suspected > 0)
        {
            // It still has to answer for its own silence.
            (heir.Suspected, heir.Quiet) = (old.Suspected > 0 ? Math.Min(old.Suspected, suspected) : suspected, 0);
        }
    }

    // L12. Whether a new commitment is on probation.
    private static bool IsTainted(LifeWorld world, PartyLife party)
    {
        bool isOut = party.Standing == LifeStanding.InBreach
            || (party.Standing == LifeStanding.DroppedOut && (party.Marked || !world.Amendments.HasFlag(LifeAmendments.ConfirmedIsUnmarked)));
        return isOut || (world.Amendments.HasFlag(LifeAmendments.MarkStays) && party.Probation != 0);
    }

    private static bool Holds(Life life) => life.Stage is LifeStage.InForce or LifeStage.Lifting;

    // The model keeps one allegation a party and one party an allegation: a merger of two that are accused is left out, and so is a split
    // of one that is.
    private static bool IsLeftOut(Life life, PartyLife old, int successors) =>
        old.Accused + old.Cure > 0
        && (int.PopCount(successors) > 1 || Members(successors).Any(s => life.Parties[s].Accused + life.Parties[s].Cure > 0));

    private static bool IsOwing(LifeWorld world, Life life, PartyLife party) =>
        world.Terms.Quiet > 0 && Holds(life) && party.Standing == LifeStanding.Bound;

    private static bool AllIn(Life life, int set) =>
        Members(set).All(p => life.Parties[p].IsPledged || life.Parties[p].Standing == LifeStanding.Bound);

    private static void Unconfirm(Life life)
    {
        for (int p = 0; p < life.Count; p++)
        {
            if (life.Parties[p].Standing == LifeStanding.Ready)
            {
                life.Parties[p].Standing = LifeStanding.Pledged;
            }
        }
    }

    // Everything that hangs on a standing commitment ends with it, but for the marks of what was not lived through or answered.
    private static void Part(LifeWorld world, ref PartyLife party, LifeStanding standing)
    {
        bool suspicionStays = world.Amendments.HasFlag(LifeAmendments.SuspicionStays) && party.Suspected != 0;
        bool marks = world.Terms.Probation > 0
            && ((suspicionStays && standing != LifeStanding.Waiting) || (party.Cure != 0 && standing != LifeStanding.InBreach && world.Amendments.HasFlag(LifeAmendments.CaseMarks)));
        int left = world.Amendments.HasFlag(LifeAmendments.MarkStays) || standing == LifeStanding.Waiting ? party.Probation : 0;
        party = new PartyLife
        {
            Standing = standing,
            Assured = party.Assured,
            Handed = party.Handed,
            Successors = party.Successors,
            Marked = party.Marked || marks,
            Probation = marks ? world.Terms.Probation : left,
            Suspected = suspicionStays && standing == LifeStanding.Waiting ? party.Suspected : 0,
            Wish = standing == LifeStanding.Waiting ? party.Wish : 0,
        };
    }

    // Snap-back: who is free waits again, unless it had given notice, in which case it leaves.
    private static void Free(LifeWorld world, ref PartyLife party) =>
        Part(world, ref party, party.Leaves != 0 ? LifeStanding.Withdrawn : LifeStanding.Waiting);

    /// <summary>The parties of a set.</summary>
    public static IEnumerable<int> Members(int set)
    {
        for (int party = 0; 1 << party <= set; party++)
        {
            if ((set & (1 << party)) != 0)
            {
                yield return party;
            }
        }
    }
}
