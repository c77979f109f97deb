using System.Collections.Immutable;

namespace Standstill.Measurement.Indicators;

/// <summary>By which rule several sources of one quantity are made one figure.</summary>
public enum PoolRule
{
    /// <summary>What one source holds possible stays possible (<see cref="IndicatorDistribution.Envelope"/>). The rule of triggers.</summary>
    Envelope,

    /// <summary>Quantiles are averaged, also called Vincentization (C. Genest, "Vincentization revisited", Annals of Statistics 20 (1992)
    /// 1137–1142; K. Lichtendahl, Y. Grushka-Cockayne and R. Winkler, "Is it better to average probabilities or quantiles?", Management
    /// Science 59 (2013) 1594–1611).</summary>
    QuantileMean,

    /// <summary>Probabilities are averaged: the linear opinion pool (M. Stone, "The opinion pool", Annals of Mathematical Statistics 32
    /// (1961) 1339–1342).</summary>
    LinearPool,
}

/// <summary>How the errors of different independence groups are taken to hang together. Within one group nothing is assumed: it is
/// counted once.</summary>
public enum PoolDependence
{
    /// <summary>In any way: the envelope holds whatever it is.</summary>
    Any,

    /// <summary>All errors go the same way together (comonotone): then, and only then, the mean of the sources has the mean of their
    /// quantiles. No error cancels another, so that the pool is about as wide as its sources.</summary>
    Comonotone,

    /// <summary>One source is right and the weights are the chances of each: the mixture, which disagreement makes wider.</summary>
    OneIsRight,
}

/// <summary>What stands for an independence group that has several figures.</summary>
public enum WithinGroup
{
    /// <summary>The one measured last; the envelope of those measured on that day.</summary>
    Latest,

    /// <summary>The envelope of all.</summary>
    Envelope,
}

/// <summary>One figure that may enter a pool.</summary>
/// <param name="Group">The independence group: figures from one measurement or one institution share it, and count once.</param>
/// <param name="Measured">The last day of the measurement.</param>
/// <param name="Figure">The figure.</param>
public sealed record PoolSource(string Group, DateOnly Measured, IndicatorDistribution Figure);

/// <summary>One independence group within a pool.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Weight">Its weight; weights sum to 1. Nothing under the envelope, which has no weights.</param>
/// <param name="Used">How many of its figures stand for it.</param>
/// <param name="LeftOut">How many later ones replaced.</param>
/// <param name="Measured">The last day on which a figure that stands for it was measured.</param>
/// <param name="Figure">The figure that stands for it.</param>
public sealed record PoolMember(string Group, double? Weight, int Used, int LeftOut, DateOnly Measured, IndicatorDistribution Figure);

/// <summary>Several sources of one quantity made one figure, by a rule that is stated with it.</summary>
/// <remarks>
/// <para>For display. Triggers are evaluated from the envelope alone: a pause must not hang on the weights that somebody gave.</para>
/// <para>Figures of one independence group are first made one, and then groups are pooled. Bounds survive: edges are pooled each for
/// itself, so that a source that gives only "at least" leaves the upper edge open as far as its weight goes, and censoring a source
/// never narrows that end. The result does not depend on the order of the sources.</para>
/// </remarks>
/// <param name="Rule">The rule.</param>
/// <param name="Dependence">What the rule takes for granted of the sources' errors.</param>
/// <param name="WithinGroup">How a group was made one figure.</param>
/// <param name="Members">The groups, in ordinal order of their names.</param>
/// <param name="Figure">The pooled figure.</param>
public sealed record IndicatorPool(
    PoolRule Rule, PoolDependence Dependence, WithinGroup WithinGroup, ImmutableArray<PoolMember> Members, IndicatorDistribution Figure)
{
    /// <summary>Pools sources; every group has the same weight.</summary>
    /// <exception cref="ArgumentException">There is no source.</exception>
    public static IndicatorPool Of(ImmutableArray<PoolSource> sources, PoolRule rule, WithinGroup withinGroup = WithinGroup.Latest) =>
        Of(sources, rule, withinGroup, static _ => 1);

    /// <summary>Pools sources.</summary>
    /// <param name="sources">The figures, at least one.</param>
    /// <param name="rule">The rule between groups.</param>
    /// <param name="withinGroup">The rule within a group.</param>
    /// <param name="weight">The weight of a group, finite and above zero; weights are made to sum to 1. The envelope asks for none.</param>
    /// <exception cref="ArgumentException">There is no source, or a weight is not finite and above zero.</exception>
    public static IndicatorPool Of(ImmutableArray<PoolSource> sources, PoolRule rule, WithinGroup withinGroup, Func<string, double> weight)
    {
        if (sources.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a pool has at least one source", nameof(sources));
        }

        ImmutableArray<PoolMember> members =
        [
            .. sources.GroupBy(source => source.Group, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Member(group.Key, [.. group], withinGroup)),
        ];
        if (rule == PoolRule.Envelope)
        {
            return new IndicatorPool(rule, PoolDependence.Any, withinGroup, members, IndicatorDistribution.Envelope([.. members.Select(member => member.Figure)]));
        }

        ImmutableArray<double> weights = [.. members.Select(member => weight(member.Group))];
        var total = weights.Sum();
        if (weights.Any(given => !(given > 0)) || !double.IsFinite(total))
        {
            throw new ArgumentException("weights are finite and above zero", nameof(weight));
        }

        members = [.. members.Zip(weights, (member, given) => member with { Weight = given / total })];
        ImmutableArray<(IndicatorDistribution, double)> parts = [.. members.Select(member => (member.Figure, member.Weight!.Value))];
        return rule == PoolRule.QuantileMean
            ? new IndicatorPool(rule, PoolDependence.Comonotone, withinGroup, members, IndicatorDistribution.QuantileMean(parts))
            : new IndicatorPool(rule, PoolDependence.OneIsRight, withinGroup, members, IndicatorDistribution.Mixture(parts));
    }

    private static PoolMember Member(string group, ImmutableArray<PoolSource> sources, WithinGroup withinGroup)
    {
        var last = sources.Max(source => source.Measured);
        ImmutableArray<PoolSource> used = withinGroup == WithinGroup.Latest ? [.. sources.Where(source => source.Measured == last)] : sources;
        return new PoolMember(
            group, Weight: null, used.Length, sources.Length - used.Length, last, IndicatorDistribution.Envelope([.. used.Select(source => source.Figure)]));
    }
}
