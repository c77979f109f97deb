using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>What a member must stop, and from when.</summary>
/// <param name="Party">The member.</param>
/// <param name="Scope">What stops and what goes on.</param>
/// <param name="From">From when; later than now while notice runs.</param>
/// <param name="Until">When it ends of itself, by the maximum duration or by the member's own withdrawal, whichever is earlier; null
/// where neither is set.</param>
public sealed record Obligation(PartyId Party, PactScope Scope, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>By how much it slows what is in the scope, in per cent: 100 is a stop. While the pause is lifted, what is left of that.</summary>
    public int Degree { get; init; } = 100;

    /// <summary>The evidence that it owes next, once the pause holds.</summary>
    public ImmutableArray<EvidenceDue> Due { get; init; } = [];
}

/// <summary>What would change a pact as it stands.</summary>
/// <param name="Departures">What would follow if one bound member left, for each of them.</param>
/// <param name="ToSetInMotion">The smallest set of further signatures with which anybody would be bound.</param>
/// <param name="ToBringIn">For each waiting party, the smallest set of further signatures that would bring it in.</param>
/// <param name="NextDeadline">When something happens by time alone; null where nothing will.</param>
public sealed record Outlook(
    ImmutableArray<Departure> Departures,
    SignatureSearch ToSetInMotion,
    ImmutableSortedDictionary<PartyId, SignatureSearch> ToBringIn,
    DateTimeOffset? NextDeadline);

/// <content>Questions that pages ask.</content>
public sealed partial record Pact
{
    /// <summary>The bound members, in the order of names.</summary>
    public ImmutableArray<PartyId> MembersBound => [.. Members.Where(m => m.Value.IsBound).Select(m => m.Key)];

    /// <summary>The members that are pledged, ready or not, in the order of names.</summary>
    public ImmutableArray<PartyId> MembersPledged => [.. Members.Where(m => m.Value.IsPledged).Select(m => m.Key)];

    /// <summary>The committed parties that are neither bound nor pledged, in the order of names.</summary>
    public ImmutableArray<PartyId> MembersWaiting =>
        [.. Members.Where(m => m.Value.Standing is Standing.Waiting).Select(m => m.Key)];

    /// <summary>Who must stop what, from when: empty until the pact is called, and again once the pause is over. A member that will
    /// have left before the pause begins has none.</summary>
    public ImmutableArray<Obligation> Obligations => (Stage, Terms.Life) switch
    {
        (PactStage.InNotice notice, _) => [.. Obliged(notice.Until, null)],
        (PactStage.InForce { Until: { } ends } force, { Lifting.IsEmpty: false } life) =>
            [.. Obliged(force.Since.Time, LiftedAt(life, 0, Later(ends, LastsOf(life, 0))))],
        (PactStage.InForce force, _) => [.. Obliged(force.Since.Time, force.Until)],
        (PactStage.Lifting lifting, { } life) => [.. Obliged(lifting.Began, LiftedAt(life, lifting.Step, lifting.Until))],
        _ => [],
    };

    /// <summary>When the pause began; null while none holds.</summary>
    public DateTimeOffset? PauseBegan => Stage switch
    {
        PactStage.InForce force => force.Since.Time,
        PactStage.Lifting lifting => lifting.Began,
        _ => null,
    };

    /// <summary>Whether a party is bound.</summary>
    public bool IsBound(PartyId party) => Members.TryGetValue(party, out Member? member) && member.IsBound;

    /// <summary>The largest coalition of the standing commitments, ready to be asked about.</summary>
    /// <remarks>While a coalition is being prepared, and in the lifting, nobody joins the present one, so that this can be larger.</remarks>
    public Coalition Solve() => SolveWith(Circumstances.Facts);

    /// <summary>The same, judged by other facts than those observed.</summary>
    public Coalition SolveWith(PartyFacts facts) =>
        Coalition.Largest(Members.Values.Where(m => m.IsCandidate).Select(m => m.Commitment), Seen(facts), DegreesBound);

    /// <summary>Why a party is bound, or what it waits for.</summary>
    /// <exception cref="KeyNotFoundException">The party has no commitment that stands.</exception>
    public PartyExplanation WaitsFor(PartyId party) => PartyExplanation.Of(Solve(), party);

    /// <summary>What would change the pact as it stands.</summary>
    /// <param name="others">Parties of the registry; those whose commitment stands are passed over.</param>
    /// <param name="sets">How many sets of signers all searches together try at most, shared out evenly.</param>
    public Outlook WhatWouldChangeIt(IEnumerable<PartyId> others, int sets = SignatureSearch.WorkLimit)
    {
        Coalition coalition = Solve();
        ImmutableArray<PartyId> uncommitted =
            [.. others.Where(p => !(Members.TryGetValue(p, out Member? member) && member.IsCandidate))];
        ImmutableArray<PartyId> waiting = MembersWaiting;
        int each = Math.Max(1, sets / (1 + waiting.Length));
        return new Outlook(
            [.. coalition.Members.Select(coalition.IfLeaves)],
            SignatureSearch.ToSetInMotion(coalition, uncommitted, each),
            waiting.ToImmutableSortedDictionary(p => p, p => SignatureSearch.ToBringIn(coalition, uncommitted, p, each)),
            NextDeadline);
    }

    private IEnumerable<Obligation> Obliged(DateTimeOffset from, DateTimeOffset? until)
    {
        foreach (Member member in Members.Values.Where(m => m.IsBound))
        {
            DateTimeOffset bound = member.Standing.Since.Time;
            DateTimeOffset? ends = until is null || member.LeavesAt < until ? member.LeavesAt ?? until : until;
            if (ends is null || ends > from)
            {
                yield return new Obligation(member.Commitment.Party, Terms.Scope, bound > from ? bound : from, ends)
                {
                    Degree = Stage is PactStage.Lifting lifting ? Math.Min(lifting.Degree, member.Degree) : member.Degree,
                    Due = DueOf(member.Commitment.Party),
                };
            }
        }
    }
}
