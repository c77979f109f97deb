using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions.FixedPoint;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>The largest coalition, kept up as commitments and facts change.</summary>
/// <remarks>
/// <para>It answers what <see cref="Coalition.Largest(IEnumerable{Commitment}, PartyFacts, ImmutableSortedDictionary{PartyId, int})"/>
/// answers of the same commitments and facts, to the bit of every share, whatever the order of changes.</para>
/// <para>Changes are gathered, and settled when an answer is asked for. From nothing, time is linear in the terms, beside sorting; a
/// change costs what could follow from it. Mutable, and not for several threads at once.</para>
/// </remarks>
public sealed class CoalitionSolver
{
    private readonly MonotoneSystem system = new();
    private readonly Dictionary<PartyId, int> numbers = [];
    private readonly Dictionary<string, int> jurisdictions = new(StringComparer.Ordinal);
    private readonly Dictionary<LadderKey, Ladder> ladders = [];
    private readonly PartyFacts names;
    private readonly ImmutableSortedDictionary<PartyId, int> incumbents;
    private ImmutableSortedDictionary<string, WorldComputeEstimate> world;
    private double outsideFlopPerSecond;
    private bool isSettled;
    private bool areWholesKnown;

    /// <summary>Takes the commitments that stand.</summary>
    /// <param name="candidates">One a party.</param>
    /// <param name="facts">What is known of the parties.</param>
    /// <param name="incumbents">Who is bound already and how far each slows: up to that degree it is judged by what staying asks.</param>
    /// <exception cref="ArgumentException">A party has two commitments.</exception>
    public CoalitionSolver(IEnumerable<Commitment> candidates, PartyFacts facts, ImmutableSortedDictionary<PartyId, int> incumbents)
    {
        this.incumbents = incumbents;
        names = facts;
        world = facts.World;
        outsideFlopPerSecond = facts.OutsideFlopPerSecond;
        foreach ((PartyId party, double flopPerSecond) in facts.Shares.FlopPerSecond)
        {
            Change(party, f => f with { FlopPerSecond = flopPerSecond });
        }

        foreach ((PartyId party, int assurance) in facts.Assurance)
        {
            Change(party, f => f with { Assurance = assurance });
        }

        foreach ((PartyId party, string jurisdiction) in facts.Jurisdictions)
        {
            SetJurisdiction(party, jurisdiction);
        }

        foreach (PartyId party in facts.OnProbation)
        {
            SetProbation(party, isOnProbation: true);
        }

        foreach (PartyId party in facts.Nested.Values.SelectMany(m => m))
        {
            system.Nest(NumberOf(party));
        }

        foreach (Commitment commitment in candidates)
        {
            Commit(commitment);
        }
    }

    /// <summary>Who is in, in the order of names.</summary>
    public ImmutableSortedSet<PartyId> Members => [.. Inside().Select(i => i.Party)];

    /// <summary>How far each member slows, in per cent from 1 to 100.</summary>
    public ImmutableSortedDictionary<PartyId, int> Degrees => Inside().ToImmutableSortedDictionary(i => i.Party, i => i.Degree);

    /// <summary>How many are in.</summary>
    public int Count => Inside().Count();

    /// <summary>How far a party slows, in per cent; 0 where it is not in.</summary>
    public int DegreeOf(PartyId party)
    {
        Settle();
        return numbers.TryGetValue(party, out int number) ? system.DegreeOf(number) : 0;
    }

    /// <summary>Whether a party's commitment is considered.</summary>
    public bool HasCommitted(PartyId party) => numbers.TryGetValue(party, out int number) && system.HasCommitted(number);

    /// <summary>Takes a commitment in.</summary>
    /// <exception cref="ArgumentException">The party has one already.</exception>
    public void Commit(Commitment commitment)
    {
        int party = NumberOf(commitment.Party);
        if (system.HasCommitted(party))
        {
            throw new ArgumentException($"`{commitment.Party}` has a commitment already", nameof(commitment));
        }

        isSettled = false;
        int staying = incumbents.GetValueOrDefault(commitment.Party);
        foreach (CommitmentStep step in commitment.Steps)
        {
            int node = system.AddStep(party, step.Degree);
            Write(step.Condition, node, parent: -1, step.Degree <= staying);
        }

        system.EndSteps(party);
    }

