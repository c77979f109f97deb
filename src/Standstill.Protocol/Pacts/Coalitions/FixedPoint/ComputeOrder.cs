namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>The parties that have compute, in the order of their names, in which the sums that decide are taken.</summary>
internal sealed class ComputeOrder(Pool<PartyRecord> parties)
{
    private readonly List<int> order = [];

    /// <summary>The compute of all, in FLOP per second, to the bit what <see cref="ComputeShares.Total"/> is.</summary>
    public double Total { get; private set; }

    public int Count => order.Count;

    /// <summary>Takes in a party whose compute rose from nothing, and out one whose compute fell to it.</summary>
    public void Move(int party, double before, double after)
    {
        if ((before > 0) == (after > 0))
        {
            return;
        }

        PartyId name = parties[party].Name;
        bool isLast = order.Count == 0 || parties[order[^1]].Name.CompareTo(name) < 0;
        int at = isLast ? ~order.Count : order.BinarySearch(party, Comparer<int>.Create((a, b) => parties[a].Name.CompareTo(parties[b].Name)));
        if (after > 0)
        {
            order.Insert(~at, party);
        }
        else
        {
            order.RemoveAt(at);
        }
    }

    /// <summary>Adds all up again after a change.</summary>
    public void Add()
    {
        double sum = 0;
        foreach (int party in order)
        {
            sum += parties[party].Standing.FlopPerSecond;
        }

        Total = sum;
    }

    /// <summary>The compute of those in a tally, to the bit what adding it up in the order of names gives.</summary>
    public double SumOf(Tally tally)
    {
        double sum = 0;
        foreach (int party in order)
        {
            Standing standing = parties[party].Standing;
            sum += tally.Reaches(standing) ? standing.FlopPerSecond : 0;
        }

        return sum;
    }
}
