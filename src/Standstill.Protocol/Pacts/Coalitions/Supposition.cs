using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>One thing that is supposed to be otherwise than the ledger has it.</summary>
public abstract record Supposition
{
    private Supposition()
    {
    }

    /// <summary>A committed party is out.</summary>
    public sealed record Out(PartyId Party) : Supposition;

    /// <summary>A party commits to these steps, in place of what it has committed to, if anything.</summary>
    public sealed record In(PartyId Party, ImmutableArray<CommitmentStep> Steps) : Supposition
    {
        /// <inheritdoc/>
        public bool Equals(In? other) => other is not null && Party == other.Party && Steps.SequenceEqual(other.Steps);

        /// <inheritdoc/>
        public override int GetHashCode() => Party.GetHashCode();
    }

    /// <summary>A party has this much accounted compute.</summary>
    /// <param name="Party">The party.</param>
    /// <param name="FlopPerSecond">From 0 to <see cref="ComputeShares.Most"/>.</param>
    public sealed record Compute(PartyId Party, double FlopPerSecond) : Supposition;

    /// <summary>A party is verified so well.</summary>
    /// <param name="Party">The party.</param>
    /// <param name="Percent">The probability of detection, in per cent from 0 (nothing on record) to 99.</param>
    public sealed record Assurance(PartyId Party, int Percent) : Supposition;

    /// <summary>There is so much compute in the world.</summary>
    /// <param name="Estimate">In place of every estimate on record.</param>
    public sealed record World(WorldComputeEstimate Estimate) : Supposition;
}
