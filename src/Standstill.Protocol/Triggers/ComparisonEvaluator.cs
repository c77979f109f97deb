using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Triggers;

/// <summary>A source on record for one quantity, before its age is looked at.</summary>
internal sealed record Candidate(string Source, DateOnly Date, ImmutableArray<EntryIndex> Entries, Func<IndicatorDistribution> Figure);

/// <summary>Answers one comparison as of one moment.</summary>
/// <remarks>
/// <para>A source counts while it is fresh and says anything of the quantity. When enough independent ones count, what all of them hold
/// possible stays possible: the probability lies between the least and the greatest that any of them gives, and likewise the point.</para>
/// <para>With a confidence, the comparison is met when even the least probability reaches it, and not met when even the greatest does
/// not. A source without an interval leaves that open. Without a confidence, the point estimate is compared; where there is only a
/// bound, the range of the median stands for it, so that "at least 960 min" settles <c>&gt; 8 h</c> and leaves <c>&gt; 20 h</c> open.</para>
/// </remarks>
internal static class ComparisonEvaluator
{
    private static readonly Probability Lower = new(0.025);
    private static readonly Probability Middle = new(0.5);
    private static readonly Probability Upper = new(0.975);

    /// <summary>From when on a figure is older than a number of days: the first tick after they have passed since its day began in UTC;
    /// absent where that is after the year 9999.</summary>
    public static DateTimeOffset? StaleFrom(DateOnly date, int? oldestDays)
    {
        if (oldestDays is not { } days)
        {
            return null;
        }

        var start = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.MaxValue - start > TimeSpan.FromDays(days) ? start.AddDays(days).AddTicks(1) : null;
    }

    /// <summary>Answers a comparison; how long it has lasted is not looked at.</summary>
    public static Explanation.Compared Answer(
        Condition.Compare atom, IEnumerable<Candidate> candidates, EvidenceClause clause, DateTimeOffset asOf)
    {
        ImmutableArray<SourceFinding> sources =
        [
            .. candidates
                .OrderBy(candidate => candidate.Source, StringComparer.Ordinal)
                .Select(candidate => new SourceFinding(candidate.Source, candidate.Date, candidate.Entries, Use(atom, candidate, clause, asOf))),
        ];
        ImmutableArray<(string Source, SourceUse.Counted Figure)> counted =
            [.. sources.Where(source => source.Use is SourceUse.Counted).Select(source => (source.Source, (SourceUse.Counted)source.Use))];
        ProbabilityBounds? probability = counted.IsEmpty || atom.Confidence is null
            ? null
            : new ProbabilityBounds(
                new Probability(counted.Min(source => source.Figure.Probability.Low.Value)),
                new Probability(counted.Max(source => source.Figure.Probability.High.Value)));
        var (verdict, reason) = Shortage(atom.Indicator, sources, clause.Sources) is { } shortage
            ? (Verdict.Undetermined, shortage)
            : Pool(atom, counted);
        return new Explanation.Compared(
            TriggerFormatter.Format(atom with { SustainedDays = null }),
            verdict,
            reason,
            atom.Threshold,
            atom.Confidence is { } percent ? Demanded(percent) : null,
            probability,
            sources);
    }

    private static SourceUse Use(Condition.Compare atom, Candidate candidate, EvidenceClause clause, DateTimeOffset asOf)
    {
        if (StaleFrom(candidate.Date, clause.OldestDays) is { } since && asOf >= since)
        {
            return new SourceUse.Stale(since);
        }

        var figure = candidate.Figure();
        if (figure.IsNone)
        {
            return new SourceUse.Silent();
        }

        var probability = figure.HasInterval ? Chance(atom, figure) : ProbabilityBounds.Unknown;
        var median = figure.Quantile(Middle);
        var verdict = atom.Confidence is { } confidence
            ? Confident(probability, Demanded(confidence))
            : Pointwise(atom, figure.PointEstimate is { } point ? new QuantileBounds(point, point) : median);
        return new SourceUse.Counted(
            verdict, probability, figure.PointEstimate, median, figure.Quantile(Lower), figure.Quantile(Upper), figure.HasInterval);
    }

    private static Reason? Shortage(Indicator indicator, ImmutableArray<SourceFinding> sources, int need)
    {
        var have = sources.Where(source => source.Use is SourceUse.Counted).Select(source => source.Source).Distinct().Count();
        if (have >= need)
        {
            return null;
        }

        if (have > 0)
        {
            return new Reason.TooFewSources(have, need);
        }

        ImmutableArray<string> silent = [.. sources.Where(source => source.Use is SourceUse.Silent).Select(source => source.Source)];
        ImmutableArray<StaleSource> stale =
            [.. sources.Where(source => source.Use is SourceUse.Stale).Select(source => new StaleSource(source.Source, ((SourceUse.Stale)source.Use).Since))];
        return !silent.IsEmpty && indicator is Indicator.DoublingTime ? new Reason.TooFewPoints(silent)
            : !stale.IsEmpty ? new Reason.TooOld(stale)
            : new Reason.NoEvidence();
    }

    /// <summary>The verdict of at least one source: theirs, where all have the same.</summary>
    /// <remarks>That is the rule of the remarks above, since the least of several numbers reaches a mark exactly when each does.</remarks>
    private static (Verdict Verdict, Reason Reason) Pool(Condition.Compare atom, ImmutableArray<(string Source, SourceUse.Counted Figure)> counted)
    {
        ImmutableArray<string> Sources(Func<SourceUse.Counted, bool> which) =>
            [.. counted.Where(source => which(source.Figure)).Select(source => source.Source)];

        var met = Sources(figure => figure.Verdict == Verdict.Met);
        var notMet = Sources(figure => figure.Verdict == Verdict.NotMet);
        if (met.Length == counted.Length || notMet.Length == counted.Length)
        {
            return (notMet.IsEmpty ? Verdict.Met : Verdict.NotMet, new Reason.Settled());
        }

        var bare = atom.Confidence is null ? [] : Sources(figure => !figure.HasInterval);
        return (
            Verdict.Undetermined,
            !bare.IsEmpty ? new Reason.NoInterval(bare)
            : !met.IsEmpty && !notMet.IsEmpty ? new Reason.SourcesDisagree(met, notMet)
            : new Reason.OnlyABound());
    }

    private static Probability Demanded(decimal percent) => new((double)(percent / 100));

    private static ProbabilityBounds Chance(Condition.Compare atom, IndicatorDistribution figure) => atom.Comparison switch
    {
        Comparison.Above => figure.Above(atom.Threshold.InBase),
        Comparison.AtLeast => figure.Below(atom.Threshold.InBase).Complement(),
        Comparison.Below => figure.Below(atom.Threshold.InBase),
        _ => figure.Above(atom.Threshold.InBase).Complement(),
    };

    private static Verdict Confident(ProbabilityBounds probability, Probability demanded) =>
        probability.Low.Value >= demanded.Value ? Verdict.Met
        : probability.High.Value < demanded.Value ? Verdict.NotMet
        : Verdict.Undetermined;

    private static Verdict Pointwise(Condition.Compare atom, QuantileBounds point)
    {
        bool Holds(double value) => atom.Comparison switch
        {
            Comparison.Above => value > atom.Threshold.InBase,
            Comparison.AtLeast => value >= atom.Threshold.InBase,
            Comparison.Below => value < atom.Threshold.InBase,
            _ => value <= atom.Threshold.InBase,
        };

        return (Holds(point.Low), Holds(point.High)) switch
        {
            (true, true) => Verdict.Met,
            (false, false) => Verdict.NotMet,
            _ => Verdict.Undetermined,
        };
    }
}
