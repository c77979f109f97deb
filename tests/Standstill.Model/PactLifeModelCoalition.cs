namespace Standstill.Model;

/// <content>Who is in: every set is tried.</content>
public static partial class PactLifeModel
{
    /// <summary>The union of all sets of candidates in which each member's wish is granted by the set.</summary>
    public static int Largest(LifeWorld world, Life life, int candidates, int incumbents)
    {
        int union = 0;
        for (int set = candidates; set > 0; set = (set - 1) & candidates)
        {
            if ((set & ~union) != 0 && IsCoalition(world, life, set, incumbents))
            {
                union |= set;
            }
        }

        return union;
    }

    /// <summary>Whether each member's wish is granted by the set.</summary>
    public static bool IsCoalition(LifeWorld world, Life life, int set, int incumbents)
    {
        for (int party = 0; party < life.Count; party++)
        {
            if ((set & (1 << party)) != 0 && !Granted(world, life, world.Wishes[life[party].Wish], set, (incumbents & (1 << party)) != 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a set grants a wish. Who is on probation counts for nobody, not for itself either.</summary>
    public static bool Granted(LifeWorld world, Life life, LifeWish wish, int set, bool staying)
    {
        switch (wish)
        {
            case LifeWish.Nothing:
                return true;
            case LifeWish.All all:
                return all.Of.All(p => Counts(life, p, set, all.Assured));
            case LifeWish.Some some:
                // One party counts once, however many of the listed names are now its own.
                int names = some.Of.Where(p => Counts(life, p, set, some.Assured)).Select(p => Standing(life, p)).Distinct().Count();
                return names >= (staying ? some.Staying : some.Least);
            case LifeWish.Hundredths share:
                IReadOnlyList<int> compute = world.Compute[life.Compute];
                int inside = 0;
                int total = 0;
                for (int party = 0; party < life.Count; party++)
                {
                    total += compute[party];
                    bool counts = (set & (1 << party)) != 0 && life[party].Probation == 0 && !life[party].Handed;
                    inside += counts ? compute[party] : 0;
                }

                return inside * 100 >= (staying ? share.Staying : share.Least) * total;
            case LifeWish.Both both:
                return Granted(world, life, both.Left, set, staying) && Granted(world, life, both.Right, set, staying);
            case LifeWish.Either either:
                return Granted(world, life, either.Left, set, staying) || Granted(world, life, either.Right, set, staying);
            default:
                throw new InvalidOperationException("a wish without a meaning");
        }
    }

    // A name counts when all who stand for it do.
    private static bool Counts(Life life, int name, int set, bool assured)
    {
        PartyLife party = life[name];
        return party.Successors != 0
            ? Members(party.Successors).All(s => Counts(life, s, set, assured))
            : (set & (1 << name)) != 0 && party.Probation == 0 && (!assured || (party.Assured && party.Suspected == 0));
    }

    /// <summary>Who stands for a name in the end, one bit a party.</summary>
    public static int Standing(Life life, int name) => life[name].Successors == 0
        ? 1 << name
        : Members(life[name].Successors).Aggregate(0, (set, s) => set | Standing(life, s));
}
