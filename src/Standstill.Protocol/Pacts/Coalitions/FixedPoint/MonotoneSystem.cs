namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>Commitments by number, and the greatest fixed point over their steps, kept up as they and the facts change.</summary>
/// <remarks>
/// <para>A node is one step of one party: it is in when the party slows at least so far. Its condition is a tree of threshold
/// gates over literals (a party reaches a standard) and rungs (a tally reaches a threshold).</para>
/// <para><b>Striking.</b> From any state above the greatest fixed point, nodes whose root does not hold are struck from a work
/// list until all hold (Dowling and Gallier 1984): each edge is walked once, so the work is linear in the terms.</para>
/// <para><b>Growth.</b> Struck nodes keep the order in which they were struck.
/// INVARIANT (order): the condition of a node that is out fails of the nodes that are in, itself, and all that were struck after
/// it. When something improves, those that could see it are asked in that order whether their condition could hold of what is in,
/// what was admitted before, and all that were struck later; who says yes is admitted, and asks its followers in turn.
/// Of the nodes of the fixed point to come that are not admitted, take the one that was struck first: all others of them are in,
/// admitted or struck later, so its condition could hold, and it was admitted. So the state lies above the new greatest fixed
/// point, and striking finds it. A node that waits for what was struck before it is never asked in vain.</para>
/// </remarks>
internal sealed partial class MonotoneSystem
{
    private readonly Pool<PartyRecord> parties = new();
    private readonly Pool<NodeRecord> nodes = new();
    private readonly Pool<GateRecord> gates = new();
    private readonly Pool<EdgeRecord> edges = new();
    private readonly Pool<LiteralRecord> literals = new();
    private readonly Pool<RungRecord> rungs = new();
    private readonly List<Tally> tallies = [];
    private readonly ComputeOrder order;
    private int jurisdictions;

    public MonotoneSystem() => order = new ComputeOrder(parties);

    /// <summary>The compute of all parties, in FLOP per second.</summary>
    public double Total
    {
        get
        {
            order.Add();
            return order.Total;
        }
    }

    /// <summary>How many parties have been added: their numbers run from 0.</summary>
    public int Parties => parties.Used;

    public PartyId NameOf(int party) => parties[party].Name;

    public Standing StandingOf(int party) => parties[party].Standing;

    public bool HasCommitted(int party) => parties[party].Top >= 0;

    /// <summary>How far a committed party slows once the system is settled: 0 where it is out.</summary>
    public int DegreeOf(int party) => parties[party].Current is var node && node >= 0 ? nodes[node].Degree : 0;

    /// <summary>Adds a party that has committed to nothing.</summary>
    public int AddParty(PartyId name) => parties.Take(new PartyRecord
    {
        Name = name,
        Standing = new Standing(0, 0, 0, -1),
        Top = -1,
        Current = -1,
        FirstLiteral = -1,
    });

    /// <summary>States that a party stops, whatever it commits to here.</summary>
    public void Nest(int party)
    {
        parties[party].IsNested = true;
        MoveTo(party, parties[party].Standing with { Degree = 100 });
    }

    /// <summary>Gives a party other facts; its degree is not one of them.</summary>
    public void SetFacts(int party, int assurance, double flopPerSecond, int jurisdiction)
    {
        jurisdictions = Math.Max(jurisdictions, jurisdiction + 1);
        Standing before = parties[party].Standing;
        order.Move(party, before.FlopPerSecond, flopPerSecond);
        MoveTo(party, new Standing(before.Degree, assurance, flopPerSecond, jurisdiction));
        if (assurance > before.Assurance || flopPerSecond > before.FlopPerSecond || jurisdiction != before.Jurisdiction)
        {
            AskFollowers(party);
        }
    }

    /// <summary>Begins a commitment: its steps are added from the lowest, then it is ended.</summary>
    public int AddStep(int party, int degree)
    {
        int node = nodes.Take(new NodeRecord { Party = party, Degree = degree, Lower = parties[party].Top, Root = -1, Place = -1 });
        parties[party].Top = node;
        return node;
    }

    /// <summary>Ends a commitment: it stands at its highest step until the system is settled.</summary>
    public void EndSteps(int party)
    {
        int top = parties[party].Top;
        parties[party].Current = top;
        Enqueue(party);
        MoveTo(party, parties[party].Standing with { Degree = DegreeAt(party) });
    }

