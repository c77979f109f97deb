namespace Standstill.Model;

/// <summary>What one step of a party of the model asks of the others. Parties and pacts are numbers; nothing is shared with the code under test.</summary>
public abstract record Ask
{
    /// <summary>Nothing.</summary>
    public sealed record Nothing : Ask;

    /// <summary>At least so many of these names, and fewer to stay.</summary>
    public sealed record Some(int Count, int Stay, IReadOnlyList<int> Of, IReadOnlyList<int> Pacts, int SlowedBy, int Assurance) : Ask;

    /// <summary>At least so many parties, whoever they are.</summary>
    public sealed record Heads(int Count, int Stay, int SlowedBy, int Assurance) : Ask;

    /// <summary>At least so many countries.</summary>
    public sealed record Lands(int Count, int Stay, int SlowedBy, int Assurance) : Ask;

    /// <summary>At least so many hundredths of the compute that is counted or, with a confidence of 50 or 95, of the world's.</summary>
    public sealed record Hundredths(int Least, int Stay, int Confidence, int SlowedBy, int Assurance) : Ask;

    /// <summary>Both.</summary>
    public sealed record Both(Ask Left, Ask Right) : Ask;

    /// <summary>Either.</summary>
    public sealed record Either(Ask Left, Ask Right) : Ask;
}

/// <summary>What is known of the parties of the model.</summary>
/// <param name="Compute">Whole units of each party.</param>
/// <param name="Outside">Whole units that outsiders hold.</param>
/// <param name="World">Estimates of all there is: the middle and the high one of each source.</param>
/// <param name="Assurance">In per cent, 0 for none.</param>
/// <param name="Land">The country of each, -1 for none.</param>
/// <param name="Probation">Who counts for nobody.</param>
/// <param name="InPlaceOf">Bit set of who is there for each name: its own bit, unless it has merged or split.</param>
/// <param name="Pacts">Bit set of the bound members of each pact that counts as a party.</param>
public sealed record Known(
    IReadOnlyList<int> Compute,
    int Outside,
    IReadOnlyList<(int Middle, int High)> World,
    IReadOnlyList<int> Assurance,
    IReadOnlyList<int> Land,
    IReadOnlyList<bool> Probation,
    IReadOnlyList<int> InPlaceOf,
    IReadOnlyList<int> Pacts);

/// <summary>One step: how far, and what is asked for it.</summary>
public sealed record AskedStep(int Degree, Ask Ask);

/// <summary>The largest coalition with degrees by trying every way to choose a step, or none, for each party.</summary>
public static class GradedCoalitionModel
{
    /// <summary>The highest degree of each party over all choices in which what every party does is granted by what all do.</summary>
    /// <param name="steps">The steps of each party by rising degree; none for a party that has not committed.</param>
    /// <param name="known">What is known of the parties.</param>
    /// <param name="bound">How far each party is bound already, 0 where it is not.</param>
    public static int[] Largest(IReadOnlyList<IReadOnlyList<AskedStep>> steps, Known known, IReadOnlyList<int> bound)
    {
        int parties = steps.Count;
        var highest = new int[parties];
        var chosen = new int[parties];
        var degrees = new int[parties];
        while (true)
        {
            if (IsGranted(steps, known, bound, chosen, degrees))
            {
                for (int party = 0; party < parties; party++)
                {
                    highest[party] = Math.Max(highest[party], degrees[party]);
                }
            }

            int turn = 0;
            while (turn < parties && chosen[turn] == steps[turn].Count)
            {
                chosen[turn] = 0;
                degrees[turn] = 0;
                turn++;
            }

            if (turn == parties)
            {
                return highest;
            }

            degrees[turn] = steps[turn][chosen[turn]].Degree;
            chosen[turn]++;
        }
    }

    /// <summary>The size of the smallest set of further signers, who stop without asking, that satisfies a demand; -1 where none does.</summary>
    public static int SmallestHelp(
        IReadOnlyList<IReadOnlyList<AskedStep>> steps, Known known, IReadOnlyList<int> bound, IReadOnlyList<int> free, Func<int[], bool> does)
    {
        int best = -1;
        for (int signers = 0; signers < 1 << free.Count; signers++)
        {
            int size = 0;
            var signed = new List<IReadOnlyList<AskedStep>>(steps);
            for (int i = 0; i < free.Count; i++)
            {
                if ((signers & (1 << i)) != 0)
                {
                    signed[free[i]] = [new AskedStep(100, new Ask.Nothing())];
                    size++;
                }
            }

            if ((best < 0 || size < best) && does(Largest(signed, known, bound)))
            {
                best = size;
            }
        }

        return best;
    }

