namespace Standstill.Measurement.Indicators;

/// <summary>Whether the limits of a rater-scored share carry the raters' disagreement already.</summary>
public enum RaterAllowance
{
    /// <summary>They do not: the share is widened by <see cref="RaterDoubt"/>.</summary>
    NotInLimits,

    /// <summary>They do, as the source says: nothing is added.</summary>
    InLimits,
}

/// <summary>An indicator as somebody reported it: a figure, a figure with its 95 % limits, a bound, or a range without a figure.</summary>
/// <param name="Value">The figure; absent for a range.</param>
/// <param name="Low">The lower 95 % limit, or the lower end of the range.</param>
/// <param name="High">The upper 95 % limit, or the upper end of the range.</param>
/// <param name="Censoring">Whether the figure is only a bound.</param>
/// <param name="Scale">The scale of the quantity.</param>
/// <param name="Raters">How far raters agreed, where judgement scored the items of a share.</param>
/// <param name="Allowance">Whether the limits carry their disagreement; without meaning where there are no raters.</param>
public sealed record ReportedFigure(
    double? Value,
    double? Low,
    double? High,
    Censoring Censoring,
    Scale Scale,
    RaterDoubt? Raters = null,
    RaterAllowance Allowance = RaterAllowance.NotInLimits)
{
    /// <summary>Why it cannot be made an indicator; nothing where it can.</summary>
    public FigureFault? Fault => (Value, Low, High) switch
    {
        ({ } value, _, _) when IndicatorDistribution.Fault(value, Low, High, Scale) is { } fault => fault,
        (null, { } low, { } high) when IndicatorDistribution.RangeFault(low, high, Scale) is { } fault => fault,
        (null, null, _) or (null, _, null) => new FigureFault("value", "missing", "give the figure, or both ends of a range"),
        (null, _, _) when Censoring != Censoring.None => new FigureFault("censoring", "a range is no bound", "set it to `none`, or give the bound as the value"),
        _ when Raters is not null && Scale != Scale.Share => new FigureFault("raters", "agreement of raters bounds a share only", "leave it out"),
        _ when Raters is not null && Allowance == RaterAllowance.InLimits && Low is null =>
            new FigureFault("raters", "there are no limits that could carry the disagreement", "give both 95 % limits, or say that they do not carry it"),
        _ => null,
    };

    /// <summary>What is known of the quantity.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Fault"/>.</exception>
    public IndicatorDistribution Distribution
    {
        get
        {
            if (Fault is { } fault)
            {
                throw new InvalidOperationException(fault.ToString());
            }

            var reported = Value is { } value
                ? IndicatorDistribution.FromPublished(value, Low, High, Censoring, Scale)
                : IndicatorDistribution.FromRange(Low!.Value, High!.Value, Scale);
            return Raters is { } raters && Allowance == RaterAllowance.NotInLimits ? reported.WithScoresInDoubt(raters.Wrong) : reported;
        }
    }
}
