using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>How far single figures may change before a coalition becomes another.</summary>
/// <param name="Parties">Everybody who has committed or has accounted compute, in the order of names.</param>
/// <param name="World">By which factor all estimates of world compute may be multiplied; null where there are none.</param>
public sealed record Sensitivity(ImmutableArray<PartySensitivity> Parties, Leeway? World)
{
    /// <summary>The values of one figure at which a comparison turns that are passed over at most, looking for one that changes the coalition.</summary>
    public const int WorkLimit = 256;

    private const double MostFactor = 1e12;

    /// <summary>Measures a coalition. Each figure is changed alone.</summary>
    public static Sensitivity Of(Coalition coalition) => new(
        [
            .. coalition.Candidates.Select(c => c.Party).Union(coalition.Facts.Shares.FlopPerSecond.Keys).Order()
                .Select(p => new PartySensitivity(p, OfCompute(coalition, p), OfAssurance(coalition, p))),
        ],
        coalition.Facts.World.IsEmpty ? null : OfWorld(coalition));

    private static Leeway OfCompute(Coalition coalition, PartyId party)
    {
        double present = coalition.Facts.Shares.FlopPerSecond.GetValueOrDefault(party);
        return new Leeway(present, Along(coalition, party, present, up: false), Along(coalition, party, present, up: true));
    }

    // More compute of one party raises some shares and lowers others, so that the coalition need not change in one direction. But
    // as long as every comparison that the solution makes comes out the same, so does the solution. So walk from one value at
    // which a comparison turns to the next, until the coalition is another.
    private static Breakpoint Along(Coalition coalition, PartyId party, double present, bool up)
    {
        double at = present;
        for (int passed = 0; passed < WorkLimit; passed++)
        {
            double? turn = NextTurn(coalition, party, at, up);
            if (turn is not { } value)
            {
                return new Breakpoint.Never();
            }

            at = value;
            Coalition other = coalition.IfKnown(With(coalition.Facts, party, at));
            if (!Same(coalition, other))
            {
                return Changed(coalition, other, at);
            }
        }

        return new Breakpoint.NotFoundUpTo(at);
    }

    // The first value beyond the present at which a comparison made on the way to the solution comes out otherwise.
    private static double? NextTurn(Coalition coalition, PartyId party, double at, bool up)
    {
        PartyFacts facts = With(coalition.Facts, party, at);
        double end = up ? ComputeShares.Most : 0;
        double? nearest = null;
        foreach ((Condition.Compute clause, bool staying, Gathering gathering) in Comparisons(coalition, facts))
        {
            bool now = Reached(at);
            double until = nearest ?? end;
            if (Reached(until) != now && until != at)
            {
                nearest = Turn(at, until, v => Reached(v) != now);
            }

            bool Reached(double value) =>
                (gathering with { Facts = With(coalition.Facts, party, value) }).ShareOf(clause) is { } share && clause.IsReachedBy(share, staying);
        }

        return nearest;
    }

    private static IEnumerable<(Condition.Compute Clause, bool Staying, Gathering Gathering)> Comparisons(Coalition coalition, PartyFacts facts)
    {
        ImmutableSortedDictionary<PartyId, int> degrees = coalition.Candidates.ToImmutableSortedDictionary(c => c.Party, c => c.Steps[^1].Degree);
        bool settled = false;
        while (!settled)
        {
            var gathering = new Gathering(degrees, facts);
            ImmutableSortedDictionary<PartyId, int>.Builder next = ImmutableSortedDictionary.CreateBuilder<PartyId, int>();
            foreach ((PartyId party, int degree) in degrees)
            {
                foreach (CommitmentStep step in coalition.CommitmentOf(party).Steps.Where(s => s.Degree <= degree))
                {
                    bool staying = coalition.IsStaying(party, step.Degree);
                    foreach (Condition.Compute clause in Clauses(step.Condition))
                    {
                        yield return (clause, staying, gathering);
                    }

                    if (step.Condition.Holds(gathering, staying))
                    {
                        next[party] = step.Degree;
                    }
                }
            }

            settled = next.Count == degrees.Count && next.All(n => degrees[n.Key] == n.Value);
            degrees = next.ToImmutable();
        }
    }

    private static IEnumerable<Condition.Compute> Clauses(Condition condition) => condition switch
    {
        Condition.Compute compute => [compute],
        Condition.And and => and.Terms.SelectMany(Clauses),
        Condition.Or or => or.Terms.SelectMany(Clauses),
        _ => [],
    };

