using System.Collections.Immutable;

namespace Standstill.Protocol.Triggers;

/// <summary>How a measured quantity is compared with a threshold.</summary>
/// <remarks>For a continuous quantity the strict and the other form are equally probable; for a bare figure, or draws, they may differ.</remarks>
public enum Comparison
{
    /// <summary><c>&gt;</c></summary>
    Above,

    /// <summary><c>&gt;=</c></summary>
    AtLeast,

    /// <summary><c>&lt;</c></summary>
    Below,

    /// <summary><c>&lt;=</c></summary>
    AtMost,
}

/// <summary>A condition of a trigger.</summary>
/// <remarks>INVARIANT (flat): the terms of an <see cref="And"/> are no conjunctions, those of an <see cref="Or"/> no disjunctions, so
/// that one condition has one tree and one canonical text.</remarks>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>The comparisons and panel clauses, in the order of the text.</summary>
    public IEnumerable<Condition> Atoms() => this switch
    {
        And and => and.Terms.SelectMany(term => term.Atoms()),
        Or or => or.Terms.SelectMany(term => term.Atoms()),
        AtLabs labs => labs.Inner.Atoms(),
        _ => [this],
    };

    private static ImmutableArray<Condition> Flat<T>(ImmutableArray<Condition> terms, Func<T, ImmutableArray<Condition>> inner)
        where T : Condition =>
        terms.IsDefault || terms.Length < 2
            ? throw new ArgumentException("there are at least two terms", nameof(terms))
            : [.. terms.SelectMany(term => term is T same ? inner(same) : [term])];

    private static int HashOf(ImmutableArray<Condition> terms)
    {
        var hash = default(HashCode);
        foreach (var term in terms)
        {
            hash.Add(term);
        }

        return hash.ToHashCode();
    }

    /// <summary>A measured quantity against a threshold.</summary>
    /// <param name="Indicator">What is measured.</param>
    /// <param name="Comparison">How it is compared.</param>
    /// <param name="Threshold">With what, in a unit of the indicator.</param>
    /// <param name="Confidence">The probability demanded, in per cent, above 50 and below 100; absent, point estimates are compared.</param>
    /// <param name="SustainedDays">For how many days it must have been shown met: 1 to 3650; absent, one moment is enough.</param>
    public sealed record Compare(
        Indicator Indicator, Comparison Comparison, Quantity Threshold, decimal? Confidence, int? SustainedDays) : Condition
    {
        /// <inheritdoc/>
        public override string ToString() => TriggerFormatter.Format(this);
    }

    /// <summary>The panel has voted release. Only the release level may ask it.</summary>
    public sealed record PanelVotesRelease : Condition
    {
        /// <inheritdoc/>
        public override string ToString() => TriggerFormatter.Format(this);
    }

    /// <summary>Every term holds.</summary>
    public sealed record And : Condition
    {
        /// <summary>Joins at least two terms; conjunctions among them are opened up.</summary>
        /// <exception cref="ArgumentException">There are fewer than two.</exception>
        public And(ImmutableArray<Condition> terms) => Terms = Flat<And>(terms, and => and.Terms);

        /// <summary>The terms, in the order of the text.</summary>
        public ImmutableArray<Condition> Terms { get; }

        /// <inheritdoc/>
        public bool Equals(And? other) => other is not null && Terms.SequenceEqual(other.Terms);

        /// <inheritdoc/>
        public override int GetHashCode() => HashOf(Terms);

        /// <inheritdoc/>
        public override string ToString() => TriggerFormatter.Format(this);
    }

    /// <summary>At least one term holds.</summary>
    public sealed record Or : Condition
    {
        /// <summary>Joins at least two terms; disjunctions among them are opened up.</summary>
        /// <exception cref="ArgumentException">There are fewer than two.</exception>
        public Or(ImmutableArray<Condition> terms) => Terms = Flat<Or>(terms, or => or.Terms);

        /// <summary>The terms, in the order of the text.</summary>
        public ImmutableArray<Condition> Terms { get; }

        /// <inheritdoc/>
        public bool Equals(Or? other) => other is not null && Terms.SequenceEqual(other.Terms);

        /// <inheritdoc/>
        public override int GetHashCode() => ~HashOf(Terms);

        /// <inheritdoc/>
        public override string ToString() => TriggerFormatter.Format(this);
    }

    /// <summary>A condition on one lab that holds at several of them.</summary>
    /// <param name="Count">At how many labs: 1 to 1000.</param>
    /// <param name="Inner">The condition; every comparison in it is of a quantity that is measured lab by lab.</param>
    public sealed record AtLabs(int Count, Condition Inner) : Condition
    {
        /// <inheritdoc/>
        public override string ToString() => TriggerFormatter.Format(this);
    }
}
