namespace Standstill.Measurement.Fleet;

/// <summary>How the errors of published counts go together: normal scores with two shared parts.</summary>
/// <param name="BetweenMakers">The correlation of any two counts, in [0, 1].</param>
/// <param name="WithinMaker">The correlation of two counts of one maker, from <paramref name="BetweenMakers"/> to 1: they rest on the same
/// revenue.</param>
public sealed record FleetCorrelation(double BetweenMakers, double WithinMaker)
{
    /// <summary>0.2 between makers, since one method made all counts; 0.5 within a maker, which brings the sum of Nvidia's kinds near
    /// the published interval of its total.</summary>
    public static FleetCorrelation Assumed { get; } = new(0.2, 0.5);

    /// <summary>Why it cannot be; nothing where it can.</summary>
    public FigureFault? Fault => BetweenMakers >= 0 && BetweenMakers <= WithinMaker && WithinMaker <= 1
        ? null
        : new FigureFault("correlation", $"`{BetweenMakers:R}` between and `{WithinMaker:R}` within makers", "give 0 <= between <= within <= 1");
}
