using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>Two pacts side by side: who is bound by both, what such a member owes in all, and what its leaving one of them would free
/// in each.</summary>
/// <param name="First">One pact.</param>
/// <param name="Second">The other.</param>
/// <param name="Common">Who is bound by both, in the order of names.</param>
/// <param name="Stops">What a member of both stops, each thing as the stricter pact has it.</param>
/// <param name="Allowances">What both leave allowed. What one alone allows may still be what the other stops.</param>
public sealed record RivalPacts(
    PactId First, PactId Second, ImmutableArray<CommonMember> Common, ImmutableArray<StricterStop> Stops, ImmutableArray<string> Allowances)
{
    /// <summary>Compares two pacts.</summary>
    public static RivalPacts Of(Pact first, Pact second)
    {
        Coalition inFirst = first.Solve();
        Coalition inSecond = second.Solve();
        return new RivalPacts(
            first.Id,
            second.Id,
            [.. first.MembersBound.Intersect(second.MembersBound).Order().Select(p => Member(p, inFirst, inSecond))],
            Stricter(first, second),
            [.. first.Terms.Scope.StaysAllowed.Intersect(second.Terms.Scope.StaysAllowed, StringComparer.Ordinal)]);
    }

    private static CommonMember Member(PartyId party, Coalition first, Coalition second) =>
        new(party, first.DegreeOf(party), second.DegreeOf(party), first.IfLeaves(party), second.IfLeaves(party));

    private static ImmutableArray<StricterStop> Stricter(Pact first, Pact second)
    {
        (ScopeStop Stop, PactId By)[] all =
            [.. StopsOf(first.Terms.Scope).Select(s => (s, first.Id)), .. StopsOf(second.Terms.Scope).Select(s => (s, second.Id))];
        IEnumerable<(ScopeStop Stop, PactId By)> lowest =
        [
            .. Lowest(all, s => s is ScopeStop.TrainingAbove t ? t.Flop : null),
            .. Lowest(all, s => s is ScopeStop.ClustersAbove c ? c.Accelerators : null),
        ];
        IEnumerable<(ScopeStop Stop, PactId By)> kinds = all
            .Where(s => s.Stop is ScopeStop.RunsOfKind)
            .SelectMany(s => ((ScopeStop.RunsOfKind)s.Stop).Purposes.Select(p => ((ScopeStop)new ScopeStop.RunsOfKind([p]), s.By)));
        return
        [
            .. lowest
                .Concat(kinds)
                .Concat(all.Where(s => s.Stop is ScopeStop.ResearchAcceleration or ScopeStop.Other))
                .GroupBy(s => s.Stop.ToString(), StringComparer.Ordinal)
                .Select(g => new StricterStop(g.First().Stop, [.. g.Select(s => s.By)])),
        ];
    }

    private static IEnumerable<(ScopeStop Stop, PactId By)> Lowest(IReadOnlyCollection<(ScopeStop Stop, PactId By)> all, Func<ScopeStop, double?> above)
    {
        double? least = all.Min(s => above(s.Stop));
        return all.Where(s => above(s.Stop) is { } some && some <= least);
    }

    // A pact of version 1 stops what its words say, and runs above its compute.
    private static IEnumerable<ScopeStop> StopsOf(PactScope scope) => !scope.Stops.IsEmpty
        ? scope.Stops
        : [.. scope.TrainingComputeAbove is { } flop ? new ScopeStop[] { new ScopeStop.TrainingAbove(flop) } : [], new ScopeStop.Other(scope.Text)];
}

/// <summary>A member of two pacts. Leaving one does not free it from the other.</summary>
/// <param name="Party">The member.</param>
/// <param name="DegreeInFirst">How far it slows under the first, in per cent.</param>
/// <param name="DegreeInSecond">How far under the second.</param>
/// <param name="LeavingFirst">What would follow in the first pact.</param>
/// <param name="LeavingSecond">What would follow in the second.</param>
public sealed record CommonMember(PartyId Party, int DegreeInFirst, int DegreeInSecond, Departure LeavingFirst, Departure LeavingSecond)
{
    /// <summary>How far it slows what both stop, in per cent: the stricter of the two.</summary>
    public int Degree => Math.Max(DegreeInFirst, DegreeInSecond);
}

/// <summary>One thing that a member of both stops.</summary>
/// <param name="Stop">What, as the stricter pact has it.</param>
/// <param name="By">Which of the pacts ask for exactly that.</param>
public sealed record StricterStop(ScopeStop Stop, ImmutableSortedSet<PactId> By);
