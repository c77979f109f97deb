using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Trustees, what is sealed for them, and what they open.</summary>
internal static class SealRules
{
    public static Effect Key(World world, Statement statement, TrusteeKeyBody body, Moment at) =>
        world.TrusteeKeys.Any(k => k.Value.Key == body.Key && k.Key != statement.Party)
            ? Effect.Refuse("body.key", "another party has put that key on record", "make one of your own with `standstill pact trustee-key`")
            : Effect.Of(world with { TrusteeKeys = world.TrusteeKeys.SetItem(statement.Party, new TrusteeRecord(body.Key, at)) });

    public static Effect Seal(World world, Statement statement, SealedCommitmentBody body, Moment at)
    {
        var pactId = body.Sealed.Pact;
        if (!world.Pacts.TryGetValue(pactId, out var pact) || pact.Terms.Life?.Seal is not { } terms)
        {
            return Effect.Refuse("body.pact", $"there is no pact `{pactId}` that takes sealed commitments", "name one whose terms have trustees");
        }

        if (pact.Stage is not (PactStage.Open or PactStage.Armed))
        {
            return Effect.Refuse("body.pact", $"`{pactId}` takes no sealed commitments any more", "commit openly");
        }

        var trustees = body.Sealed.Trustees;
        if (trustees.Threshold != terms.Threshold || !terms.Trustees.SetEquals(trustees.All.Select(t => t.Party)))
        {
            return Effect.Refuse("body.shares", "not the trustees and the threshold of the pact", $"seal for {terms.Threshold} of {string.Join(", ", terms.Trustees)}");
        }

        if (trustees.All.FirstOrDefault(t => world.TrusteeKeys.GetValueOrDefault(t.Party)?.Key != t.Key) is { } wrong)
        {
            return Effect.Refuse("body.shares", $"`{wrong.Key}` is not the key that {wrong.Party} has on record", "seal again with the key of its latest `trustee-key` statement");
        }

        // The same again is not refused: a trial counts repeats once, and who saw a submission could else block it by being first.
        return Effect.Of(world with { Sealed = world.Sealed.Add(at.Entry, new SealedRecord(body.Sealed, statement.Party, at, null)) });
    }

    /// <summary>All openings of one statement become commitments at its entry, and only if each of them is in the coalition then. An opening that is
    /// refused was never on record.</summary>
    public static Effect Open(World world, Statement statement, SealedOpenedBody body, Moment at)
    {
        if (!world.Pacts.TryGetValue(body.Pact, out var pact) || pact.Terms.Life?.Seal is not { } terms || !terms.Trustees.Contains(statement.Party))
        {
            return Effect.Refuse("body.pact", $"`{statement.Party}` is no trustee of a pact `{body.Pact}`", "leave it to one of the trustees");
        }

        var opened = ImmutableArray.CreateBuilder<Commitment>();
        foreach (var opening in body.Openings)
        {
            if (!world.Sealed.TryGetValue(opening.Entry, out var record) || record.Commitment.Pact != body.Pact || record.Opened is not null)
            {
                return Effect.Refuse("body.openings", $"entry {opening.Entry} holds nothing sealed for `{body.Pact}` that is still closed", "name the entry of a sealed commitment");
            }

            var content = record.Commitment.Open(world.Registry!.Value, opening.Key);
            var slip = content.IsGood ? OpenedSlip.Check(content.Value, at.Time, IsKeyOf) : Parsed<Slip>.Bad(content.Faults);
            var text = slip.IsGood ? CommitmentText.Parse(slip.Value.Commitment!) : Parsed<CommitmentText>.Bad(slip.Faults);
            if (!text.IsGood)
            {
                return Effect.Refuse("body.openings", $"entry {opening.Entry}: {text.Faults[0].Message}", text.Faults[0].Remedy);
            }

            if (PactRules.RefuseNames(world, pact, text.Value.Steps) is { } refused)
            {
                return refused;
            }

            opened.Add(new Commitment(slip.Value!.Party, text.Value.Steps, at.Entry));
        }

        if (opened.Select(c => c.Party).Distinct().Count() < opened.Count)
        {
            return Effect.Refuse("body.openings", "two are of one party", "open the one with the highest number");
        }

        return pact.Unseal(opened.ToImmutable(), at) switch
        {
            PactOutcome.Done done => Effect.Of(world with
            {
                Pacts = world.Pacts.SetItem(pact.Id, done.Pact),
                Sealed = body.Openings.Aggregate(world.Sealed, (all, o) => all.SetItem(o.Entry, all[o.Entry] with { Opened = at })),
            }),
            PactOutcome.Refused refused => Effect.Refuse("body.openings", refused.Message, refused.Remedy),
            _ => throw new InvalidOperationException("not a kind of outcome"),
        };

        bool IsKeyOf(PartyId party, PartyKey key) =>
            world.Keys.TryGetValue(key, out var known) && known.Party == party && known.Revoked is null && known.Roles.Contains(Role.Governance)
            && world.Parties[party] is { Accredited: not null, Kind: PartyKind.Lab or PartyKind.Cloud or PartyKind.State };
    }
}
