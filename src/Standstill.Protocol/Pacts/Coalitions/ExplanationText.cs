using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>Explanations of a coalition in plain English.</summary>
internal static class ExplanationText
{
    /// <summary>Why a party is in or out, and what its next step waits for: whole sentences.</summary>
    public static string Of(PartyExplanation explanation)
    {
        string where = (explanation.IsIn, explanation.Degree) switch
        {
            (false, _) => "out",
            (true, 100) => "in",
            (true, var degree) => Invariant($"in at {degree}%"),
        };
        string next = explanation.Next switch
        {
            null => "",
            { Degree: 100 } stop => $" To stop it waits: {Because(stop.Decisive)}.",
            { } step => Invariant($" To slow by {step.Degree}% it waits: {Because(step.Decisive)}."),
        };
        return $"{explanation.Party} is {where}: {Because(explanation.Decisive)}.{next}";
    }

    /// <summary>Why a condition holds or fails, as the end of a sentence.</summary>
    public static string Because(ImmutableArray<ClauseFinding> findings) => string.Join("; ", findings.Select(f => Clause(f) + Short(f)));

    /// <summary>Some names: `a, b and c`.</summary>
    public static string List(IEnumerable<string> names) => names.ToArray() switch
    {
        [] => "nobody",
        [var one] => one,
        var several => $"{string.Join(", ", several[..^1])} and {several[^1]}",
    };

    private static string Clause(ClauseFinding finding) => finding switch
    {
        ClauseFinding.OfParties { Clause: Condition.Always } => "it asks for nothing",
        ClauseFinding.OfParties { Holds: true } held =>
            $"`{held.Clause}` holds{ToStay(held)} through {List([.. held.Present.Select(p => Named(held, p)), .. held.PactsPresent.Select(Named)])}",
        ClauseFinding.OfParties failed => $"`{failed.Clause}` fails{ToStay(failed)} without {Without(failed)}",
        ClauseFinding.OfCompute { Share: null } compute => $"`{compute.Clause}` fails, since no estimate of world compute is on record",
        ClauseFinding.OfCompute compute => Invariant(
            $"`{compute.Clause}` {(compute.Holds ? "holds" : "fails")}{ToStay(compute)} at {compute.Share * 100:0.####}%{Of(compute)}"),
        ClauseFinding.OfNumber number => Invariant(
            $"`{number.Clause}` {(number.Holds ? "holds" : "fails")}{ToStay(number)} with {number.Found}{Which(number)}"),
        _ => throw new InvalidOperationException("a finding without words"),
    };

    private static string ToStay(ClauseFinding finding) => finding.ToStay ? ", judged for who is bound already," : "";

    private static string Without(ClauseFinding.OfParties failed)
    {
        string[] missing = [.. failed.Missing.Select(p => Named(failed, p)), .. failed.PactsMissing.Select(Named)];
        string shortOf = failed.PactsShort.IsEmpty
            ? ""
            : $" (nobody bound by {List(failed.PactsShort.Select(Named))} reaches what is asked)";
        return (failed.Lacking == missing.Length ? List(missing) : Invariant($"{failed.Lacking} more of {List(missing)}")) + shortOf;
    }

    private static string Named(PactId pact) => $"pact {pact}";

    private static string Named(ClauseFinding.OfParties finding, PartyId party) =>
        finding.Now.TryGetValue(party, out ImmutableSortedSet<PartyId>? now) ? $"{party} (now {List(now.Select(p => p.Value))})" : party.Value;

    private static string Of(ClauseFinding.OfCompute compute)
    {
        string outside = compute.Outside > 0 ? Invariant($"; {compute.Outside * 100:0.#}% of it is with outsiders") : "";
        if (compute.Clause is not Condition.Compute { Basis: ComputeBasis.World } clause)
        {
            return outside;
        }

        string quantile = clause.Confidence == 50 ? "the median" : Invariant($"the {clause.Confidence}% quantile");
        return Invariant($" of {compute.Whole:0.#e0} FLOP/s, ") + (compute.IsEstimated
            ? Invariant($"{quantile} of what is estimated to exist; {compute.Unaccounted * 100:0.#}% of it nobody accounts for")
            : "which is accounted for and more than is estimated to exist") + outside;
    }

    private static string Which(ClauseFinding.OfNumber number) =>
        number.Jurisdictions.IsEmpty ? "" : $": {List(number.Jurisdictions)}";

    private static string Short(ClauseFinding finding)
    {
        if (finding.Short.IsEmpty)
        {
            return "";
        }

        int more = finding.ShortCount - finding.Short.Length;
        string others = more > 0 ? Invariant($", and {more} more fall short") : "";
        return $" ({string.Join(", ", finding.Short.Select(Why))}{others})";
    }

    private static string Why(Shortfall shortfall) => shortfall switch
    {
        Shortfall.SlowsTooLittle s => Invariant($"{s.Party} slows by {s.Degree}% and {s.Asked}% is asked"),
        Shortfall.Unverified { Assurance: 0 } s => Invariant($"{s.Party} counts only when verified at {s.Asked}%: no assurance is on record"),
        Shortfall.Unverified s => Invariant($"{s.Party} counts only when verified at {s.Asked}%: {s.Assurance}% is on record"),
        Shortfall.OnProbation s => $"{s.Party} is on probation",
        Shortfall.Nowhere s => $"{s.Party} has no jurisdiction on record",
        _ => throw new InvalidOperationException("a shortfall without words"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