    /// <summary>Takes a commitment out.</summary>
    /// <exception cref="KeyNotFoundException">The party has none.</exception>
    public void Withdraw(PartyId party)
    {
        if (!numbers.TryGetValue(party, out int number) || !system.HasCommitted(number))
        {
            throw new KeyNotFoundException($"`{party}` has no commitment");
        }

        isSettled = false;
        system.RemoveSteps(number);
    }

    /// <summary>Gives a party other accounted compute, in FLOP per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, above <see cref="ComputeShares.Most"/> or not a number.</exception>
    public void SetFlopPerSecond(PartyId party, double flopPerSecond)
    {
        if (!(flopPerSecond >= 0 && flopPerSecond <= ComputeShares.Most))
        {
            throw new ArgumentOutOfRangeException(nameof(flopPerSecond), flopPerSecond, $"the compute of `{party}` lies in [0, {ComputeShares.Most:0e+0}] FLOP/s");
        }

        Change(party, f => f with { FlopPerSecond = flopPerSecond });
        areWholesKnown = false;
    }

    /// <summary>Gives a party another assurance, in per cent; 0 where none is on record.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in 0 to 100.</exception>
    public void SetAssurance(PartyId party, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        Change(party, f => f with { Assurance = percent });
    }

    /// <summary>Puts a party on probation, so that it counts for nobody, or ends it.</summary>
    public void SetProbation(PartyId party, bool isOnProbation) => Change(party, f => f with { IsOnProbation = isOnProbation });

    /// <summary>Puts a party under a jurisdiction, or under none.</summary>
    public void SetJurisdiction(PartyId party, string? jurisdiction)
    {
        int number = -1;
        if (jurisdiction is not null && !jurisdictions.TryGetValue(jurisdiction, out number))
        {
            number = jurisdictions.Count;
            jurisdictions.Add(jurisdiction, number);
        }

        Change(party, f => f with { Jurisdiction = number });
    }

    /// <summary>States how much accounted compute outsiders hold, in FLOP per second.</summary>
    public void SetOutside(double flopPerSecond)
    {
        outsideFlopPerSecond = flopPerSecond;
        (isSettled, areWholesKnown) = (false, false);
    }

    /// <summary>Gives the latest estimate of world compute of each source.</summary>
    public void SetWorld(ImmutableSortedDictionary<string, WorldComputeEstimate> estimates)
    {
        world = estimates;
        (isSettled, areWholesKnown) = (false, false);
    }

    private readonly record struct LadderKey(Measure Measure, Standard Standard, ComputeBasis Basis, int Confidence);

    private readonly record struct Facts(int Assurance, bool IsOnProbation, double FlopPerSecond, int Jurisdiction);

    private readonly Dictionary<int, Facts> facts = [];

    private IEnumerable<(PartyId Party, int Degree)> Inside()
    {
        Settle();
        for (int party = 0; party < system.Parties; party++)
        {
            if (system.DegreeOf(party) is > 0 and int degree)
            {
                yield return (system.NameOf(party), degree);
            }
        }
    }

    private void Settle()
    {
        if (isSettled)
        {
            return;
        }

        if (!areWholesKnown)
        {
            double accounted = system.Total + outsideFlopPerSecond;
            PartyFacts estimates = PartyFacts.None with { World = world };
            foreach ((LadderKey key, Ladder ladder) in ladders)
            {
                if (key.Measure == Measure.Compute)
                {
                    double? all = key.Basis == ComputeBasis.World ? estimates.WorldAt(key.Confidence) : accounted;
                    system.SetWhole(ladder, all is { } whole ? Math.Max(whole, accounted) : double.NaN);
                }
            }

            areWholesKnown = true;
        }

        system.Settle();
        isSettled = true;
    }

    private int NumberOf(PartyId party)
    {
        if (!numbers.TryGetValue(party, out int number))
        {
            number = system.AddParty(party);
            numbers.Add(party, number);
        }

        return number;
    }

