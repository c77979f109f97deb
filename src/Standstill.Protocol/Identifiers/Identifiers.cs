using System.Buffers;

namespace Standstill.Protocol;

/// <summary>The position of an entry in the ledger: 0 for the charter.</summary>
public readonly record struct EntryIndex(long Value) : IComparable<EntryIndex>
{
    /// <inheritdoc/>
    public int CompareTo(EntryIndex other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>When something came to hold: a time, and the last entry that was on record then.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Entry">The entry that caused it or, where time alone did, the latest entry before.</param>
public readonly record struct Moment(DateTimeOffset Time, EntryIndex Entry);

/// <summary>A party's name within one registry.</summary>
public readonly record struct PartyId : IComparable<PartyId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public PartyId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(PartyId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A pact's name within one registry.</summary>
public readonly record struct PactId : IComparable<PactId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public PactId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(PactId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A trigger's name within one registry; its versions share it.</summary>
public readonly record struct TriggerId : IComparable<TriggerId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public TriggerId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(TriggerId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A facility's name, unique among the facilities of one party.</summary>
public readonly record struct FacilityId : IComparable<FacilityId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public FacilityId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(FacilityId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A training run's name, unique among the runs of one party.</summary>
public readonly record struct RunId : IComparable<RunId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public RunId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(RunId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The form of every name that a party chooses: short, readable aloud, safe in a path and in a sentence.</summary>
public static class Slug
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "1 to 63 of a-z, 0-9 and -, beginning with a letter, not ending with -";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a text is a well-formed name.</summary>
    public static bool IsGood(string text) =>
        text.Length is > 0 and <= 63 && text[0] is >= 'a' and <= 'z' && text[^1] != '-' && !text.AsSpan().ContainsAnyExcept(Allowed);

    internal static string Require(string text) =>
        IsGood(text) ? text : throw new ArgumentException($"a name is {Rule}", nameof(text));
}
