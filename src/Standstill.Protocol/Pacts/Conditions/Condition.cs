using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>What a party asks of the others before it is bound.</summary>
/// <remarks>Every condition is monotone: it holds of any set of members that includes one of which it holds.
/// Equal conditions have equal canonical texts, and reading a canonical text gives the condition back: in version 1 where it
/// says nothing that version 1 cannot, in version 2 where it names nobody by a word that version 2 has added.</remarks>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>Every party that the condition names.</summary>
    public abstract ImmutableSortedSet<PartyId> Parties { get; }

    /// <summary>Reads a condition in the language of version 1.</summary>
    /// <returns>The condition, or what is wrong, where, what was expected there and how to put it right.</returns>
    public static Parsed<Condition> Parse(string text) => Parse(text, ConditionVersion.One);

    /// <summary>Reads a condition; the languages are described in <see cref="ConditionLimits"/> and the protocol's docs.</summary>
    /// <returns>The condition, or what is wrong, where, what was expected there and how to put it right.</returns>
    public static Parsed<Condition> Parse(string text, ConditionVersion version) => ConditionReader.Read(text, version);

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

    /// <summary>Every pact that the condition names.</summary>
    public ImmutableSortedSet<PactId> Pacts => this switch
    {
        Everyone everyone => everyone.Of.Pacts,
        AtLeast atLeast => atLeast.Of.Pacts,
        And and => [.. and.Terms.SelectMany(t => t.Pacts)],
        Or or => [.. or.Terms.SelectMany(t => t.Pacts)],
        _ => [],
    };

    /// <summary>Whether the condition holds of a gathering, to join or, for a party that is bound already, to stay.</summary>
    public bool Holds(Gathering gathering, bool staying) => ConditionEvaluator.Holds(this, gathering, staying);

    /// <summary>The canonical text.</summary>
    public sealed override string ToString() => ConditionFormatter.Format(this);

    private static ImmutableArray<Condition> Several<TSame>(ImmutableArray<Condition> terms)
        where TSame : Condition =>
        terms.Length >= 2 && !terms.Any(t => t is TSame)
            ? terms
            : throw new ArgumentException("there are two terms or more, none of the same kind", nameof(terms));

    private static Listed Named(Listed of) =>
        of.Count > 0 && !of.Parties.Any(p => ConditionWords.IsReserved(p.Value)) && !of.Pacts.Any(p => ConditionWords.IsReserved(p.Value))
            ? of
            : throw new ArgumentException("a list names a party, and none that is a word of the language", nameof(of));

    private static Standard Within(Standard standard) =>
        standard.IsGood ? standard : throw new ArgumentOutOfRangeException(nameof(standard), standard, "a standard slows by 1 to 100 and asks for an assurance of 0 to 99 per cent");

    private static int Counted(int count) =>
        count is >= 1 and <= 10_000 ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "a count lies in 1 to 10,000");

    private static int Weaker(int stay, int count) =>
        stay >= 1 && stay <= count ? stay : throw new ArgumentOutOfRangeException(nameof(stay), stay, "staying asks for no more than joining, and for one at least");

    /// <summary>`always`: the party goes first, whatever the others do.</summary>
    public sealed record Always : Condition
    {
        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [];
    }

    /// <summary>`all of a, b, pact c`.</summary>
    public sealed record Everyone : Condition
    {
        /// <summary>All of a list that is not empty.</summary>
        /// <exception cref="ArgumentException">The list is empty or names a word of the language, or the standard is out of range.</exception>
        public Everyone(Listed of, Standard standard)
        {
            Of = Named(of);
            Standard = Within(standard);
        }

        /// <summary>All of some parties, stopped by their own word.</summary>
        /// <exception cref="ArgumentException">The list is empty or names a word of the language.</exception>
        public Everyone(ImmutableSortedSet<PartyId> parties)
            : this(new Listed(parties, []), Standard.Stopped)
        {
        }

        /// <summary>Who is asked for.</summary>
        public Listed Of { get; }

        /// <summary>What each must reach to count.</summary>
        public Standard Standard { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => Of.Parties;
    }

    /// <summary>`at least 3 (staying at 2) of a, b, c`.</summary>
    public sealed record AtLeast : Condition
    {
        /// <summary>At least <paramref name="count"/> of a list, and <paramref name="stay"/> once the party is bound.</summary>
        /// <exception cref="ArgumentException">The list is empty or names a word of the language, the count is not between 1 and its
        /// length, the other not between 1 and the count, or the standard is out of range.</exception>
        public AtLeast(int count, int stay, Listed of, Standard standard)
        {
            Of = Named(of);
            Count = count >= 1 && count <= of.Count
                ? count
                : throw new ArgumentOutOfRangeException(nameof(count), count, "a count is between 1 and the length of its list");
            Stay = Weaker(stay, count);
            Standard = Within(standard);
        }

        /// <summary>At least <paramref name="count"/> of some parties, stopped by their own word.</summary>
        /// <exception cref="ArgumentException">The list is empty or names a word of the language, or the count is not between 1 and its length.</exception>
        public AtLeast(int count, ImmutableSortedSet<PartyId> parties)
            : this(count, count, new Listed(parties, []), Standard.Stopped)
        {
        }

        /// <summary>How many, from 1 to the length of the list.</summary>
        public int Count { get; }

        /// <summary>How many are enough for a party that is bound already: 1 to <see cref="Count"/>.</summary>
        public int Stay { get; }

        /// <summary>Of whom.</summary>
        public Listed Of { get; }

        /// <summary>What each must reach to count.</summary>
        public Standard Standard { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => Of.Parties;
    }

    /// <summary>`at least 5 (staying at 4) parties`: whoever they are, the party itself included.</summary>
    public sealed record Number : Condition
    {
        /// <summary>At least <paramref name="count"/> parties, and <paramref name="stay"/> once the party is bound.</summary>
        /// <exception cref="ArgumentException">The count is not in 1 to 10,000, the other not between 1 and the count, or the standard is out of range.</exception>
        public Number(int count, int stay, Standard standard)
        {
            Count = Counted(count);
            Stay = Weaker(stay, count);
            Standard = Within(standard);
        }

        /// <summary>How many, from 1 to 10,000.</summary>
        public int Count { get; }

        /// <summary>How many are enough for a party that is bound already: 1 to <see cref="Count"/>.</summary>
        public int Stay { get; }

        /// <summary>What each must reach to count.</summary>
        public Standard Standard { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [];
    }

    /// <summary>`at least 3 (staying at 2) jurisdictions`: those that the members are under, the party's own included.</summary>
    public sealed record Jurisdictions : Condition
    {
        /// <summary>At least <paramref name="count"/> jurisdictions, and <paramref name="stay"/> once the party is bound.</summary>
        /// <exception cref="ArgumentException">The count is not in 1 to 10,000, the other not between 1 and the count, or the standard is out of range.</exception>
        public Jurisdictions(int count, int stay, Standard standard)
        {
            Count = Counted(count);
            Stay = Weaker(stay, count);
            Standard = Within(standard);
        }

        /// <summary>How many, from 1 to 10,000.</summary>
        public int Count { get; }

        /// <summary>How many are enough for a party that is bound already: 1 to <see cref="Count"/>.</summary>
        public int Stay { get; }

        /// <summary>What a party must reach for its jurisdiction to count.</summary>
        public Standard Standard { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [];
    }

    /// <summary>`at least 60% (staying at 50%) of world compute`: the members' share, the party's own included.</summary>
    public sealed record Compute : Condition
    {
        /// <summary>At least a share of compute, and <paramref name="stay"/> once the party is bound.</summary>
        /// <exception cref="ArgumentException">A percentage is not in (0, 100] or has more than four decimals, the second is above
        /// the first, the confidence is not in 50 to 95, or the standard is out of range.</exception>
        public Compute(decimal percent, decimal stay, ComputeBasis basis, int confidence, Standard standard)
        {
            Percent = Share(percent);
            Stay = Share(stay) <= percent ? stay : throw new ArgumentOutOfRangeException(nameof(stay), stay, "staying asks for no more than joining");
            Basis = basis;
            Confidence = confidence is >= 50 and <= 95
                ? confidence
                : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "a confidence lies in 50 to 95 per cent");
            Standard = Within(standard);
        }

        /// <summary>At least a share of all accounted compute, of parties stopped by their own word.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The percentage is not in (0, 100] or has more than four decimals.</exception>
        public Compute(decimal percent)
            : this(percent, percent, ComputeBasis.Accounted, 50, Standard.Stopped)
        {
        }

        /// <summary>The percentage, in (0, 100], with at most four decimals.</summary>
        public decimal Percent { get; }

        /// <summary>The percentage that is enough for a party that is bound already, at most <see cref="Percent"/>.</summary>
        public decimal Stay { get; }

        /// <summary>What it is a share of.</summary>
        public ComputeBasis Basis { get; }

        /// <summary>The quantile of the estimate of world compute that the share is taken of, in per cent from 50 to 95.</summary>
        public int Confidence { get; }

        /// <summary>What a party must reach for its compute to count.</summary>
        public Standard Standard { get; }

        /// <inheritdoc/>
        public override ImmutableSortedSet<PartyId> Parties => [];

        /// <summary>Whether a share in [0, 1] is enough, to join or, for a party that is bound already, to stay.</summary>
        /// <remarks>The conversion and the division behind a share each round once, so 3 of 5 equal shares are 60%.</remarks>
        public bool IsReachedBy(double share, bool staying) => share >= (double)((staying ? Stay : Percent) / 100);

        private static decimal Share(decimal percent) =>
            percent > 0 && percent <= 100 && decimal.Round(percent, ConditionLimits.PercentDecimals) == percent
                ? percent
                : throw new ArgumentOutOfRangeException(nameof(percent), percent, "a percentage lies in (0, 100] and has at most four decimals");
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
