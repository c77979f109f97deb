namespace Standstill.Model;

/// <summary>What a party of the model asks of the others. Parties are numbers; nothing is shared with the code under test.</summary>
public abstract record Wish
{
    /// <summary>Nothing.</summary>
    public sealed record Nothing : Wish;

    /// <summary>At least so many of these.</summary>
    public sealed record Some(int Count, IReadOnlyList<int> Of) : Wish;

    /// <summary>At least so many hundredths of all compute.</summary>
    public sealed record Hundredths(int Least) : Wish;

    /// <summary>Both.</summary>
    public sealed record Both(Wish Left, Wish Right) : Wish;

    /// <summary>Either.</summary>
    public sealed record Either(Wish Left, Wish Right) : Wish;
}

/// <summary>The largest coalition by trying every set of parties.</summary>
public static class CoalitionModel
{
    /// <summary>The union of all sets in which each member's wish is granted by the set: bit i stands for party i.</summary>
    /// <param name="wishes">The wish of each party that has one; null for a party that has not committed.</param>
    /// <param name="compute">Whole units of compute of each party.</param>
    public static int Largest(IReadOnlyList<Wish?> wishes, IReadOnlyList<int> compute)
    {
        int union = 0;
        for (int set = 0; set < 1 << wishes.Count; set++)
        {
            if (IsCoalition(set, wishes, compute))
            {
                union |= set;
            }
        }

        return union;
    }

    /// <summary>Whether every member of a set has committed and has its wish granted by the set.</summary>
    public static bool IsCoalition(int set, IReadOnlyList<Wish?> wishes, IReadOnlyList<int> compute)
    {
        for (int party = 0; party < wishes.Count; party++)
        {
            if (Contains(set, party) && !(wishes[party] is { } wish && Granted(wish, set, compute)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The size of the smallest set of further signers, without wishes, that brings a party in; -1 where none does.</summary>
    public static int SmallestHelp(IReadOnlyList<Wish?> wishes, IReadOnlyList<int> compute, int waiting)
    {
        int best = -1;
        for (int signers = 0; signers < 1 << wishes.Count; signers++)
        {
            var signed = new List<Wish?>(wishes);
            bool free = true;
            int size = 0;
            for (int party = 0; party < wishes.Count; party++)
            {
                if (Contains(signers, party))
                {
                    free &= wishes[party] is null;
                    signed[party] = new Wish.Nothing();
                    size++;
                }
            }

            if (free && (best < 0 || size < best) && Contains(Largest(signed, compute), waiting))
            {
                best = size;
            }
        }

        return best;
    }

    /// <summary>Whether a set grants a wish; in whole numbers, so that nothing is rounded.</summary>
    public static bool Granted(Wish wish, int set, IReadOnlyList<int> compute)
    {
        switch (wish)
        {
            case Wish.Nothing:
                return true;
            case Wish.Some some:
                int present = 0;
                foreach (int party in some.Of)
                {
                    present += Contains(set, party) ? 1 : 0;
                }

                return present >= some.Count;
            case Wish.Hundredths hundredths:
                int inside = 0;
                int all = 0;
                for (int party = 0; party < compute.Count; party++)
                {
                    all += compute[party];
                    inside += Contains(set, party) ? compute[party] : 0;
                }

                return all > 0 && inside * 100 >= hundredths.Least * all;
            case Wish.Both both:
                return Granted(both.Left, set, compute) && Granted(both.Right, set, compute);
            case Wish.Either either:
                return Granted(either.Left, set, compute) || Granted(either.Right, set, compute);
            default:
                throw new InvalidOperationException("a wish without a meaning");
        }
    }

    private static bool Contains(int set, int party) => (set & (1 << party)) != 0;
}
