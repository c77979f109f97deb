using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>What became of one clause of a condition, given a gathering.</summary>
/// <param name="Clause">The clause: one without `and` and `or`.</param>
/// <param name="Holds">Whether it holds.</param>
public abstract record ClauseFinding(Condition Clause, bool Holds)
{
    /// <summary>The most parties of which it is told why they do not count.</summary>
    public const int MostShort = 8;

    /// <summary>Whether it was judged by the weaker threshold that it names for who is bound already.</summary>
    public bool ToStay { get; init; }

    /// <summary>Where it fails, the parties that are there and do not count, in the order of names, the first <see cref="MostShort"/>.</summary>
    public ImmutableArray<Shortfall> Short { get; init; } = [];

    /// <summary>How many parties are there and do not count, where it fails.</summary>
    public int ShortCount { get; init; }

    /// <summary>A clause that names parties, or `always`, which names none.</summary>
    /// <param name="Clause">The clause.</param>
    /// <param name="Holds">Whether it holds.</param>
    /// <param name="Present">The named parties that count: thanks to whom it holds.</param>
    /// <param name="Missing">The named parties that do not.</param>
    public sealed record OfParties(Condition Clause, bool Holds, ImmutableArray<PartyId> Present, ImmutableArray<PartyId> Missing)
        : ClauseFinding(Clause, Holds)
    {
        /// <summary>The named pacts that count.</summary>
        public ImmutableArray<PactId> PactsPresent { get; init; } = [];

        /// <summary>The named pacts that do not.</summary>
        public ImmutableArray<PactId> PactsMissing { get; init; } = [];

        /// <summary>Those of <see cref="PactsMissing"/> that have bound members, none of whom reaches the standard.</summary>
        public ImmutableArray<PactId> PactsShort { get; init; } = [];

        /// <summary>How many more of the missing it takes; 0 where it holds.</summary>
        public int Lacking { get; init; }

        /// <summary>Of the listed names that have merged or split, who is there in their place.</summary>
        public ImmutableSortedDictionary<PartyId, ImmutableSortedSet<PartyId>> Now { get; init; } =
            ImmutableSortedDictionary<PartyId, ImmutableSortedSet<PartyId>>.Empty;
    }

    /// <summary>A clause on a number of parties or of jurisdictions.</summary>
    /// <param name="Clause">The clause.</param>
    /// <param name="Holds">Whether it holds.</param>
    /// <param name="Found">How many count.</param>
    public sealed record OfNumber(Condition Clause, bool Holds, int Found) : ClauseFinding(Clause, Holds)
    {
        /// <summary>The jurisdictions that count, in their order; empty for a number of parties.</summary>
        public ImmutableArray<string> Jurisdictions { get; init; } = [];
    }

    /// <summary>A clause on compute.</summary>
    /// <param name="Clause">The clause.</param>
    /// <param name="Holds">Whether it holds.</param>
    /// <param name="Share">The share of those who count, in [0, 1]; null where no estimate of world compute is on record.</param>
    public sealed record OfCompute(Condition Clause, bool Holds, double? Share) : ClauseFinding(Clause, Holds)
    {
        /// <summary>What it is a share of, in FLOP per second; 0 where <see cref="Share"/> is null.</summary>
        public double Whole { get; init; }

        /// <summary>Whether the whole is an estimate of what exists, rather than what is accounted for.</summary>
        public bool IsEstimated { get; init; }

        /// <summary>The part of the whole that nobody accounts for, in [0, 1].</summary>
        public double Unaccounted { get; init; }

        /// <summary>The part of the whole that has been handed to outsiders, in [0, 1].</summary>
        public double Outside { get; init; }
    }
}
