using System.Collections.Immutable;
using CsCheck;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Indicators;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

/// <summary>What a registry holds from a time on.</summary>
internal sealed record Chapter(DateTimeOffset From, Evidence Evidence, bool PanelVotesRelease);

/// <summary>Random triggers, and random ledgers to evaluate them on.</summary>
internal static class Generated
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Seed Seed = new(new byte[32]);

    private static readonly Gen<Comparison> Comparisons = Gen.OneOf(Enum.GetValues<Comparison>());

    private static readonly Gen<decimal?> Confidence = Maybe(Gen.OneOf(50.000001m, 60m, 80m, 97.5m, 99.999999m));

    private static readonly Gen<Condition> FrontierAtom = Gen.OneOf<Condition>(
        Compare(
            Gen.OneOf<Indicator>(new Indicator.FrontierHorizon(50), new Indicator.FrontierHorizon(80)),
            Gen.OneOf(new Quantity(8, ThresholdUnit.Hours), new Quantity(16, ThresholdUnit.Hours), new Quantity(120.5m, ThresholdUnit.Minutes), new Quantity(999_999_999.999999m, ThresholdUnit.Minutes))),
        Compare(
            Gen.OneOf<Indicator>(new Indicator.DoublingTime(null), new Indicator.DoublingTime(new DateOnly(2025, 9, 1))),
            Gen.OneOf(new Quantity(1, ThresholdUnit.Days), new Quantity(90, ThresholdUnit.Days), new Quantity(200.25m, ThresholdUnit.Days))));

    private static readonly Gen<Condition> LabAtom = Gen.OneOf<Condition>(
        Compare(
            Gen.Const<Indicator>(new Indicator.OfLab(IndicatorKind.All[0])),
            Gen.OneOf(new Quantity(0, ThresholdUnit.Percent), new Quantity(50, ThresholdUnit.Percent), new Quantity(90, ThresholdUnit.Percent), new Quantity(100, ThresholdUnit.Percent))),
        Compare(
            Gen.OneOf<Indicator>(new Indicator.OfLab(IndicatorKind.All[2]), new Indicator.OfLab(IndicatorKind.All[1])),
            Gen.OneOf(new Quantity(2, ThresholdUnit.Times), new Quantity(0.5m, ThresholdUnit.Times))));

    private static readonly Gen<Condition> AtLabs =
        Gen.Select(Gen.Int[1, 4], Tree(LabAtom, 2), Condition (count, inner) => new Condition.AtLabs(count, inner));

    /// <summary>Any good trigger.</summary>
    public static readonly Gen<Trigger> Triggers = Gen.Select(
        Gen.String[Gen.OneOf("abc XYZ-.:()%>é→".ToCharArray()), 1, 20].Where(name => !string.IsNullOrWhiteSpace(name)),
        Gen.Int[1, 1_000_000],
        Levels(),
        Gen.Select(Gen.Int[1, 3], Maybe(Gen.Int[1, 90]), (sources, days) => new EvidenceClause(sources, days)),
        Gen.OneOf(Enum.GetValues<WhenUndetermined>()),
        (name, version, levels, evidence, undetermined) => new Trigger(name, version, levels, evidence, undetermined));

    /// <summary>What a registry holds over half a year, in one to five chapters.</summary>
    public static readonly Gen<ImmutableArray<Chapter>> Ledgers = Gen.Select(
        Gen.Select(Gen.Int[1, 40 * 24 * 3600], EvidenceOf(), Gen.Bool).Array[1, 5],
        ImmutableArray<Chapter> (parts) =>
        {
            var time = Start;
            return [.. parts.Select(part => new Chapter(time = time.AddSeconds(part.Item1), part.Item2, part.Item3))];
        });

    /// <summary>Holds a property against cases that are the same on every run.</summary>
    public static void Hold<T>(this Gen<T> cases, Action<T> property, int count) =>
        cases.Array[count].Sample(
            drawn =>
            {
                foreach (var one in drawn)
                {
                    property(one);
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1,
            threads: 1);

    public static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : struct =>
        Gen.Select(Gen.Bool, gen, (there, value) => there ? value : (T?)null);

    /// <summary>The frontier of one source.</summary>
    public static FrontierSource Source(string name, int entry, params ImmutableArray<PublishedHorizon> horizons) => new(
        name,
        horizons.Max(horizon => horizon.Released),
        [new EntryIndex(entry)],
        new Lazy<FrontierEstimate>(() => FrontierEstimate.Estimate(horizons, Seed, draws: 40)),
        new Lazy<FrontierOutlook>(() => FrontierOutlook.Of(horizons, Seed)));

    /// <summary>The frontier of a source with one model, whose limits are a factor above and below.</summary>
    public static FrontierSource Source(
        string name, DateOnly released, double p50, double? factor, double? p80 = null, Censoring censoring = Censoring.None) =>
        Source(name, 1, new PublishedHorizon("m", released, new Minutes(p50), Limits(p50, factor), p80 is { } m ? new Minutes(m) : null, censoring));

    private static HorizonLimits? Limits(double p50, double? factor) =>
        factor is { } f ? new HorizonLimits(new Minutes(p50 / f), new Minutes(p50 * f)) : null;

    private static Gen<Condition> Compare(Gen<Indicator> indicators, Gen<Quantity> thresholds) => Gen.Select(
        indicators,
        Comparisons,
        thresholds,
        Confidence,
        Maybe(Gen.Int[1, 60]),
        Condition (indicator, comparison, threshold, confidence, days) => new Condition.Compare(indicator, comparison, threshold, confidence, days));

    private static Gen<Condition> Tree(Gen<Condition> leaf, int depth) => depth == 0
        ? leaf
        : Gen.OneOf<Condition>(
            leaf,
            Tree(leaf, depth - 1).Array[2, 2].Select(Condition (terms) => new Condition.And([.. terms])),
            Tree(leaf, depth - 1).Array[2, 2].Select(Condition (terms) => new Condition.Or([.. terms])));

    private static Gen<ImmutableArray<LevelClause>> Levels()
    {
        var condition = Tree(Gen.OneOf<Condition>(FrontierAtom, AtLabs), 2);
        var release = Tree(Gen.OneOf<Condition>(Gen.Const<Condition>(new Condition.PanelVotesRelease()), FrontierAtom), 1);
        return Gen.Select(
            Gen.Int[1, 7],
            Gen.Bool,
            condition,
            condition,
            condition,
            release,
            ImmutableArray<LevelClause> (mask, hasRelease, watch, warn, pause, last) =>
            [
                .. (mask & 1) != 0 ? [new LevelClause(TriggerLevel.Watch, watch)] : Array.Empty<LevelClause>(),
                .. (mask & 2) != 0 ? [new LevelClause(TriggerLevel.Warn, warn)] : Array.Empty<LevelClause>(),
                .. (mask & 4) != 0 ? [new LevelClause(TriggerLevel.Pause, pause)] : Array.Empty<LevelClause>(),
                .. hasRelease ? [new LevelClause(TriggerLevel.Release, last)] : Array.Empty<LevelClause>(),
            ]);
    }

    private static Gen<Evidence> EvidenceOf()
    {
        var day = Gen.Int[-150, 60].Select(days => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(days));
        var horizon = Gen.Select(
            day,
            Gen.OneOf(60.0, 300, 480, 960, 3000),
            Maybe(Gen.OneOf(1.05, 2, 10)),
            Gen.OneOf(Censoring.None, Censoring.None, Censoring.None, Censoring.AtLeast, Censoring.AtMost),
            Gen.Bool,
            (released, p50, factor, censoring, has80) =>
                new PublishedHorizon("m", released, new Minutes(p50), Limits(p50, factor), has80 ? new Minutes(p50 / 5) : null, censoring));
        var frontier = Gen.Select(Gen.Bool, horizon.Array[1, 4]).Array[3].Select(ImmutableArray<FrontierSource> (sources) =>
        [
            .. sources.Index().Where(source => source.Item.Item1)
                .Select(source => Source("abc"[source.Index].ToString(), source.Index, [.. source.Item.Item2])),
        ]);
        var report = Gen.Select(
            Gen.Int[0, 2],
            Gen.Int[0, 2],
            Gen.Int[0, 2],
            day,
            Gen.OneOf(0.2, 0.5, 0.9, 1.0),
            Gen.Bool,
            Gen.OneOf(Censoring.None, Censoring.None, Censoring.AtLeast, Censoring.AtMost),
            (source, lab, kind, measured, value, limits, censoring) => new IndicatorEvidence(
                new EntryIndex(10 + source),
                new PartyId("evaluator"),
                "abc"[source].ToString(),
                new PartyId("lab-" + "xyz"[lab]),
                IndicatorKind.All[kind],
                measured,
                IndicatorDistribution.FromPublished(value, limits ? value / 2 : null, limits ? Math.Min(1, value * 1.5) : null, censoring, IndicatorKind.All[kind].Scale)));
        return Gen.Select(frontier, report.Array[0, 12], (sources, reports) => new Evidence(
            sources,
            [
                .. reports.DistinctBy(r => (r.Source, r.Lab, r.Kind))
                    .OrderBy(r => r.Kind.Name, StringComparer.Ordinal).ThenBy(r => r.Lab).ThenBy(r => r.Source, StringComparer.Ordinal),
            ]));
    }
}
