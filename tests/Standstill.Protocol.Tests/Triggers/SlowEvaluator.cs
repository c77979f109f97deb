using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Tests.Triggers;

/// <summary>A second evaluator, slow and obvious, which remembers nothing: it looks at the whole past each time.</summary>
/// <remarks>A condition without `not` is met when it holds though every open clause were false, and not met when it fails though every open
/// clause were true. A comparison has lasted for the time during which it was met since it was last not met, summed over every stretch
/// of the past between moments at which anything could have changed.</remarks>
internal sealed class SlowEvaluator(Trigger trigger, ImmutableArray<Chapter> ledger)
{
    private readonly ImmutableArray<DateTimeOffset> moments =
    [
        .. ledger.Select(chapter => chapter.From)
            .Concat(ledger
                .SelectMany(chapter => chapter.Evidence.Frontier.Select(source => source.Latest).Concat(chapter.Evidence.Indicators.Select(report => report.Measured)))
                .Select(date => Midnight(date).AddDays(trigger.Evidence.OldestDays ?? 0).AddTicks(1)))
            .Distinct()
            .Order(),
    ];

    public IEnumerable<Verdict> Raw(DateTimeOffset asOf) => trigger.Levels.Select(clause =>
        Holds(clause.Condition, lab: null, asOf, open: false) ? Verdict.Met
        : Holds(clause.Condition, lab: null, asOf, open: true) ? Verdict.Undetermined
        : Verdict.NotMet);

    public IEnumerable<Verdict> Effective(DateTimeOffset asOf) => Raw(asOf).Select((raw, level) => (raw, trigger.Undetermined) switch
    {
        (Verdict.Undetermined, WhenUndetermined.CountsAsMet) => Verdict.Met,
        (Verdict.Undetermined, WhenUndetermined.CountsAsNotMet) => Verdict.NotMet,
        (Verdict.Undetermined, _) => Changes(asOf).Reverse().Select(moment => Raw(moment).ElementAt(level))
            .FirstOrDefault(verdict => verdict != Verdict.Undetermined, Verdict.Undetermined),
        _ => raw,
    });