    /// <summary>Takes a commitment out.</summary>
    public void RemoveSteps(int party)
    {
        for (int node = parties[party].Top; node >= 0;)
        {
            NodeRecord gone = nodes[node];
            RemoveGates(gone.Root);
            if (gone.Place >= 0)
            {
                LeavePlace(gone.Place);
            }

            nodes.Give(node);
            node = gone.Lower;
        }

        parties[party].Top = -1;
        parties[party].Current = -1;
        MoveTo(party, parties[party].Standing with { Degree = DegreeAt(party) });
    }

    /// <summary>The literal that a party reaches a standard.</summary>
    public int LiteralOf(int party, int slowedBy, int assurance)
    {
        for (int literal = parties[party].FirstLiteral; literal >= 0; literal = literals[literal].NextOfParty)
        {
            if (literals[literal].SlowedBy == slowedBy && literals[literal].Assurance == assurance)
            {
                return literal;
            }
        }

        return parties[party].FirstLiteral = literals.Take(new LiteralRecord
        {
            Party = party,
            SlowedBy = slowedBy,
            Assurance = assurance,
            FirstEdge = -1,
            NextOfParty = parties[party].FirstLiteral,
            IsOn = parties[party].Standing.Reaches(slowedBy, assurance),
        });
    }

    /// <summary>The ladder of a measure of those who reach a standard. Each call makes one.</summary>
    public Ladder AddLadder(int slowedBy, int assurance, Measure measure)
    {
        Tally? tally = tallies.Find(t => t.SlowedBy == slowedBy && t.Assurance == assurance);
        if (tally is null)
        {
            tally = new Tally(slowedBy, assurance);
            for (int party = 0; party < parties.Used; party++)
            {
                if (tally.Reaches(parties[party].Standing))
                {
                    tally.Count(parties[party].Standing, 1);
                }
            }

            tallies.Add(tally);
        }

        var ladder = new Ladder(tally, measure);
        tally.Ladders.Add(ladder);
        return ladder;
    }

    /// <summary>Gives a ladder of compute another whole.</summary>
    public void SetWhole(Ladder ladder, double flopPerSecond)
    {
        hasGrown |= !(flopPerSecond >= ladder.Whole) && ladder.HasAbove;
        ladder.Whole = flopPerSecond;
    }

    // A party that is out may count for more in the eyes of those that were struck before it.
    private void AskFollowers(int party)
    {
        hasGrown |= tallies.Exists(t => t.Ladders.Exists(l => l.HasAbove));
        for (int literal = parties[party].FirstLiteral; literal >= 0; literal = literals[literal].NextOfParty)
        {
            if (!literals[literal].IsOn)
            {
                for (int edge = literals[literal].FirstEdge; edge >= 0; edge = edges[edge].Next)
                {
                    Ask(gates[edges[edge].Gate].Node);
                }
            }
        }
    }

    private int DegreeAt(int party) => parties[party].IsNested ? 100 : DegreeOf(party);

    // Every change of what a party counts for goes through here: tallies and literals follow.
    private void MoveTo(int party, Standing after)
    {
        Standing before = parties[party].Standing;
        parties[party].Standing = after;
        foreach (Tally tally in tallies)
        {
            bool was = tally.Reaches(before);
            bool isIn = tally.Reaches(after);
            if (was == isIn && (!isIn || (before.FlopPerSecond == after.FlopPerSecond && before.Jurisdiction == after.Jurisdiction)))
            {
                continue;
            }

            if (was)
            {
                tally.Count(before, -1);
            }

            if (isIn)
            {
                tally.Count(after, 1);
                hasGrown |= tally.Ladders.Exists(l => l.HasAbove);
            }
        }

        for (int literal = parties[party].FirstLiteral; literal >= 0; literal = literals[literal].NextOfParty)
        {
            ref LiteralRecord record = ref literals[literal];
            bool isOn = after.Reaches(record.SlowedBy, record.Assurance);
            if (isOn != record.IsOn)
            {
                record.IsOn = isOn;
                Turn(record.FirstEdge, isOn);
            }
        }
    }
}