    private static bool IsGranted(IReadOnlyList<IReadOnlyList<AskedStep>> steps, Known known, IReadOnlyList<int> bound, int[] chosen, int[] degrees)
    {
        for (int party = 0; party < chosen.Length; party++)
        {
            if (chosen[party] > 0)
            {
                AskedStep step = steps[party][chosen[party] - 1];
                if (!Granted(step.Ask, degrees, known, step.Degree <= bound[party]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether an ask is granted by what every party does, to one that stays or joins.</summary>
    public static bool Granted(Ask ask, int[] degrees, Known known, bool stays)
    {
        switch (ask)
        {
            case Ask.Nothing:
                return true;
            case Ask.Some some:
                return NamesMet(some, degrees, known) >= (stays ? some.Stay : some.Count);
            case Ask.Heads heads:
                int present = 0;
                for (int party = 0; party < degrees.Length; party++)
                {
                    present += Counts(party, heads.SlowedBy, heads.Assurance, degrees, known) ? 1 : 0;
                }

                return present >= (stays ? heads.Stay : heads.Count);
            case Ask.Lands lands:
                int seen = 0;
                int different = 0;
                for (int party = 0; party < degrees.Length; party++)
                {
                    int land = known.Land[party];
                    if (land >= 0 && (seen & (1 << land)) == 0 && Counts(party, lands.SlowedBy, lands.Assurance, degrees, known))
                    {
                        seen |= 1 << land;
                        different++;
                    }
                }

                return different >= (stays ? lands.Stay : lands.Count);
            case Ask.Hundredths part:
                int inside = 0;
                int all = known.Outside;
                for (int party = 0; party < degrees.Length; party++)
                {
                    all += known.Compute[party];
                    inside += Counts(party, part.SlowedBy, part.Assurance, degrees, known) ? known.Compute[party] : 0;
                }

                if (part.Confidence > 0)
                {
                    if (known.World.Count == 0)
                    {
                        return false;
                    }

                    var estimates = new List<int>();
                    foreach ((int middle, int high) in known.World)
                    {
                        estimates.Add(part.Confidence == 50 ? middle : high);
                    }

                    estimates.Sort();
                    all = Math.Max(all, estimates[estimates.Count / 2]);
                }

                return all > 0 && inside * 100 >= (stays ? part.Stay : part.Least) * all;
            case Ask.Both both:
                return Granted(both.Left, degrees, known, stays) && Granted(both.Right, degrees, known, stays);
            case Ask.Either either:
                return Granted(either.Left, degrees, known, stays) || Granted(either.Right, degrees, known, stays);
            default:
                throw new InvalidOperationException("an ask without a meaning");
        }
    }

    // Names that the same parties stand for are counted once.
    private static int NamesMet(Ask.Some some, int[] degrees, Known known)
    {
        int met = 0;
        for (int i = 0; i < some.Of.Count; i++)
        {
            int standFor = known.InPlaceOf[some.Of[i]];
            bool counted = false;
            for (int before = 0; before < i; before++)
            {
                counted |= known.InPlaceOf[some.Of[before]] == standFor;
            }

            bool all = !counted;
            for (int party = 0; party < degrees.Length && all; party++)
            {
                all = (standFor & (1 << party)) == 0 || Counts(party, some.SlowedBy, some.Assurance, degrees, known);
            }

            met += all ? 1 : 0;
        }

        foreach (int pact in some.Pacts)
        {
            bool any = false;
            for (int party = 0; party < degrees.Length; party++)
            {
                any |= (known.Pacts[pact] & (1 << party)) != 0 && Counts(party, some.SlowedBy, some.Assurance, degrees, known);
            }

            met += any ? 1 : 0;
        }

        return met;
    }

    private static bool Counts(int party, int slowedBy, int assurance, int[] degrees, Known known)
    {
        bool elsewhere = false;
        for (int pact = 0; pact < known.Pacts.Count; pact++)
        {
            elsewhere |= (known.Pacts[pact] & (1 << party)) != 0;
        }

        return (elsewhere || degrees[party] >= slowedBy) && !known.Probation[party] && known.Assurance[party] >= assurance;
    }
}
