using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>A sealed commitment with the entry that put it on record.</summary>
public sealed record SealedEntry(EntryIndex Entry, SealedCommitment Sealed);

/// <summary>What one trustee brings to a trial: its shares, by the entries that they are of.</summary>
public sealed record TrusteeShares(PartyId Trustee, ImmutableSortedDictionary<EntryIndex, ReadOnlyMemory<byte>> Shares);

/// <summary>
/// Trustees in one room: the sealed commitments of a pact are opened among them, the coalition with them is solved, and only those of
/// its members are opened to everybody. The others stay sealed.
/// </summary>
/// <remarks>
/// Of a party's slips the one with the highest number counts, of equal ones the one on the earlier entry; slips whose key is
/// not the party's count for nothing, so that nobody can overtake another's. A party whose public commitment stands is bound by that.
/// </remarks>
public sealed class SealTrial
{
    private SealTrial(PactId pact, Coalition coalition, ImmutableArray<SealFinding> findings)
    {
        Pact = pact;
        Coalition = coalition;
        Findings = findings;
    }

    /// <summary>The pact.</summary>
    public PactId Pact { get; }

    /// <summary>The coalition of the public commitments and the sealed ones together.</summary>
    public Coalition Coalition { get; }

    /// <summary>What was found under each seal, in the order of entries. For the trustees alone.</summary>
    public ImmutableArray<SealFinding> Findings { get; }

    /// <summary>What is opened to everybody: the keys of the members' sealed commitments, in the order of entries.</summary>
    public ImmutableArray<Statements.Bodies.SealOpening> Openings =>
        [.. Findings.Where(f => f.Verdict is SealVerdict.Opens).Select(f => new Statements.Bodies.SealOpening(f.Entry, ((SealRecovery.Recovered)f.Recovery).Key))];

    /// <summary>Holds a trial.</summary>
    /// <param name="registry">The charter's id.</param>
    /// <param name="pact">The pact; sealed commitments to another are misuse.</param>
    /// <param name="entries">What stands sealed, each entry once.</param>
    /// <param name="brought">What the trustees bring, each trustee once.</param>
    /// <param name="standing">The public commitments that stand.</param>
    /// <param name="facts">What is known of the parties.</param>
    /// <param name="at">When the openings are to be put on record.</param>
    /// <param name="isKeyOf">Whether a key is a good governance key of a party that may commit.</param>
    /// <param name="read">Reads a slip's commitment, which is there.</param>
    /// <exception cref="ArgumentException">An entry, a trustee or a standing party is there twice, or a sealed commitment is to another pact.</exception>
    public static SealTrial Hold(
        Digest registry,
        PactId pact,
        IReadOnlyList<SealedEntry> entries,
        IReadOnlyList<TrusteeShares> brought,
        IReadOnlyList<Commitment> standing,
        PartyFacts facts,
        DateTimeOffset at,
        Func<PartyId, PartyKey, bool> isKeyOf,
        Func<Slip, EntryIndex, Parsed<Commitment>> read)
    {
        if (entries.Any(e => e.Sealed.Pact != pact) || entries.Select(e => e.Entry).Distinct().Count() < entries.Count)
        {
            throw new ArgumentException("sealed commitments to one pact, each entry once", nameof(entries));
        }

        if (brought.Select(b => b.Trustee).Distinct().Count() < brought.Count)
        {
            throw new ArgumentException("a trustee brings its shares once", nameof(brought));
        }

        ImmutableArray<Opened> opened = [.. entries.OrderBy(e => e.Entry).Select(e => Open(registry, e, brought, isKeyOf))];
        Dictionary<PartyId, Opened> counting = opened.Where(o => o.Slip is not null)
            .GroupBy(o => o.Slip!.Party)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(o => o.Slip!.Number).ThenBy(o => o.Entry.Entry).First());
        ImmutableHashSet<PartyId> bound = [.. standing.Select(c => c.Party)];
        List<Commitment> commitments = [.. standing];
        List<(Opened Opened, SealVerdict? Verdict)> judged = [];
        foreach (Opened one in opened)
        {
            SealVerdict? verdict = one.Verdict ?? Judge(one, counting[one.Slip!.Party].Entry.Entry, bound, at);
            if (verdict is null)
            {
                Parsed<Commitment> commitment = read(one.Slip!, one.Entry.Entry);
                verdict = commitment.IsGood ? null : new SealVerdict.Unusable(one.Slip!.Party, commitment.Faults[0]);
                if (commitment.IsGood)
                {
                    commitments.Add(commitment.Value);
                }
            }

            judged.Add((one, verdict));
        }

