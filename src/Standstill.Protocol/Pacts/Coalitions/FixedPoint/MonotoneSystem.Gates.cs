namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

internal sealed partial class MonotoneSystem
{
    /// <summary>Adds the gate that holds when at least so many of its inputs do; with a parent below 0, as a node's root.</summary>
    public int AddGate(int node, int parent, int need)
    {
        int sibling = parent < 0 ? -1 : gates[parent].FirstChild;
        int gate = gates.Take(new GateRecord { Parent = parent, Need = need, Node = node, FirstEdge = -1, FirstChild = -1, NextSibling = sibling });
        if (parent < 0)
        {
            nodes[node].Root = gate;
            return gate;
        }

        gates[parent].FirstChild = gate;
        gates[parent].Inputs++;
        if (need == 0)
        {
            Raise(parent);
        }

        return gate;
    }

    /// <summary>Feeds a literal to a gate.</summary>
    public void AddLiteral(int gate, int literal)
    {
        literals[literal].FirstEdge = AddEdge(gate, literal, literals[literal].FirstEdge);
        if (literals[literal].IsOn)
        {
            Raise(gate);
        }
    }

    /// <summary>Feeds to a gate that a ladder reaches a threshold.</summary>
    public void AddRung(int gate, Ladder ladder, double threshold)
    {
        int rung = ladder.RungAt(threshold, rungs);
        rungs[rung].FirstEdge = AddEdge(gate, ~rung, rungs[rung].FirstEdge);
        nodes[gates[gate].Node].Counts = true;
        if (rungs[rung].IsOn)
        {
            Raise(gate);
        }
    }

    private bool Holds(int gate) => gates[gate].Have >= gates[gate].Need;

    private int AddEdge(int gate, int source, int next)
    {
        int edge = edges.Take(new EdgeRecord { Source = source, Gate = gate, NextOfGate = gates[gate].FirstEdge, Next = next, Previous = -1 });
        if (next >= 0)
        {
            edges[next].Previous = edge;
        }

        gates[gate].FirstEdge = edge;
        gates[gate].Inputs++;
        return edge;
    }

    private void RemoveGates(int gate)
    {
        for (int child = gates[gate].FirstChild; child >= 0;)
        {
            int next = gates[child].NextSibling;
            RemoveGates(child);
            child = next;
        }

        for (int edge = gates[gate].FirstEdge; edge >= 0;)
        {
            EdgeRecord gone = edges[edge];
            if (gone.Next >= 0)
            {
                edges[gone.Next].Previous = gone.Previous;
            }

            if (gone.Previous >= 0)
            {
                edges[gone.Previous].Next = gone.Next;
            }
            else if (gone.Source >= 0)
            {
                literals[gone.Source].FirstEdge = gone.Next;
            }
            else
            {
                rungs[~gone.Source].FirstEdge = gone.Next;
            }

            edges.Give(edge);
            edge = gone.NextOfGate;
        }

        gates.Give(gate);
    }

    private void Turn(int firstEdge, bool on)
    {
        for (int edge = firstEdge; edge >= 0; edge = edges[edge].Next)
        {
            if (on)
            {
                Raise(edges[edge].Gate);
            }
            else
            {
                Lower(edges[edge].Gate);
            }
        }
    }

    // One more input of a gate holds.
    private void Raise(int gate)
    {
        if (!Holds(gate))
        {
            Ask(gates[gate].Node);
        }

        while (gate >= 0 && ++gates[gate].Have == gates[gate].Need)
        {
            gate = gates[gate].Parent;
        }
    }

    // One input of a gate fails.
    private void Lower(int gate)
    {
        while (gates[gate].Have-- == gates[gate].Need)
        {
            if (gates[gate].Parent < 0)
            {
                NodeRecord node = nodes[gates[gate].Node];
                if (parties[node.Party].Current == gates[gate].Node)
                {
                    Enqueue(node.Party);
                }

                return;
            }

            gate = gates[gate].Parent;
        }
    }
}
