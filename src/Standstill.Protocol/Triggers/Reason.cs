using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Protocol.Triggers;

/// <summary>A source whose figures have grown too old.</summary>
/// <param name="Source">The independence group.</param>
/// <param name="Since">From when on it no longer counts.</param>
public sealed record StaleSource(string Source, DateTimeOffset Since);

/// <summary>Why a clause has its verdict.</summary>
public abstract record Reason
{
    private Reason()
    {
    }

    /// <summary>The reason in words: lower case, no final period.</summary>
    public abstract string Text { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    private static string Names(IEnumerable<string> sources) => string.Join(", ", sources.Select(source => $"`{source}`"));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>The evidence settles it.</summary>
    public sealed record Settled : Reason
    {
        /// <inheritdoc/>
        public override string Text => "the evidence settles it";
    }

    /// <summary>It follows from the clauses below.</summary>
    public sealed record FromParts : Reason
    {
        /// <inheritdoc/>
        public override string Text => "follows from its parts";
    }

    /// <summary>The panel has voted, or has not.</summary>
    public sealed record PanelVote : Reason
    {
        /// <inheritdoc/>
        public override string Text => "the vote of the panel settles it";
    }

    /// <summary>Nothing is on record about the quantity.</summary>
    public sealed record NoEvidence : Reason
    {
        /// <inheritdoc/>
        public override string Text => "no evidence";
    }

    /// <summary>Everything on record is too old.</summary>
    /// <param name="Sources">The sources, and since when each no longer counts.</param>
    public sealed record TooOld(ImmutableArray<StaleSource> Sources) : Reason
    {
        /// <inheritdoc/>
        public override string Text => "too old: " + string.Join(
            ", ", Sources.Select(stale => $"`{stale.Source}` since {stale.Since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"));
    }

    /// <summary>Fewer independent sources speak of the quantity than the trigger demands.</summary>
    /// <param name="Have">How many do, and are fresh.</param>
    /// <param name="Need">How many are demanded.</param>
    public sealed record TooFewSources(int Have, int Need) : Reason
    {
        /// <inheritdoc/>
        public override string Text => Invariant($"{Have} of {Need} independent sources; missing {Need - Have}");
    }

    /// <summary>Fewer labs are reported on than the count of labs demands.</summary>
    /// <param name="Have">How many are.</param>
    /// <param name="Need">How many are demanded.</param>
    public sealed record TooFewLabs(int Have, int Need) : Reason
    {
        /// <inheritdoc/>
        public override string Text => Invariant($"evidence of {Have} of {Need} labs; missing {Need - Have}");
    }

    /// <summary>A frontier has too few models in the window for a trend.</summary>
    /// <param name="Sources">The sources.</param>
    public sealed record TooFewPoints(ImmutableArray<string> Sources) : Reason
    {
        /// <inheritdoc/>
        public override string Text => $"too few models for a trend: {Names(Sources)}";
    }

    /// <summary>A confidence is demanded, and a source published no interval.</summary>
    /// <param name="Sources">The sources without one.</param>
    public sealed record NoInterval(ImmutableArray<string> Sources) : Reason
    {
        /// <inheritdoc/>
        public override string Text => $"no interval published: {Names(Sources)}";
    }

    /// <summary>The figure is only a bound, and the bound does not reach the threshold.</summary>
    public sealed record OnlyABound : Reason
    {
        /// <inheritdoc/>
        public override string Text => "the figure is only a bound, and leaves it open";
    }

    /// <summary>Each source settles it for itself, and not all the same way.</summary>
    /// <param name="Met">The sources that hold it for met.</param>
    /// <param name="NotMet">The sources that hold it for not met.</param>
    public sealed record SourcesDisagree(ImmutableArray<string> Met, ImmutableArray<string> NotMet) : Reason
    {
        /// <inheritdoc/>
        public override string Text => $"sources disagree: met by {Names(Met)}, not met by {Names(NotMet)}";
    }

    /// <summary>It is met, and has not been so for long enough.</summary>
    /// <param name="Until">When it will have been, if nothing changes.</param>
    public sealed record NotYetSustained(DateTimeOffset Until) : Reason
    {
        /// <inheritdoc/>
        public override string Text =>
            $"not yet sustained: until {Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}Z if nothing changes";
    }
}
