using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>The time horizon of one model, as an evaluator measured or relays it.</summary>
public sealed record CapabilityResultBody(string Source, string Citation, PublishedHorizon Figure) : Body
{
    internal static CapabilityResultBody Read(Fields f)
    {
        var source = f.Name("source", "name", "independence group: figures from one measurement share it, whoever relays them");
        var citation = f.Text("citation", 500, "where the figure can be read");
        var model = f.Text("model", 100, "the model");
        var released = f.Date("released", "the day on which the model was released");
        var p50 = f.Number("p50Minutes", 1e-6, 1e9, "minutes", "50 % time horizon");
        var low = f.NumberOrNull("p50Low", 1e-6, 1e9, "minutes", "lower 95 % limit; both limits or none");
        var high = f.NumberOrNull("p50High", 1e-6, 1e9, "minutes", "upper 95 % limit");
        var p80 = f.NumberOrNull("p80Minutes", 1e-6, 1e9, "minutes", "80 % time horizon");
        var censoring = f.Choice<Censoring>("censoring", "`at-least` when only a lower bound was published");
        var support = f.NumberOrNull("supportMinutes", 1e-6, 1e9, "minutes", "the longest task of the suite");
        f.Require(low is null == high is null, "p50High", "one limit without the other", "send both or neither");
        f.Require(low is null || high is null || (low <= p50 && p50 <= high), "p50Minutes", "the estimate lies outside its limits", "order them low ≤ estimate ≤ high");
        var limits = low is { } l && high is { } h && l <= p50 && p50 <= h ? (new Minutes(l), new Minutes(h)) : ((Minutes, Minutes)?)null;
        return new CapabilityResultBody(source, citation, new PublishedHorizon(
            model, released, new Minutes(p50), limits, p80 is { } v ? new Minutes(v) : null, censoring, support is { } s ? new Minutes(s) : null));
    }
}

/// <summary>A share or a ratio of one lab.</summary>
public sealed record IndicatorReportBody(
    string Source, string Citation, PartyId Lab, IndicatorKind Kind, DateOnly Measured, double Value, double? Low, double? High, Censoring Censoring) : Body
{
    internal static IndicatorReportBody Read(Fields f)
    {
        var source = f.Name("source", "name", "independence group; a lab that reports on itself uses its own name");
        var citation = f.Text("citation", 500, "where the figure can be read");
        var lab = f.Party("lab", "the lab it speaks of");
        var name = f.Text("indicator", 60, "one of " + string.Join(", ", IndicatorKind.All.Select(k => $"`{k.Name}` ({k.Unit})")));
        var kind = IndicatorKind.Find(name);
        f.Require(kind is not null, "indicator", $"`{name}` is not an indicator", "use one of " + string.Join(", ", IndicatorKind.All.Select(k => $"`{k.Name}`")));
        kind ??= IndicatorKind.All[0];
        var max = kind.Scale == Scale.Share ? 1 : 1e9;
        var min = kind.Scale == Scale.Share ? 0 : 1e-9;
        var measured = f.Date("measured", "the last day of the measurement");
        var value = f.Number("value", 0, 1e9, "fraction or ratio", "the figure");
        var low = f.NumberOrNull("low", 0, 1e9, "as the value", "lower 95 % limit; both limits or none");
        var high = f.NumberOrNull("high", 0, 1e9, "as the value", "upper 95 % limit");
        var censoring = f.Choice<Censoring>("censoring", "whether the figure is only a bound");
        f.Require(new[] { value, low ?? value, high ?? value }.All(v => v >= min && v <= max), "value", "outside the scale of this indicator", "a share lies in [0, 1], a ratio is above zero");
        f.Require(low is null == high is null, "high", "one limit without the other", "send both or neither");
        f.Require(low is null || high is null || (low <= value && value <= high), "value", "the figure lies outside its limits", "order them low ≤ value ≤ high");
        return new IndicatorReportBody(source, citation, lab, kind, measured, value, low, high, censoring);
    }
}
