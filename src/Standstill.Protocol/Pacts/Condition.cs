using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts;

/// <summary>What a party asks of the others before it is bound.</summary>
/// <remarks>Every condition is monotone: it holds of any set of members that includes one of which it holds.
/// Equal conditions have equal canonical texts, and reading a canonical text gives the condition back.</remarks>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>Every party that the condition names.</summary>
    public abstract ImmutableSortedSet<PartyId> Parties { get; }

    /// <summary>Reads a condition; the language is described in <see cref="ConditionLimits"/> and the protocol's docs.</summary>
    /// <returns>The condition, or what is wrong, where, what was expected there and how to put it right.</returns>
    public static Parsed<Condition> Parse(string text) => ConditionReader.Read(text);

    /// <summary>All of some conditions; conjunctions among them are merged in place.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Condition AllOf(params IEnumerable<Condition> terms)
    {
        Condition[] flat = [.. terms.SelectMany(t => t is And and ? and.Terms : [t])];
        return flat.Length == 1 ? flat[0] : new And([.. flat]);
    }

    /// <summary>Any of some conditions; disjunctions among them are merged in place.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Condition AnyOf(params IEnumerable<Condition> terms)
    {
        Condition[] flat = [.. terms.SelectMany(t => t is Or or ? or.Terms : [t])];
        return flat.Length == 1 ? flat[0] : new Or([.. flat]);
    }

    /// <summary>Whether the condition holds when exactly these parties are members.</summary>
    public bool Holds(IReadOnlySet<PartyId> members, ComputeShares shares) =>
        ConditionEvaluator.Holds(this, members, shares.ShareOf(members));

    /// <summary>The canonical text.</summary>
    public sealed override string ToString() => ConditionFormatter.Format(this);

    private static ImmutableArray<Condition> Several<TSame>(ImmutableArray<Condition> terms)
        where TSame : Condition =>
        terms.Length >= 2 && !terms.Any(t => t is TSame)
            ? terms
            : throw new ArgumentException("there are two terms or more, none of the same kind", nameof(terms));

    private static ImmutableSortedSet<PartyId> Named(ImmutableSortedSet<PartyId> parties) =>
        parties.Count > 0 && !parties.Any(p => ConditionWords.IsReserved(p.Value))
            ? parties
            : throw new ArgumentException("a list names a party, and none that is a word of the language", nameof(parties));

    /// <summary>`always`: the party goes first, whatever the others do.</summary>
    public sealed record Always : Condition
    {
        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [];
    }

    /// <summary>`all of a, b, c`.</summary>
    public sealed record Everyone : Condition
    {
        /// <summary>All of a list that is not empty.</summary>
        /// <exception cref="ArgumentException">The list is empty or names a word of the language.</exception>
        public Everyone(ImmutableSortedSet<PartyId> parties) => Parties = Named(parties);

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties { get; }

        /// <inheritdoc/>
        public bool Equals(Everyone? other) => other is not null && Parties.SetEquals(other.Parties);

        /// <inheritdoc/>
        public override int GetHashCode() => Parties.Count;
    }

    /// <summary>`at least 2 of a, b, c`.</summary>
    public sealed record AtLeast : Condition
    {
        /// <summary>At least <paramref name="count"/> of a list.</summary>
        /// <exception cref="ArgumentException">The list is empty or names a word of the language, or the count is not between 1 and its length.</exception>
        public AtLeast(int count, ImmutableSortedSet<PartyId> parties)
        {
            Parties = Named(parties);
            Count = count >= 1 && count <= parties.Count
                ? count
                : throw new ArgumentOutOfRangeException(nameof(count), count, "a count is between 1 and the length of its list");
        }

        /// <summary>How many, from 1 to the length of the list.</summary>
        public int Count { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties { get; }

        /// <inheritdoc/>
        public bool Equals(AtLeast? other) => other is not null && Count == other.Count && Parties.SetEquals(other.Parties);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Count, Parties.Count);
    }

    /// <summary>`at least 60% of accounted compute`: the members' share, the party's own included.</summary>
    public sealed record Compute : Condition
    {
        /// <summary>At least a share of all accounted compute.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The percentage is not in (0, 100] or has more than four decimals.</exception>
        public Compute(decimal percent) =>
            Percent = percent > 0 && percent <= 100 && decimal.Round(percent, ConditionLimits.PercentDecimals) == percent
                ? percent
                : throw new ArgumentOutOfRangeException(nameof(percent), percent, "a percentage lies in (0, 100] and has at most four decimals");

        /// <summary>The percentage, in (0, 100], with at most four decimals.</summary>
        public decimal Percent { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [];

        /// <summary>Whether a share in [0, 1] is enough.</summary>
        /// <remarks>The conversion and the division behind a share each round once, so 3 of 5 equal shares are 60%.</remarks>
        public bool IsReachedBy(double share) => share >= (double)(Percent / 100);
    }

    /// <summary>All of two conditions or more.</summary>
    public sealed record And : Condition
    {
        internal And(ImmutableArray<Condition> terms) => Terms = Several<And>(terms);

        /// <summary>Two terms or more, none of them a conjunction, in the order written.</summary>
        public ImmutableArray<Condition> Terms { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [.. Terms.SelectMany(t => t.Parties)];

        /// <inheritdoc/>
        public bool Equals(And? other) => other is not null && Terms.SequenceEqual(other.Terms);

        /// <inheritdoc/>
        public override int GetHashCode() => Terms.Length;
    }

    /// <summary>Any of two conditions or more.</summary>
    public sealed record Or : Condition
    {
        internal Or(ImmutableArray<Condition> terms) => Terms = Several<Or>(terms);

        /// <summary>Two terms or more, none of them a disjunction, in the order written.</summary>
        public ImmutableArray<Condition> Terms { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [.. Terms.SelectMany(t => t.Parties)];

        /// <inheritdoc/>
        public bool Equals(Or? other) => other is not null && Terms.SequenceEqual(other.Terms);

        /// <inheritdoc/>
        public override int GetHashCode() => Terms.Length;
    }
}
