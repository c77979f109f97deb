using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>Accounted compute per party, in FLOP per second.</summary>
/// <remarks>INVARIANT (shares): a set's share never falls when a party is added to it, in floating point too. Terms are
/// not negative and are added one by one in the order of names, and each rounding is monotone.</remarks>
public sealed record ComputeShares
{
    /// <summary>The greatest compute of one party that is believed: far above all there is.</summary>
    public const double Most = 1e40;

    /// <summary>Takes the compute of each party; a party that is not among them has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative, above <see cref="Most"/> or not a number.</exception>
    public ComputeShares(ImmutableSortedDictionary<PartyId, double> flopPerSecond)
    {
        foreach ((PartyId party, double value) in flopPerSecond)
        {
            if (!(value >= 0 && value <= Most))
            {
                throw new ArgumentOutOfRangeException(nameof(flopPerSecond), value, $"the compute of `{party}` lies in [0, {Most:0e+0}] FLOP/s");
            }
        }

        FlopPerSecond = flopPerSecond;
        Total = flopPerSecond.Aggregate(0.0, (sum, next) => sum + next.Value);
    }

    /// <summary>No accounted compute at all.</summary>
    public static ComputeShares None { get; } = new(ImmutableSortedDictionary<PartyId, double>.Empty);

    /// <summary>Compute per party, in FLOP per second, in the order of names.</summary>
    public ImmutableSortedDictionary<PartyId, double> FlopPerSecond { get; }

    /// <summary>The compute of all parties, in FLOP per second.</summary>
    public double Total { get; }

    /// <summary>The share of a set of parties in the total, in [0, 1]; 0 when there is none to share.</summary>
    public double ShareOf(IReadOnlySet<PartyId> parties)
    {
        double sum = 0;
        foreach ((PartyId party, double value) in FlopPerSecond)
        {
            sum += parties.Contains(party) ? value : 0;
        }

        return Total == 0 ? 0 : sum / Total;
    }

    /// <inheritdoc/>
    public bool Equals(ComputeShares? other) => other is not null && FlopPerSecond.SequenceEqual(other.FlopPerSecond);

    /// <inheritdoc/>
    public override int GetHashCode() => FlopPerSecond.Count;
}
