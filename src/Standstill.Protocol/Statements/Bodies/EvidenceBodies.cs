using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>The time horizon of one model, as an evaluator measured or relays it.</summary>
public record CapabilityResultBody(string Source, string Citation, PublishedHorizon Figure) : Body
{
    /// <summary>What it takes to compute the figure again; absent in the first version.</summary>
    public virtual HorizonClaim? Claim => null;

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
        var limits = low is { } l && high is { } h ? new HorizonLimits(new Minutes(l), new Minutes(h)) : (HorizonLimits?)null;
        var eighty = p80 is { } v ? new Minutes(v) : (Minutes?)null;
        var fault = PublishedHorizon.Fault(model.Length == 0 ? "?" : model, new Minutes(p50), limits, eighty);
        f.Require(fault is null, "p50Minutes", fault?.What ?? "", fault?.Remedy ?? "");
        return new CapabilityResultBody(source, citation, fault is not null || model.Length == 0
            ? new PublishedHorizon("?", released, new Minutes(p50))
            : new PublishedHorizon(model, released, new Minutes(p50), limits, eighty, censoring, support is { } s ? new Minutes(s) : null));
    }
}

/// <summary>An indicator of one lab: in the first version a share or a ratio.</summary>
public record IndicatorReportBody(
    string Source, string Citation, PartyId Lab, IndicatorKind Kind, DateOnly Measured, double? Value, double? Low, double? High, Censoring Censoring) : Body
{
    /// <summary>The figure.</summary>
    public virtual ReportedFigure Figure => new(Value, Low, High, Censoring, Kind.Scale);

    internal static IndicatorReportBody Read(Fields f)
    {
        var source = f.Name("source", "name", "independence group; a lab that reports on itself uses its own name");
        var citation = f.Text("citation", 500, "where the figure can be read");
        var lab = f.Party("lab", "the lab it speaks of");
        var name = f.Text("indicator", 60, "one of " + string.Join(", ", IndicatorKind.OfVersion1.Select(k => $"`{k.Name}` ({k.Unit})")));
        var kind = IndicatorKind.OfVersion1.FirstOrDefault(k => k.Name == name);
        f.Require(kind is not null, "indicator", $"`{name}` is not an indicator", "use one of " + string.Join(", ", IndicatorKind.OfVersion1.Select(k => $"`{k.Name}`")));
        kind ??= IndicatorKind.OfVersion1[0];
        var measured = f.Date("measured", "the last day of the measurement");
        var value = f.Number("value", 0, 1e9, "fraction or ratio", "the figure");
        var low = f.NumberOrNull("low", 0, 1e9, "as the value", "lower 95 % limit; both limits or none");
        var high = f.NumberOrNull("high", 0, 1e9, "as the value", "upper 95 % limit");
        var censoring = f.Choice<Censoring>("censoring", "whether the figure is only a bound");
        var fault = IndicatorDistribution.Fault(value, low, high, kind.Scale);
        f.Require(fault is null, fault?.Field ?? "value", fault?.What ?? "", fault?.Remedy ?? "");
        return new IndicatorReportBody(source, citation, lab, kind, measured, value, low, high, censoring);
    }
}
