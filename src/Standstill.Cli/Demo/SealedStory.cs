using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Standstill.Cli.Commands.Pacts;
using Standstill.Node;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Demo;

/// <summary>The sealed part of a world: trustees with keys of their own, slips that a trustee relays, and trials in their closed room.</summary>
internal sealed class SealedStory(PactWorld world, string pact, Func<PartyId, PartySigner> signerOf)
{
    private readonly Dictionary<PartyId, TrusteeSecret> secrets = [];

    private ImmutableArray<PartyId> Names => [.. world.Terms!.Life?.Seal?.Trustees ?? []];

    /// <summary>The trustees put their keys on record, and what is sealed goes there with a decoy beside it.</summary>
    public async Task SealAsync(StandstillNode node, Func<string, string, object, Task<string?>> say)
    {
        if (world.Terms!.Life?.Seal is not { } terms)
        {
            return;
        }

        foreach (var trustee in Names)
        {
            // A sample's key follows from the name: it protects nothing.
            secrets[trustee] = TrusteeSecret.FromBytes(Digest.Of(Encoding.UTF8.GetBytes($"standstill sample trustee {trustee}")).ToBytes());
            await say(trustee.Value, "trustee-key", new { key = secrets[trustee].PublicKey.Text });
        }

        var registry = node.Current.World.Registry!.Value;
        var trustees = Trustees.Check(terms.Threshold, Names.Select(t => new Trustee(t, secrets[t].PublicKey))).OrThrow();
        foreach (var commitment in world.Sealed)
        {
            var signer = signerOf(commitment.Party);
            var slip = new Slip(registry, new PactId(pact), commitment.Party, signer.PublicKey, 1, node.Current.World.Now.AddDays(3650), commitment.ToString());
            await PutAsync(new SealContent.Word(slip.Sign(signer)));
        }

        await PutAsync(new SealContent.Decoy());

        async Task PutAsync(SealContent content)
        {
            var sealing = SealedCommitment.Seal(registry, new PactId(pact), trustees, content, RandomNumberGenerator.GetBytes(SealedCommitment.RandomBytes(trustees))).OrThrow();
            await say(Names[0].Value, "sealed-commitment", new SealedCommitmentBody(sealing.Sealed).ToJson());
        }
    }

    /// <summary>As many trustees as it takes hold a trial; what they open, if anything, goes on record.</summary>
    public async Task<string?> TryAsync(StandstillNode node, DateTimeOffset at, Func<string, string, object, Task<string?>> say)
    {
        var now = node.Current.World;
        var asked = now.Pacts[new PactId(pact)];
        ImmutableArray<SealedEntry> entries = [.. now.Sealed.Where(s => s.Value.Opened is null).Select(s => new SealedEntry(s.Key, s.Value.Commitment))];
        ImmutableArray<TrusteeShares> brought = [.. Names.Take(world.Terms!.Life!.Seal!.Threshold).Select(t => new TrusteeShares(
            t,
            entries.ToImmutableSortedDictionary(e => e.Entry, e => e.Sealed.ShareOf(now.Registry!.Value, secrets[t]).OrThrow().Value)))];
        var coalition = asked.Solve();
        var trial = SealTrial.Hold(
            now.Registry!.Value, asked.Id, entries, brought, [.. coalition.Candidates], coalition.Facts, at,
            (party, key) => now.Keys.TryGetValue(key, out var known) && known.Party == party,
            (slip, entry) => SealRound.Read(slip.Party, slip.Commitment!, entry));
        if (trial.Openings.IsEmpty)
        {
            return null;
        }

        return await say(Names[0].Value, "sealed-opened", new SealedOpenedBody(asked.Id, trial.Openings).ToJson());
    }
}
