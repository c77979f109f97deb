using Standstill.Measurement;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>An indicator of one lab with its unit: a figure with or without limits, a bound, or a range; with what its raters disagree on.</summary>
/// <remarks>In the first version a figure is always there, and so is one of the first seven indicators.</remarks>
public sealed record IndicatorReportV2Body(
    string Source,
    string Citation,
    PartyId Lab,
    IndicatorKind Kind,
    DateOnly Measured,
    double? Value,
    double? Low,
    double? High,
    Censoring Censoring,
    RaterDoubt? Raters,
    RaterAllowance Allowance,
    string? Note)
    : IndicatorReportBody(Source, Citation, Lab, Kind, Measured, Value, Low, High, Censoring)
{
    /// <summary>The greatest figure: far above any count of operations.</summary>
    public const double Greatest = 1e40;

    /// <inheritdoc/>
    public override ReportedFigure Figure => new(Value, Low, High, Censoring, Kind.Scale, Raters, Allowance);

    internal static IndicatorReportV2Body ReadV2(Fields f)
    {
        var source = f.Name("source", "name", "independence group; a lab that reports on itself uses its own name");
        var citation = f.Text("citation", 500, "where the figure can be read");
        var lab = f.Party("lab", "the lab it speaks of");
        var name = f.Text("indicator", 60, "one of " + string.Join(", ", IndicatorKind.All.Select(k => $"`{k.Name}` ({k.Unit})")));
        var known = IndicatorKind.Find(name);
        f.Require(known is not null || name.Length == 0, "indicator", $"`{name}` is not an indicator", "use one of " + string.Join(", ", IndicatorKind.All.Select(k => $"`{k.Name}`")));
        var unit = f.Text("unit", 20, "the indicator's unit, so that 80 % is not sent as 80: `fraction`, `ratio`, `FLOP` or `H100e`");
        f.Require(known is null || unit.Length == 0 || unit == known.Unit, "unit", $"`{unit}` is not the unit of `{name}`", $"give the figure in `{known?.Unit}`");
        var measured = f.Date("measured", "the last day of the measurement");
        var value = f.NumberOrNull("value", 0, Greatest, "the unit", "the figure; left out where only a range was published");
        var low = f.NumberOrNull("low", 0, Greatest, "the unit", "lower 95 % limit, or lower end of the range; both ends or none");
        var high = f.NumberOrNull("high", 0, Greatest, "the unit", "upper 95 % limit, or upper end of the range");
        var censoring = f.Choice<Censoring>("censoring", "whether the figure is only a bound");
        var raters = f.ObjectOrNull("raters", "for a share whose items were scored by judgement: how far the raters agreed", RatersClaim.Read);
        var note = f.TextOrNull("note", 500, "what a reader of the figure has to know: who was asked, a mean beside a median");
        var kind = known ?? IndicatorKind.All[0];
        var allowance = raters?.Allowance ?? RaterAllowance.NotInLimits;
        var body = new IndicatorReportV2Body(source, citation, lab, kind, measured, value, low, high, censoring, raters?.Doubt, allowance, note);
        var fault = f.IsGood ? body.Figure.Fault : null;
        f.Require(fault is null, fault?.Field ?? "value", fault?.What ?? "", fault?.Remedy ?? "");
        return body;
    }

    private sealed record RatersClaim(RaterDoubt Doubt, RaterAllowance Allowance)
    {
        public static RatersClaim Read(Fields f) => new(
            new RaterDoubt(
                (int)f.Whole("count", 2, 100_000, "", "how many raters scored the items; more of them do not narrow the bounds, for they may share a mistake"),
                new Probability(f.Number("exactAgreement", 0, 1, "fraction", "share of items to which two raters gave exactly the same score, mean over pairs"))),
            f.Choice<RaterAllowance>("allowance", "`not-in-limits`: the share is widened by 1 − exactAgreement on either side; `in-limits`: low and high carry the disagreement already"));
    }
}
