using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Protocol.Pacts;

/// <summary>The one canonical text of a condition: lists sorted, one space, parentheses only around an `or` within an `and`.</summary>
internal static class ConditionFormatter
{
    public static string Format(Condition condition) => condition switch
    {
        Condition.Always => "always",
        Condition.Everyone everyone => "all of " + List(everyone.Parties),
        Condition.AtLeast atLeast => string.Create(CultureInfo.InvariantCulture, $"at least {atLeast.Count} of {List(atLeast.Parties)}"),
        Condition.Compute compute => $"at least {compute.Percent.ToString("0.####", CultureInfo.InvariantCulture)}% of accounted compute",
        Condition.And and => string.Join(" and ", and.Terms.Select(t => t is Condition.Or ? $"({Format(t)})" : Format(t))),
        Condition.Or or => string.Join(" or ", or.Terms.Select(Format)),
        _ => throw new InvalidOperationException("a condition without a text"),
    };

    private static string List(ImmutableSortedSet<PartyId> parties) => string.Join(", ", parties);
}