    private static DateTimeOffset Midnight(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Every moment up to a time at which a verdict could have changed: also those at which something had lasted.</summary>
    private IEnumerable<DateTimeOffset> Changes(DateTimeOffset asOf) =>
        Past(asOf)
            .Concat(
                from level in trigger.Levels
                from atom in level.Condition.Atoms().OfType<Condition.Compare>()
                where atom.SustainedDays is not null
                from lab in ledger.SelectMany(chapter => chapter.Evidence.Indicators).Select(report => (PartyId?)report.Lab).Append(null).Distinct()
                from moment in Completions(atom, lab, asOf)
                select moment)
            .Append(asOf).Distinct().Order();

    private IEnumerable<DateTimeOffset> Past(DateTimeOffset asOf) =>
        moments.Where(moment => moment >= ledger[0].From && moment <= asOf);

    private bool Holds(Condition condition, PartyId? lab, DateTimeOffset asOf, bool open) => condition switch
    {
        Condition.And and => and.Terms.All(term => Holds(term, lab, asOf, open)),
        Condition.Or or => or.Terms.Any(term => Holds(term, lab, asOf, open)),
        Condition.AtLabs labs => LabsOf(labs, asOf) is var reported && reported.Count < labs.Count
            ? open
            : reported.Count(one => Holds(labs.Inner, one, asOf, open)) >= labs.Count,
        Condition.PanelVotesRelease => At(asOf).PanelVotesRelease,
        Condition.Compare atom => Lasting(atom, lab, asOf) switch { Verdict.Met => true, Verdict.NotMet => false, _ => open },
        _ => throw new InvalidOperationException(),
    };

    private List<PartyId> LabsOf(Condition.AtLabs labs, DateTimeOffset asOf)
    {
        var text = labs.ToString();
        return [.. At(asOf).Evidence.Indicators.Where(report => text.Contains(report.Kind.Name)).Select(report => report.Lab).Distinct()];
    }

    private Chapter At(DateTimeOffset asOf) => ledger.Last(chapter => chapter.From <= asOf);

    private Verdict Lasting(Condition.Compare atom, PartyId? lab, DateTimeOffset asOf)
    {
        var verdict = Comparison(atom, lab, asOf);
        return atom.SustainedDays is { } days && verdict == Verdict.Met && Shown(atom, lab, asOf) < TimeSpan.FromDays(days) ? Verdict.NotMet : verdict;
    }

    private TimeSpan Shown(Condition.Compare atom, PartyId? lab, DateTimeOffset asOf)
    {
        var shown = TimeSpan.Zero;
        var past = Past(asOf).Append(asOf).ToList();
        for (var i = 0; i < past.Count; i++)
        {
            var stretch = (i + 1 < past.Count ? past[i + 1] : asOf) - past[i];
            shown = Comparison(atom, lab, past[i]) switch
            {
                Verdict.Met => shown + stretch,
                Verdict.NotMet => TimeSpan.Zero,
                _ => shown,
            };
        }

        return shown;
    }

    private IEnumerable<DateTimeOffset> Completions(Condition.Compare atom, PartyId? lab, DateTimeOffset asOf) =>
        from moment in Past(asOf)
        where Comparison(atom, lab, moment) == Verdict.Met
        let completed = moment + TimeSpan.FromDays(atom.SustainedDays!.Value) - Shown(atom, lab, moment)
        where completed > moment && completed <= asOf
        select completed;

    private Verdict Comparison(Condition.Compare atom, PartyId? lab, DateTimeOffset asOf)
    {
        var evidence = At(asOf).Evidence;
        bool Fresh(DateOnly date) => trigger.Evidence.OldestDays is not { } days || asOf - Midnight(date) <= TimeSpan.FromDays(days);

        var figures = (atom.Indicator switch
        {
            Indicator.OfLab of => evidence.Indicators.Where(report => report.Lab == lab && report.Kind == of.Kind && Fresh(report.Measured)).Select(report => report.Figure),
            Indicator.DoublingTime doubling => evidence.Frontier.Where(source => Fresh(source.Latest)).Select(source => source.Estimate.Value.DoublingTime(doubling.Since)),
            Indicator.FrontierHorizon horizon => evidence.Frontier.Where(source => Fresh(source.Latest))
                .Select(source => horizon.Percent == 50 ? source.Estimate.Value.Horizon50 : source.Estimate.Value.Horizon80),
            _ => throw new InvalidOperationException(),
        }).Where(figure => !figure.IsNone).ToList();
        return figures.Count < trigger.Evidence.Sources || figures.Count == 0 ? Verdict.Undetermined
            : atom.Confidence is { } percent ? Probable(atom, figures, (double)percent / 100)
            : Estimated(atom, figures);
    }

    private static Verdict Probable(Condition.Compare atom, List<IndicatorDistribution> figures, double demanded)
    {
        var threshold = atom.Threshold.InBase;
        var chances = figures.Select((double Low, double High) (figure) => atom.Comparison switch
        {
            _ when !figure.HasInterval => (0, 1),
            Protocol.Triggers.Comparison.Above => (figure.Above(threshold).Low.Value, figure.Above(threshold).High.Value),
            Protocol.Triggers.Comparison.AtLeast => (1 - figure.Below(threshold).High.Value, 1 - figure.Below(threshold).Low.Value),
            Protocol.Triggers.Comparison.Below => (figure.Below(threshold).Low.Value, figure.Below(threshold).High.Value),
            _ => (1 - figure.Above(threshold).High.Value, 1 - figure.Above(threshold).Low.Value),
        }).ToList();
        var (low, high) = (chances.Min(chance => chance.Low), chances.Max(chance => chance.High));
        return low >= demanded ? Verdict.Met : high < demanded ? Verdict.NotMet : Verdict.Undetermined;
    }

    private static Verdict Estimated(Condition.Compare atom, List<IndicatorDistribution> figures)
    {
        var half = new Measurement.Probability(0.5);
        var least = figures.Min(figure => figure.PointEstimate ?? figure.Quantile(half).Low);
        var greatest = figures.Max(figure => figure.PointEstimate ?? figure.Quantile(half).High);
        var threshold = atom.Threshold.InBase;
        return atom.Comparison switch
        {
            Protocol.Triggers.Comparison.Above => least > threshold ? Verdict.Met : greatest > threshold ? Verdict.Undetermined : Verdict.NotMet,
            Protocol.Triggers.Comparison.AtLeast => least >= threshold ? Verdict.Met : greatest >= threshold ? Verdict.Undetermined : Verdict.NotMet,
            Protocol.Triggers.Comparison.Below => greatest < threshold ? Verdict.Met : least < threshold ? Verdict.Undetermined : Verdict.NotMet,
            _ => greatest <= threshold ? Verdict.Met : least <= threshold ? Verdict.Undetermined : Verdict.NotMet,
        };
    }
}
