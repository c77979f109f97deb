using System.Globalization;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>The one canonical text of a condition: lists sorted, one space, parentheses only around an `or` within an `and`.</summary>
internal static class ConditionFormatter
{
    public static string Format(Condition condition) => condition switch
    {
        Condition.Always => "always",
        Condition.Everyone c => $"all of {c.Of}{Standard(c.Standard)}",
        Condition.AtLeast c => $"at least {Count(c.Count, c.Stay)} of {c.Of}{Standard(c.Standard)}",
        Condition.Number c => $"at least {Count(c.Count, c.Stay)} parties{Standard(c.Standard)}",
        Condition.Jurisdictions c => $"at least {Count(c.Count, c.Stay)} jurisdictions{Standard(c.Standard)}",
        Condition.Compute c => $"at least {Share(c)} of {Basis(c)}{Standard(c.Standard)}",
        Condition.And and => string.Join(" and ", and.Terms.Select(t => t is Condition.Or ? $"({Format(t)})" : Format(t))),
        Condition.Or or => string.Join(" or ", or.Terms.Select(Format)),
        _ => throw new InvalidOperationException("a condition without a text"),
    };

    private static string Count(int count, int stay) => stay == count
        ? count.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{count} (staying at {stay})");

    private static string Share(Condition.Compute c) => c.Stay == c.Percent
        ? $"{Percent(c.Percent)}%"
        : $"{Percent(c.Percent)}% (staying at {Percent(c.Stay)}%)";

    private static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Basis(Condition.Compute c) => (c.Basis, c.Confidence) switch
    {
        (ComputeBasis.Accounted, _) => "accounted compute",
        (_, 50) => "world compute",
        _ => string.Create(CultureInfo.InvariantCulture, $"world compute with confidence {c.Confidence}%"),
    };

    private static string Standard(Standard s) =>
        (s.SlowedBy == 100 ? "" : string.Create(CultureInfo.InvariantCulture, $" slowed by {s.SlowedBy}%"))
        + (s.Assurance == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" with assurance at least {s.Assurance}%"));
}