    private void Change(PartyId party, Func<Facts, Facts> change)
    {
        isSettled = false;
        int number = NumberOf(party);
        Facts after = change(facts.GetValueOrDefault(number, new Facts(0, false, 0, -1)));
        facts[number] = after;
        system.SetFacts(number, after.IsOnProbation ? -1 : after.Assurance, after.FlopPerSecond, after.Jurisdiction);
    }

    // Writes a condition as gates under a parent, or as the root of a node.
    private void Write(Condition condition, int node, int parent, bool staying)
    {
        switch (condition)
        {
            case Condition.Always:
                system.AddGate(node, parent, 0);
                break;
            case Condition.Everyone c:
                Write(c.Of, c.Standard, node, parent, need: null);
                break;
            case Condition.AtLeast c:
                Write(c.Of, c.Standard, node, parent, staying ? c.Stay : c.Count);
                break;
            case Condition.Number c:
                Write(new LadderKey(Measure.Parties, c.Standard, default, 0), staying ? c.Stay : c.Count, node, parent);
                break;
            case Condition.Jurisdictions c:
                Write(new LadderKey(Measure.Jurisdictions, c.Standard, default, 0), staying ? c.Stay : c.Count, node, parent);
                break;
            case Condition.Compute c:
                int confidence = c.Basis == ComputeBasis.World ? c.Confidence : 0;
                Write(new LadderKey(Measure.Compute, c.Standard, c.Basis, confidence), (double)((staying ? c.Stay : c.Percent) / 100), node, parent);
                break;
            case Condition.And and:
                WriteAll(and.Terms, and.Terms.Length, node, parent, staying);
                break;
            case Condition.Or or:
                WriteAll(or.Terms, 1, node, parent, staying);
                break;
            default:
                throw new InvalidOperationException("a condition without a meaning");
        }
    }

    private void WriteAll(ImmutableArray<Condition> terms, int need, int node, int parent, bool staying)
    {
        int gate = system.AddGate(node, parent, need);
        foreach (Condition term in terms)
        {
            Write(term, node, gate, staying);
        }
    }

    private void Write(LadderKey key, double threshold, int node, int parent)
    {
        if (!ladders.TryGetValue(key, out Ladder? ladder))
        {
            ladder = system.AddLadder(key.Standard.SlowedBy, key.Standard.Assurance, key.Measure);
            ladders.Add(key, ladder);
            areWholesKnown &= key.Measure != Measure.Compute;
        }

        system.AddRung(parent < 0 ? system.AddGate(node, parent, 1) : parent, ladder, threshold);
    }

    // Names that the same parties stand for are one. All of a list where no number is needed.
    private void Write(Listed of, Standard standard, int node, int parent, int? need)
    {
        ImmutableSortedSet<PartyId>[] groups = names.Successors.IsEmpty
            ? []
            : [.. of.Parties.Select(names.PresentOf).DistinctBy(g => string.Join(' ', g), StringComparer.Ordinal)];
        int present = names.Successors.IsEmpty ? of.Parties.Count : groups.Length;
        int gate = system.AddGate(node, parent, need ?? (present + of.Pacts.Count));
        if (names.Successors.IsEmpty)
        {
            foreach (PartyId party in of.Parties)
            {
                system.AddLiteral(gate, LiteralOf(party, standard));
            }
        }

        foreach (ImmutableSortedSet<PartyId> group in groups)
        {
            WriteGroup(group, group.Count, standard, node, gate);
        }

        foreach (PactId pact in of.Pacts)
        {
            WriteGroup(names.Nested.GetValueOrDefault(pact) ?? [], 1, standard, node, gate);
        }
    }

    private void WriteGroup(ImmutableSortedSet<PartyId> group, int need, Standard standard, int node, int parent)
    {
        int gate = group.Count == 1 ? parent : system.AddGate(node, parent, need);
        foreach (PartyId party in group)
        {
            system.AddLiteral(gate, LiteralOf(party, standard));
        }
    }

    private int LiteralOf(PartyId party, Standard standard) => system.LiteralOf(NumberOf(party), standard.SlowedBy, standard.Assurance);
}
