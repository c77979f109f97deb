namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>What the parties that reach one standard come to: compute, heads, jurisdictions.</summary>
internal sealed class Tally(int slowedBy, int assurance)
{
    private CompensatedSum compute;
    private int[] heads = new int[8];

    public int SlowedBy => slowedBy;

    public int Assurance => assurance;

    public int Parties { get; private set; }

    public int Jurisdictions { get; private set; }

    /// <summary>Rises with each change of the compute in it.</summary>
    public long Version { get; private set; }

    public CompensatedSum Compute => compute;

    /// <summary>What it could come to at most, roughly: see <see cref="MonotoneSystem"/>, growth.</summary>
    public double HopedCompute { get; set; }

    /// <inheritdoc cref="HopedCompute"/>
    public int HopedParties { get; set; }

    public List<Ladder> Ladders { get; } = [];

    public bool Reaches(in Standing standing) => standing.Reaches(slowedBy, assurance);

    /// <summary>Takes what a party stands for in (+1) or out (-1).</summary>
    public void Count(in Standing standing, int sign)
    {
        Parties += sign;
        if (standing.FlopPerSecond > 0)
        {
            compute.Add(sign * standing.FlopPerSecond);
            Version++;
        }

        if (standing.Jurisdiction >= 0)
        {
            if (standing.Jurisdiction >= heads.Length)
            {
                Array.Resize(ref heads, 2 * (standing.Jurisdiction + 1));
            }

            int before = heads[standing.Jurisdiction];
            heads[standing.Jurisdiction] = before + sign;
            Jurisdictions += before == 0 ? 1 : before + sign == 0 ? -1 : 0;
        }
    }

    /// <summary>Takes the compute anew from all parties, so that its error is small again.</summary>
    public void Retake(Pool<PartyRecord> parties)
    {
        compute = default;
        for (int p = 0; p < parties.Used; p++)
        {
            if (Reaches(parties[p].Standing) && parties[p].Standing.FlopPerSecond > 0)
            {
                compute.Add(parties[p].Standing.FlopPerSecond);
            }
        }
    }
}