        Coalition coalition = Coalition.Largest(commitments, facts, ImmutableSortedDictionary<PartyId, int>.Empty);
        return new SealTrial(pact, coalition, [.. judged.Select(j => new SealFinding(
            j.Opened.Entry.Entry,
            j.Opened.Recovery,
            j.Verdict ?? (coalition.Members.Contains(j.Opened.Slip!.Party) ? new SealVerdict.Opens(j.Opened.Slip) : new SealVerdict.Waits(j.Opened.Slip.Party))))]);
    }

    // A slip and no verdict, or a verdict.
    private sealed record Opened(SealedEntry Entry, SealRecovery Recovery, Slip? Slip, SealVerdict? Verdict);

    private static Opened Open(Digest registry, SealedEntry entry, IReadOnlyList<TrusteeShares> brought, Func<PartyId, PartyKey, bool> isKeyOf)
    {
        // A share is its bearer's: what one trustee brings can stand at no other's point.
        Share[] shares = [.. brought
            .Select(b => new Share(entry.Sealed.Trustees.PointOf(b.Trustee), b.Shares.GetValueOrDefault(entry.Entry)))
            .Where(s => s.Point > 0 && !s.Value.IsEmpty)];
        SealRecovery recovery = SealRecovery.Of(entry.Sealed, shares);
        if (recovery is not SealRecovery.Recovered { Key: var key })
        {
            return new Opened(entry, recovery, null, new SealVerdict.Closed());
        }

        Parsed<SealContent> content = entry.Sealed.Open(registry, key);
        return content.Value switch
        {
            null => new Opened(entry, recovery, null, new SealVerdict.Unusable(null, content.Faults[0])),
            SealContent.Word { Signed.Slip: var slip } when OpenedSlip.NotItsKey(slip, isKeyOf) is { } fault => new Opened(entry, recovery, null, new SealVerdict.Unusable(slip.Party, fault)),
            SealContent.Word { Signed.Slip: var slip } => new Opened(entry, recovery, slip, null),
            _ => new Opened(entry, recovery, null, new SealVerdict.Nothing()),
        };
    }

    private static SealVerdict? Judge(Opened one, EntryIndex counting, ImmutableHashSet<PartyId> bound, DateTimeOffset at)
    {
        Slip slip = one.Slip!;
        return counting != one.Entry.Entry ? new SealVerdict.Overtaken(slip.Party, counting)
            : slip.Commitment is null ? new SealVerdict.TakenBack(slip.Party)
            : OpenedSlip.TooLate(slip, at) is { } late ? new SealVerdict.Unusable(slip.Party, late)
            : bound.Contains(slip.Party) ? new SealVerdict.Public(slip.Party)
            : null;
    }
}

/// <summary>What a trial found under one seal.</summary>
/// <param name="Entry">The sealed commitment's.</param>
/// <param name="Recovery">How its key was reached, and which trustees' shares were not what they should be.</param>
/// <param name="Verdict">What was in it.</param>
public sealed record SealFinding(EntryIndex Entry, SealRecovery Recovery, SealVerdict Verdict);

/// <summary>What becomes of one sealed commitment in a trial.</summary>
public abstract record SealVerdict
{
    private SealVerdict()
    {
    }

    /// <summary>Its party is in the coalition: it is opened.</summary>
    public sealed record Opens(Slip Slip) : SealVerdict;

    /// <summary>Its party's condition does not hold: it stays sealed.</summary>
    public sealed record Waits(PartyId Party) : SealVerdict;

    /// <summary>The party has taken it back, and its earlier ones.</summary>
    public sealed record TakenBack(PartyId Party) : SealVerdict;

    /// <summary>Another slip of the party counts.</summary>
    public sealed record Overtaken(PartyId Party, EntryIndex By) : SealVerdict;

    /// <summary>The party's public commitment stands, and counts.</summary>
    public sealed record Public(PartyId Party) : SealVerdict;

    /// <summary>A decoy.</summary>
    public sealed record Nothing : SealVerdict;

    /// <summary>It opens, and is no commitment that could be put on record.</summary>
    /// <param name="Party">Whose it says it is; null where that cannot be read.</param>
    /// <param name="Why">What is wrong with it.</param>
    public sealed record Unusable(PartyId? Party, Fault Why) : SealVerdict;

    /// <summary>Its key could not be recovered.</summary>
    public sealed record Closed : SealVerdict;
}
