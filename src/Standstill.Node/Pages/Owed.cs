using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Pages;

/// <summary>Something that a party owes under a pact.</summary>
/// <param name="Party">Who.</param>
/// <param name="What">What, in a few words.</param>
/// <param name="Word">`from`, `since`, `by` or `until`.</param>
/// <param name="Time">That time, UTC.</param>
/// <param name="IsPressing">Whether something happens to it at that time.</param>
public sealed record Owed(PartyId Party, string What, string Word, DateTimeOffset Time, bool IsPressing)
{
    /// <summary>What the members of a pact owe as it stands: soonest deadlines first, then what holds without one.</summary>
    public static ImmutableArray<Owed> Of(Pact pact) =>
    [
        .. Pressing(pact).Concat(pact.Obligations.SelectMany(Evidence)).OrderBy(d => d.Time).ThenBy(d => d.Party).ThenBy(d => d.What, StringComparer.Ordinal),
        .. pact.Obligations.Select(Stopping),
    ];

    private static Owed Stopping(Obligation o) => new(
        o.Party,
        $"{(o.Degree == 100 ? "stops what the pact stops" : string.Create(CultureInfo.InvariantCulture, $"slows what the pact stops by {o.Degree} %"))}, {(o.Until is { } until ? $"until {Figures.Time(until)} at the latest" : "until release")}",
        "from",
        o.From,
        false);

    private static IEnumerable<Owed> Evidence(Obligation o) => o.Due.Select(d => new Owed(
        o.Party,
        $"shows {PactText.Of(d.Kind)}{(d.SilentAt is { } silent ? $", else it counts as unverified from {Figures.Time(silent)}" : "")}",
        "by",
        d.By,
        false));

    private static IEnumerable<Owed> Pressing(Pact pact)
    {
        foreach (var (party, member) in pact.Members)
        {
            switch (member.Standing)
            {
                case Standing.Pledged when pact.Stage is PactStage.Preparing preparing:
                    yield return new Owed(party, "confirms that it is ready, else it drops out", "by", preparing.Until, true);
                    break;
                case Standing.InCure cure:
                    yield return new Owed(party, "has to cure what was upheld against it, else it is in breach", "by", cure.Until, true);
                    break;
                default:
                    break;
            }

            if (member.SuspectedUntil is { } silent)
            {
                yield return new Owed(party, "has to show all evidence that is overdue, else it is in breach", "by", silent, true);
            }

            if (member.LeavesAt is { } leaves)
            {
                yield return new Owed(party, member.IsBound ? "stays bound while its notice runs" : "stays pledged while its notice runs", "until", leaves, true);
            }

            if (member is { ProbationUntil: { } probation, IsCandidate: true })
            {
                yield return new Owed(party, "is on probation and counts for nobody's condition", "until", probation, false);
            }
        }
    }
}
