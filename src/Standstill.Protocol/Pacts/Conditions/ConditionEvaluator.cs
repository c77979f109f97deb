using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>Whether a condition holds of a gathering.</summary>
internal static class ConditionEvaluator
{
    /// <param name="condition">What is asked.</param>
    /// <param name="gathering">Of whom, the party itself included.</param>
    /// <param name="staying">Whether the party is bound already, so that the weaker thresholds do.</param>
    public static bool Holds(Condition condition, Gathering gathering, bool staying) => condition switch
    {
        Condition.Always => true,
        Condition.Everyone c => c.Of.Parties.All(p => gathering.Meets(p, c.Standard)) && c.Of.Pacts.All(p => gathering.Meets(p, c.Standard)),
        Condition.AtLeast c => gathering.CountOf(c.Of, c.Standard) >= (staying ? c.Stay : c.Count),
        Condition.Number c => gathering.Counting(c.Standard).Count >= (staying ? c.Stay : c.Count),
        Condition.Jurisdictions c => gathering.JurisdictionsOf(c.Standard) >= (staying ? c.Stay : c.Count),
        Condition.Compute c => gathering.ShareOf(c) is { } share && c.IsReachedBy(share, staying),
        Condition.And and => and.Terms.All(t => Holds(t, gathering, staying)),
        Condition.Or or => or.Terms.Any(t => Holds(t, gathering, staying)),
        _ => throw new InvalidOperationException("a condition without a meaning"),
    };
}
