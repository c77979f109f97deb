using System.Collections.Immutable;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol;

/// <summary>How likely a diversion at a party would be seen, by one assessor's judgement.</summary>
public sealed record AssuranceRecord(PartyId Assessor, AssuranceAssessedBody Body, Moment At)
{
    /// <summary>The first instant at which it can no longer be relied on.</summary>
    public DateTimeOffset Expires => PactFacts.StartOf(Body.Effective).AddDays(Body.ValidDays);
}

/// <summary>An estimate of world compute.</summary>
public sealed record EstimateRecord(PartyId Estimator, WorldComputeEstimatedBody Body, Moment At);

/// <summary>What lessor and tenant have said of one rental, in FLOP per second.</summary>
public sealed record Rental(double ByLessor, double ByTenant, Moment Since)
{
    /// <summary>Nothing said yet.</summary>
    internal static Rental None { get; } = new(0, 0, default);

    /// <summary>What both have said.</summary>
    public double Agreed => Math.Min(ByLessor, ByTenant);
}

/// <summary>Weights or compute that went to an outsider.</summary>
public sealed record HandOverRecord(PartyId Party, HandOverBody Body, Moment At);

/// <summary>Who comes in a party's place, and who of them has accepted.</summary>
public sealed record SuccessionRecord(SuccessionBody Body, ImmutableSortedSet<PartyId> Accepted, Moment At)
{
    /// <summary>Whether all have.</summary>
    public bool IsComplete => Accepted.Count == Body.Successors.Count;
}

/// <summary>The key that a trustee's shares are encrypted to.</summary>
public sealed record TrusteeRecord(TrusteeKey Key, Moment Since);

/// <summary>A sealed commitment as the ledger knows it.</summary>
/// <param name="Commitment">What is sealed.</param>
/// <param name="Relay">Who put it on record; that says nothing of whose it is.</param>
/// <param name="At">When.</param>
/// <param name="Opened">When the trustees opened it; null while it is sealed.</param>
public sealed record SealedRecord(SealedCommitment Commitment, PartyId Relay, Moment At, Moment? Opened);

/// <summary>What pacts know of the parties, taken from a world.</summary>
internal static class PactFacts
{
    /// <summary>The facts of a world as of a time, judged with the evidence of the same or a later one.</summary>
    /// <param name="world">Who is there and what is accounted for.</param>
    /// <param name="evidence">Whose assessments, estimates and revocations count.</param>
    /// <param name="when">Evidence is effective by then, and not out of date.</param>
    public static PartyFacts Of(World world, World evidence, DateTimeOffset when) => new()
    {
        Shares = world.Shares,
        OutsideFlopPerSecond = world.OutsideFlopPerSecond,
        World = Latest(evidence.Estimates.Where(e => StartOf(e.Body.Effective) <= when && !IsRevoked(evidence, e.At)), e => e.Estimator, e => (e.Body.Effective, e.At.Entry))
            .ToImmutableSortedDictionary(e => e.Estimator.Value, e => e.Body.Estimate, StringComparer.Ordinal),
        Jurisdictions = world.Parties.Values
            .Where(p => p.Accredited is not null && p.Jurisdiction is not null)
            .ToImmutableSortedDictionary(p => p.Id, p => p.Jurisdiction!),
        Assurance = Latest(evidence.Assessments.Where(a => StartOf(a.Body.Effective) <= when && !IsRevoked(evidence, a.At)), a => (a.Body.Party, a.Assessor), a => (a.Body.Effective, a.At.Entry))
            .Where(a => when < a.Expires)
            .GroupBy(a => a.Body.Party)
            .ToImmutableSortedDictionary(g => g.Key, g => g.Min(a => a.Body.Percent))
            .SetItems(Unsettled.Parties(evidence, when).Select(p => KeyValuePair.Create(p, 0))),
        Successors = world.Successions
            .Where(s => s.Value.IsComplete)
            .ToImmutableSortedDictionary(s => s.Key, s => Ends(world, s.Value.Body.Successors)),
    };

    /// <summary>The facts that one pact sees: beside the world's, the bound members of the pacts that count as its parties.</summary>
    public static PartyFacts For(World world, Pact pact)
    {
        if (pact.Terms.Life is not { Nested: { IsEmpty: false } nested })
        {
            return world.Facts;
        }

        var members = nested.Where(world.Pacts.ContainsKey).ToImmutableSortedDictionary(p => p, p => world.Pacts[p].MembersBound.ToImmutableSortedSet());
        var seen = pact.Circumstances.Facts;
        var isSame = seen.Nested.Count == members.Count && members.All(m => seen.Nested.TryGetValue(m.Key, out var before) && before.SetEquals(m.Value));
        var facts = world.Facts with { Nested = isSame ? seen.Nested : members };
        return facts == seen ? seen : facts;
    }

    /// <summary>When an assessment next goes out of date, or an answer to a challenge is next overdue.</summary>
    public static DateTimeOffset? NextExpiry(World world)
    {
        DateTimeOffset? next = null;
        foreach (var assessment in world.Assessments)
        {
            if (assessment.Expires > world.Now && (next is null || assessment.Expires < next) && !IsRevoked(world, assessment.At))
            {
                next = assessment.Expires;
            }
        }

        foreach (var challenge in world.Challenges.Values)
        {
            if (challenge.Answer is null && challenge.Due > world.Now && (next is null || challenge.Due < next))
            {
                next = challenge.Due;
            }
        }

        return next;
    }

    /// <summary>The first instant of a day, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static bool IsRevoked(World evidence, Moment at) => evidence.RevokedEvidence.ContainsKey(at.Entry);

    private static IEnumerable<T> Latest<T, TKey, TOrder>(IEnumerable<T> records, Func<T, TKey> of, Func<T, TOrder> order) =>
        records.GroupBy(of).Select(g => g.MaxBy(order)!);

    // INVARIANT (successions): who has named successors is nobody's successor later on, so the chain ends.
    private static ImmutableSortedSet<PartyId> Ends(World world, ImmutableSortedSet<PartyId> successors) =>
        [.. successors.SelectMany(s => world.Successions.TryGetValue(s, out var next) && next.IsComplete ? Ends(world, next.Body.Successors) : [s])];
}
