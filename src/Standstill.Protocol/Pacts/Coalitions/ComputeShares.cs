using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>Accounted compute per party, in FLOP per second.</summary>
/// <remarks>INVARIANT (shares): a set's share never falls when a party is added to it, in floating point too. Terms are
/// not negative and are added one by one in the order of names, and each rounding is monotone.</remarks>
public sealed record ComputeShares
{
    /// <summary>The greatest compute of one party that is believed: far above all there is.</summary>
    public const double Most = 1e40;

    // The values in the order of names: a sum over an array is far cheaper than one over the tree.
    private readonly double[] values;
    private readonly PartyId[] names;

    /// <summary>Takes the compute of each party; a party that is not among them has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative, above <see cref="Most"/> or not a number.</exception>
    public ComputeShares(ImmutableSortedDictionary<PartyId, double> flopPerSecond)
    {
        foreach ((PartyId party, double value) in flopPerSecond)
        {
            ThrowUnlessBelievable(party, value);
        }

        FlopPerSecond = flopPerSecond;
        values = [.. flopPerSecond.Values];
        names = [.. flopPerSecond.Keys];
        Total = Sum(values);
    }

    private ComputeShares(ImmutableSortedDictionary<PartyId, double> flopPerSecond, PartyId[] names, double[] values)
    {
        (FlopPerSecond, this.names, this.values) = (flopPerSecond, names, values);
        Total = Sum(values);
    }

    /// <summary>No accounted compute at all.</summary>
    public static ComputeShares None { get; } = new(ImmutableSortedDictionary<PartyId, double>.Empty);

    /// <summary>Compute per party, in FLOP per second, in the order of names.</summary>
    public ImmutableSortedDictionary<PartyId, double> FlopPerSecond { get; }

    /// <summary>The compute of all parties, in FLOP per second.</summary>
    public double Total { get; }

    /// <summary>The share of a set of parties in the total, in [0, 1]; 0 when there is none to share.</summary>
    public double ShareOf(IReadOnlySet<PartyId> parties) => ShareOf(parties, Total);

    /// <summary>The share of a set of parties in a whole that is no smaller than the total, in [0, 1]; 0 when there is none to share.</summary>
    public double ShareOf(IReadOnlySet<PartyId> parties, double whole)
    {
        double sum = 0;
        foreach (PartyId party in parties.Order())
        {
            sum += FlopPerSecond.GetValueOrDefault(party);
        }

        return whole == 0 ? 0 : sum / whole;
    }

    /// <inheritdoc/>
    public bool Equals(ComputeShares? other) => ReferenceEquals(this, other)
        || (other is not null && values.AsSpan().SequenceEqual(other.values) && names.AsSpan().SequenceEqual(other.names));

    /// <inheritdoc/>
    public override int GetHashCode() => FlopPerSecond.Count;

    /// <summary>The same with another value for one party; 0 takes it out.</summary>
    internal ComputeShares With(PartyId party, double flopPerSecond)
    {
        ThrowUnlessBelievable(party, flopPerSecond);
        int at = Array.BinarySearch(names, party);
        if (at < 0 || flopPerSecond == 0)
        {
            return new ComputeShares(flopPerSecond == 0 ? FlopPerSecond.Remove(party) : FlopPerSecond.Add(party, flopPerSecond));
        }

        double[] next = [.. values];
        next[at] = flopPerSecond;
        return new ComputeShares(FlopPerSecond.SetItem(party, flopPerSecond), names, next);
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static void ThrowUnlessBelievable(PartyId party, double value)
    {
        if (!(value >= 0 && value <= Most))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"the compute of `{party}` lies in [0, {Most:0e+0}] FLOP/s");
        }
    }
}
