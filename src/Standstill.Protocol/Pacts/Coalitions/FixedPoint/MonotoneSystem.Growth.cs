namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

internal sealed partial class MonotoneSystem
{
    private const int Nobody = -1;

    // The nodes that are out, in the order of striking, with gaps where one has left.
    private Place[] places = new Place[16];
    private int placed;
    private int gaps;

    // What growth has to do: places asked beforehand, and whether a tally has grown. While it goes, where it is.
    private int asked;
    private int firstAsked;
    private bool hasGrown;
    private int at = -1;
    private int hopedFrom = -1;

    private struct Place
    {
        public int Node;
        public bool IsAsked;
    }

    // Admits the nodes that could be in, in the order of striking.
    private void Grow()
    {
        hopedFrom = -1;
        int end = placed;
        for (at = hasGrown ? 0 : firstAsked; at < end && (asked > 0 || hasGrown); at++)
        {
            Place place = places[at];
            if (place.Node == Nobody || !(place.IsAsked || (hasGrown && nodes[place.Node].Counts)))
            {
                continue;
            }

            if (place.IsAsked)
            {
                places[at].IsAsked = false;
                asked--;
            }

            if (nodes[place.Node].Counts)
            {
                HopeFrom(at);
            }

            if (CouldHold(nodes[place.Node].Root))
            {
                Admit(place.Node);
            }
        }

        at = -1;
        hasGrown = false;
        firstAsked = int.MaxValue;
    }

    // A node may see something better. While growth goes, those that were struck before have seen it already.
    private void Ask(int node)
    {
        int place = nodes[node].Place;
        if (place > at && !places[place].IsAsked)
        {
            places[place].IsAsked = true;
            asked++;
            firstAsked = Math.Min(firstAsked, place);
        }
    }

    private void Admit(int node)
    {
        int party = nodes[node].Party;
        int current = parties[party].Current;
        for (int step = node; step != current; step = nodes[step].Lower)
        {
            LeavePlace(nodes[step].Place);
            nodes[step].Place = -1;
        }

        parties[party].Current = node;
        Enqueue(party);
        MoveTo(party, parties[party].Standing with { Degree = DegreeAt(party) });
    }

    private void LeavePlace(int place)
    {
        if (places[place].IsAsked)
        {
            asked--;
        }

        places[place] = new Place { Node = Nobody };
        gaps++;
    }

    private void TakePlace(int node)
    {
        if (placed == places.Length)
        {
            Array.Resize(ref places, 2 * placed);
        }

        nodes[node].Place = placed;
        places[placed++] = new Place { Node = node };
    }

    private void CloseGaps()
    {
        if (gaps <= 16 + (placed / 2))
        {
            return;
        }

        int kept = 0;
        for (int place = 0; place < placed; place++)
        {
            if (places[place].Node != Nobody)
            {
                nodes[places[place].Node].Place = kept;
                places[kept++] = places[place];
            }
        }

        (placed, gaps) = (kept, 0);
    }

    private bool CouldHold(int gate)
    {
        GateRecord record = gates[gate];
        int missing = record.Need - record.Have;
        int spare = record.Inputs - record.Have - missing;
        for (int edge = record.FirstEdge; edge >= 0 && missing > 0 && spare >= 0; edge = edges[edge].NextOfGate)
        {
            int source = edges[edge].Source;
            if (source >= 0 ? literals[source].IsOn : rungs[~source].IsOn)
            {
                continue;
            }

            if (source >= 0 ? CouldReach(literals[source]) : rungs[~source].Ladder.IsHoped(rungs[~source].Threshold, jurisdictions))
            {
                missing--;
            }
            else
            {
                spare--;
            }
        }

        for (int child = record.FirstChild; child >= 0 && missing > 0 && spare >= 0; child = gates[child].NextSibling)
        {
            if (Holds(child))
            {
                continue;
            }

            if (CouldHold(child))
            {
                missing--;
            }
            else
            {
                spare--;
            }
        }

        return missing <= 0;
    }

    // Higher steps are struck before lower ones: the lowest step that would do is the last to be struck.
    private bool CouldReach(in LiteralRecord literal)
    {
        PartyRecord party = parties[literal.Party];
        if (party.Top < 0 || party.Standing.Assurance < literal.Assurance || nodes[party.Top].Degree < literal.SlowedBy)
        {
            return false;
        }

        int node = party.Top;
        while (nodes[node].Lower is var lower && lower >= 0 && nodes[lower].Degree >= literal.SlowedBy)
        {
            node = lower;
        }

        return nodes[node].Place >= at;
    }

    // What tallies could come to: what they are, with all that is struck from a place on, and far more than rounding could lose.
    private void HopeFrom(int place)
    {
        if (hopedFrom < 0)
        {
            foreach (Tally tally in tallies)
            {
                (tally.HopedCompute, tally.HopedParties) = (tally.Compute.Value + (order.Total * 1e-9), tally.Parties);
            }

            for (int later = place; later < placed; later++)
            {
                Hope(later, 1);
            }

            hopedFrom = place;
        }

        for (; hopedFrom < place; hopedFrom++)
        {
            Hope(hopedFrom, -1);
        }
    }

    private void Hope(int place, int sign)
    {
        if (places[place].Node == Nobody)
        {
            return;
        }

        NodeRecord node = nodes[places[place].Node];
        ref PartyRecord party = ref parties[node.Party];
        int below = node.Lower < 0 ? 0 : nodes[node.Lower].Degree;
        foreach (Tally tally in tallies)
        {
            if (!party.IsNested && tally.SlowedBy <= node.Degree && tally.SlowedBy > below && party.Standing.Assurance >= tally.Assurance)
            {
                tally.HopedCompute += sign * party.Standing.FlopPerSecond;
                tally.HopedParties += sign;
            }
        }
    }
}
