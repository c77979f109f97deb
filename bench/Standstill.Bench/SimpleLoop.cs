using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Bench;

/// <summary>The coalition as one would first write it: ask everybody, lower whoever's condition fails, until all hold. What is
/// counted over all parties is counted once a round; without that it would take hours.</summary>
internal sealed class SimpleLoop(Commitment[] commitments, PartyFacts facts)
{
    private readonly Dictionary<PartyId, int> degrees = commitments.ToDictionary(c => c.Party, c => c.Steps[^1].Degree);
    private readonly Dictionary<(Standard, int), double> counted = [];

    public int Rounds { get; private set; }

    public Dictionary<PartyId, int> Solve()
    {
        var settled = false;
        while (!settled)
        {
            settled = true;
            Rounds++;
            counted.Clear();
            foreach (var commitment in commitments)
            {
                var before = degrees.GetValueOrDefault(commitment.Party);
                var holds = commitment.Steps.LastOrDefault(s => s.Degree <= before && Holds(s.Condition))?.Degree ?? 0;
                if (holds != before)
                {
                    settled = false;
                    degrees[commitment.Party] = holds;
                }
            }
        }

        return degrees;
    }

    private bool Holds(Condition condition) => condition switch
    {
        Condition.Always => true,
        Condition.Everyone c => c.Of.Parties.All(p => Counts(p, c.Standard)),
        Condition.AtLeast c => c.Of.Parties.Count(p => Counts(p, c.Standard)) >= c.Count,
        Condition.Number c => Once(c.Standard, 0, who => who.Count()) >= c.Count,
        Condition.Jurisdictions c => Once(c.Standard, 1, who => who.Select(p => facts.Jurisdictions[p]).Distinct(StringComparer.Ordinal).Count()) >= c.Count,
        Condition.Compute c => c.IsReachedBy(
            Once(c.Standard, 2, who => who.Sum(p => facts.Shares.FlopPerSecond[p]))
                / (c.Basis == ComputeBasis.World ? Math.Max(facts.WorldAt(c.Confidence)!.Value, facts.Shares.Total) : facts.Shares.Total),
            staying: false),
        Condition.And and => and.Terms.All(Holds),
        Condition.Or or => or.Terms.Any(Holds),
        _ => throw new InvalidOperationException("a condition without a meaning"),
    };

    private bool Counts(PartyId party, Standard standard) =>
        degrees.GetValueOrDefault(party) >= standard.SlowedBy
        && (standard.Assurance == 0 || facts.Assurance.GetValueOrDefault(party) >= standard.Assurance);

    private double Once(Standard standard, int what, Func<IEnumerable<PartyId>, double> count)
    {
        if (!counted.TryGetValue((standard, what), out var value))
        {
            value = count(facts.Shares.FlopPerSecond.Keys.Where(p => Counts(p, standard)));
            counted.Add((standard, what), value);
        }

        return value;
    }
}
