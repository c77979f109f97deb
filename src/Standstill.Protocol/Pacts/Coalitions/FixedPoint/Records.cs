namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>What decides where a party counts.</summary>
/// <param name="Degree">How far it slows: 0 to 100.</param>
/// <param name="Assurance">In per cent; 0 where none is on record, -1 where the party counts for nobody.</param>
/// <param name="FlopPerSecond">Its accounted compute.</param>
/// <param name="Jurisdiction">The number of its jurisdiction; -1 without one.</param>
internal readonly record struct Standing(int Degree, int Assurance, double FlopPerSecond, int Jurisdiction)
{
    public bool Reaches(int slowedBy, int assurance) => Degree >= slowedBy && Assurance >= assurance;
}

/// <summary>A party: somebody who has committed, is named by others, or is known by a fact.</summary>
internal struct PartyRecord
{
    public PartyId Name;
    public Standing Standing;

    /// <summary>The node of its highest step; -1 without a commitment.</summary>
    public int Top;

    /// <summary>The node of the step it stands at; -1 when it is out.</summary>
    public int Current;

    public int FirstLiteral;

    /// <summary>Bound in a nested pact: it stops whatever it has committed to here.</summary>
    public bool IsNested;

    public bool IsQueued;
}

/// <summary>One step of one party's commitment.</summary>
internal struct NodeRecord
{
    public int Party;
    public int Degree;

    /// <summary>The node of the next lower step; -1 for the lowest.</summary>
    public int Lower;

    /// <summary>The gate that holds when the condition does.</summary>
    public int Root;

    /// <summary>Where it stands in the order of striking; -1 while it is in.</summary>
    public int Place;

    /// <summary>Whether its condition counts compute, parties or jurisdictions.</summary>
    public bool Counts;
}

/// <summary>A conjunction (as many needed as inputs), a disjunction (one needed) or a threshold over inputs.</summary>
internal struct GateRecord
{
    /// <summary>The gate that this one feeds; -1 for a root.</summary>
    public int Parent;
    public int Need;
    public int Have;
    public int Inputs;
    public int Node;
    public int FirstEdge;
    public int FirstChild;
    public int NextSibling;
}

/// <summary>A source that feeds a gate: a literal's number or, as its complement, a rung's.</summary>
internal struct EdgeRecord
{
    public int Source;
    public int Gate;
    public int NextOfGate;

    // The source's edges, both ways, so that one is taken out at once.
    public int Next;
    public int Previous;
}

/// <summary>That a party reaches a standard.</summary>
internal struct LiteralRecord
{
    public int Party;
    public int SlowedBy;
    public int Assurance;
    public int FirstEdge;
    public int NextOfParty;
    public bool IsOn;
}

/// <summary>That a ladder's value reaches one threshold.</summary>
internal struct RungRecord
{
    public Ladder Ladder;
    public double Threshold;
    public int FirstEdge;
    public bool IsOn;
}
