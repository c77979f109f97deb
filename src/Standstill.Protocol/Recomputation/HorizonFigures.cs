using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Numerics;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Recomputation;

/// <summary>What a capability result states of one agent's fit.</summary>
/// <remarks>
/// <para>Where only a bound is known, the bound is the figure at both levels and there are no limits: separated or all-succeeding runs
/// are at least the longest success, all-failing ones at most the shortest task.</para>
/// <para>Draws may leave a limit open, where too many resamples have only successes, or say nothing. A horizon whose upper limit is open
/// is stated as "at least", with the figure itself as its upper limit: half of the mass is then spread below the figure, and nothing
/// above it is claimed. An open lower limit is "at most" likewise; with both open the figure has no limits. Above
/// <see cref="CapabilityResultV2Body.GreatestMinutes"/> or below <see cref="CapabilityResultV2Body.LeastMinutes"/> counts as open.</para>
/// </remarks>
internal sealed record HorizonFigures(
    Minutes P50, HorizonLimits? Limits50, Minutes P80, HorizonLimits? Limits80, Censoring Censoring, Minutes? Support, Probability? SupportShare)
{
    /// <summary>The figures of a row at the levels 50 % and 80 %; nothing where its runs give no figure and no bound.</summary>
    public static HorizonFigures? Of(AgentHorizon row)
    {
        var (fifty, eighty) = (row.Levels[0], row.Levels[1]);
        return row.Fit switch
        {
            HorizonFit.Fitted => Fitted(fifty, eighty, row.Longest),
            HorizonFit.Separated separated => Bound(separated.LongestSuccess, Censoring.AtLeast, row.Longest),
            HorizonFit.AllSucceeded all => Bound(all.Longest, Censoring.AtLeast, row.Longest),
            HorizonFit.AllFailed none => Bound(none.Shortest, Censoring.AtMost, row.Longest),
            _ => null,
        };
    }

    private static HorizonFigures? Bound(Minutes bound, Censoring censoring, Minutes? longest) =>
        Stated(bound.Value) is null ? null : new HorizonFigures(bound, Limits50: null, bound, Limits80: null, censoring, longest, SupportShare: null);

    private static HorizonFigures? Fitted(LevelHorizon fifty, LevelHorizon eighty, Minutes? longest)
    {
        if (Length(fifty.Known.Estimate) is not { } p50 || Length(eighty.Known.Estimate) is not { } p80)
        {
            return null;
        }

        var openAbove = Length(fifty.High) is null || Length(eighty.High) is null;
        var openBelow = Length(fifty.Low) is null || Length(eighty.Low) is null;
        HorizonLimits? Limits(LevelHorizon level, Minutes figure) => openAbove && openBelow
            ? null
            : new HorizonLimits(
                openBelow ? figure : Least(Length(level.Low)!.Value, figure),
                openAbove ? figure : Greatest(Length(level.High)!.Value, figure));
        return new HorizonFigures(
            p50,
            Limits(fifty, p50),
            p80,
            Limits(eighty, p80),
            (openAbove, openBelow) switch { (true, false) => Censoring.AtLeast, (false, true) => Censoring.AtMost, _ => Censoring.None },
            longest,
            fifty.SupportAbove);
    }

    /// <summary>A percentile interval need not hold the estimate; a stated one does, and is only ever widened to do so.</summary>
    private static Minutes Least(Minutes a, Minutes b) => a.Value <= b.Value ? a : b;

    private static Minutes Greatest(Minutes a, Minutes b) => a.Value >= b.Value ? a : b;

    private static Minutes? Length(double? log) => log is { } known ? Stated(PortableMath.Exp(known)) : null;

    private static Minutes? Stated(double minutes) =>
        minutes is >= CapabilityResultV2Body.LeastMinutes and <= CapabilityResultV2Body.GreatestMinutes ? new Minutes(minutes) : null;
}