    // Better verification never shrinks a coalition and larger estimates never grow one, so halving finds the one value.
    private static Leeway OfAssurance(Coalition coalition, PartyId party)
    {
        int present = coalition.Facts.Assurance.GetValueOrDefault(party);
        return new Leeway(present, Halving(0), Halving(99));

        Breakpoint Halving(int end)
        {
            if (Same(coalition, At(end)))
            {
                return new Breakpoint.Never();
            }

            int same = present;
            int other = end;
            while (Math.Abs(same - other) > 1)
            {
                int middle = (same + other) / 2;
                (same, other) = Same(coalition, At(middle)) ? (middle, other) : (same, middle);
            }

            return Changed(coalition, At(other), other);
        }

        Coalition At(int percent) => coalition.IfKnown(coalition.Facts with
        {
            Assurance = percent == 0 ? coalition.Facts.Assurance.Remove(party) : coalition.Facts.Assurance.SetItem(party, percent),
        });
    }

    private static Leeway OfWorld(Coalition coalition)
    {
        return new Leeway(1, Halving(1 / MostFactor), Halving(MostFactor));

        Breakpoint Halving(double end)
        {
            if (Same(coalition, At(end)))
            {
                return new Breakpoint.Never();
            }

            double factor = Turn(1, end, f => !Same(coalition, At(f)));
            return Changed(coalition, At(factor), factor);
        }

        Coalition At(double factor) => coalition.IfKnown(coalition.Facts with
        {
            World = coalition.Facts.World.ToImmutableSortedDictionary(
                w => w.Key,
                w => new WorldComputeEstimate(w.Value.Low * factor, w.Value.Middle * factor, w.Value.High * factor),
                StringComparer.Ordinal),
        });
    }

    // The number nearest to the first that is otherwise. Not negative, so that numbers lie in the order of their bits.
    private static double Turn(double same, double other, Func<double, bool> isOther)
    {
        long near = BitConverter.DoubleToInt64Bits(same);
        long far = BitConverter.DoubleToInt64Bits(other);
        while (Math.Abs(near - far) > 1)
        {
            long middle = near + ((far - near) / 2);
            (near, far) = isOther(BitConverter.Int64BitsToDouble(middle)) ? (near, middle) : (middle, far);
        }

        return BitConverter.Int64BitsToDouble(far);
    }

    private static PartyFacts With(PartyFacts facts, PartyId party, double flopPerSecond) =>
        facts with { Shares = facts.Shares.With(party, flopPerSecond) };

    private static bool Same(Coalition one, Coalition other) => one.Degrees.SequenceEqual(other.Degrees);

    private static Breakpoint.At Changed(Coalition before, Coalition after, double value) => new(
        value,
        [.. before.Members.Except(after.Members)],
        [.. after.Members.Except(before.Members)],
        [.. before.Members.Intersect(after.Members).Where(p => before.DegreeOf(p) != after.DegreeOf(p))]);
}

/// <summary>How far the figures of one party may change.</summary>
/// <param name="Party">The party.</param>
/// <param name="Compute">Its accounted compute, in FLOP per second, from 0 to <see cref="ComputeShares.Most"/>.</param>
/// <param name="Assurance">Its assurance, in whole per cent from 0 (nothing on record) to 99.</param>
public sealed record PartySensitivity(PartyId Party, Leeway Compute, Leeway Assurance);

/// <summary>How far one figure may change.</summary>
/// <param name="Present">What it is.</param>
/// <param name="Down">The first smaller value at which the coalition is another.</param>
/// <param name="Up">The first greater one.</param>
public sealed record Leeway(double Present, Breakpoint Down, Breakpoint Up);

/// <summary>A value of a figure at which a coalition becomes another.</summary>
public abstract record Breakpoint
{
    private Breakpoint()
    {
    }

    /// <summary>At this value, and at no value between the present one and it.</summary>
    /// <param name="Value">To the last bits of a double, where sums and quotients are rounded.</param>
    /// <param name="Freed">Who is out then.</param>
    /// <param name="Joining">Who is in then.</param>
    /// <param name="OtherDegree">Who slows more or less then.</param>
    public sealed record At(double Value, ImmutableArray<PartyId> Freed, ImmutableArray<PartyId> Joining, ImmutableArray<PartyId> OtherDegree) : Breakpoint;

    /// <summary>At no value in this direction.</summary>
    public sealed record Never : Breakpoint;

    /// <summary>Not up to this value; beyond it nothing is known, since the search was stopped.</summary>
    public sealed record NotFoundUpTo(double Value) : Breakpoint;
}
