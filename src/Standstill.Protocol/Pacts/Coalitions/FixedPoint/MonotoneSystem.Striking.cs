namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

internal sealed partial class MonotoneSystem
{
    private readonly Queue<int> queue = new();
    private readonly List<int> changed = [];

    /// <summary>Brings the system to the greatest fixed point of what has been added, taken out and set.</summary>
    public void Settle()
    {
        if (asked > 0 || hasGrown)
        {
            Grow();
        }

        // From here on nothing grows: what turns on is above the fixed point already.
        at = int.MaxValue;
        SettleLadders();
        while (queue.Count > 0)
        {
            while (queue.TryDequeue(out int party))
            {
                parties[party].IsQueued = false;
                Strike(party);
            }

            SettleLadders();
        }

        at = -1;
        CloseGaps();
    }

    private void Enqueue(int party)
    {
        if (!parties[party].IsQueued)
        {
            parties[party].IsQueued = true;
            queue.Enqueue(party);
        }
    }

    // A party whose step fails stands at its highest step that holds.
    private void Strike(int party)
    {
        int current = parties[party].Current;
        int node = current;
        while (node >= 0 && !Holds(nodes[node].Root))
        {
            TakePlace(node);
            node = nodes[node].Lower;
        }

        if (node != current)
        {
            parties[party].Current = node;
            MoveTo(party, parties[party].Standing with { Degree = DegreeAt(party) });
        }
    }

    private void SettleLadders()
    {
        foreach (Tally tally in tallies)
        {
            if (tally.Compute.IsWorn)
            {
                tally.Retake(parties);
            }

            foreach (Ladder ladder in tally.Ladders)
            {
                ladder.Settle(rungs, order, changed);
            }
        }

        foreach (int turned in changed)
        {
            int rung = turned < 0 ? ~turned : turned;
            Turn(rungs[rung].FirstEdge, turned >= 0);
        }

        changed.Clear();
    }
}
