using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>A party's word: how far it slows under which condition on those who are bound with it.</summary>
/// <remarks>A step that holds makes every lower step hold: a commitment is a monotone function from what the others do to what
/// the party does (Heitzig 2025, conditional commitment functions).</remarks>
public sealed record Commitment
{
    /// <summary>The most steps of one commitment.</summary>
    public const int MostSteps = 8;

    /// <summary>Takes the steps of a commitment.</summary>
    /// <exception cref="ArgumentException">There are none or more than <see cref="MostSteps"/>, a degree is not in 1 to 100, or they do not rise.</exception>
    public Commitment(PartyId party, ImmutableArray<CommitmentStep> steps, EntryIndex entry)
    {
        bool rising = steps.Zip(steps.Skip(1)).All(pair => pair.First.Degree < pair.Second.Degree);
        Steps = steps.Length is >= 1 and <= MostSteps && rising && steps[0].Degree >= 1 && steps[^1].Degree <= 100
            ? steps
            : throw new ArgumentException("a commitment has 1 to 8 steps, of degrees that rise from 1 to 100 at most", nameof(steps));
        Party = party;
        Entry = entry;
    }

    /// <summary>The party stops when a condition holds.</summary>
    public Commitment(PartyId party, Condition condition, EntryIndex entry)
        : this(party, [new CommitmentStep(100, condition)], entry)
    {
    }

    /// <summary>Who commits.</summary>
    public PartyId Party { get; }

    /// <summary>The steps, by degree from the lowest.</summary>
    public ImmutableArray<CommitmentStep> Steps { get; }

    /// <summary>The entry that carries the commitment.</summary>
    public EntryIndex Entry { get; }

    /// <summary>What its highest step asks of the others.</summary>
    public Condition Condition => Steps[^1].Condition;

    /// <summary>Whether it binds by degrees, rather than to a stop alone.</summary>
    public bool IsGraded => Steps.Length > 1 || Steps[0].Degree < 100;

    /// <inheritdoc/>
    public bool Equals(Commitment? other) =>
        other is not null && Party == other.Party && Entry == other.Entry && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Party, Entry);

    /// <summary>The canonical text: the condition alone where there is one stop, else a line for each step.</summary>
    public override string ToString() => CommitmentText.Format(Steps);
}

/// <summary>One step of a commitment.</summary>
/// <param name="Degree">How far the party slows, in per cent from 1 to 100: 100 is a stop.</param>
/// <param name="Condition">What it asks of the others for that.</param>
public sealed record CommitmentStep(int Degree, Condition Condition);
