using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>What sealing has to know of a pact, as a file of public values: a machine that holds a key needs no network.</summary>
/// <remarks>`{"registry", "pact", "threshold", "trustees": [{"trustee", "key"}]}`.</remarks>
internal sealed record SealPact(Digest Registry, PactId Pact, Trustees Trustees, ImmutableHashSet<(PartyId, PartyKey)> Keys)
{
    public static SealPact Read(string file)
    {
        var read = Fields.Read(Inputs.ReadJson(file), "", f => new Sheet(
            f.Digest("registry", "the charter's id"),
            new PactId(f.Name("pact", "pact", "the pact")),
            (int)f.Whole("threshold", Trustees.LowestThreshold, Trustees.Most, "trustees", "how many it takes to open"),
            f.List("trustees", Trustees.LowestThreshold, Trustees.Most, "who holds the shares", t => (t.Party("trustee", "who"), t.Text("key", 71, "its public key"))),
            f.List("keys", 0, 100_000, "good governance keys of parties that may commit", k => (k.Party("party", "whose"), k.Key("key", "the key")))));
        var sheet = read.Value ?? throw new UsageException($"`{file}`: {string.Join("; ", read.Faults)}");
        var trustees = Trustees.Check(sheet.Threshold, sheet.Trustees.Select(t => TrusteeKey.TryParse(t.Key, out var key)
            ? new Trustee(t.Party, key)
            : throw new UsageException($"`{file}`: the key of {t.Party} is not one that `standstill pact trustee-key` prints")));
        return new SealPact(sheet.Registry, sheet.Pact, trustees.Value ?? throw new UsageException($"`{file}`: {trustees.Faults[0]}"), [.. sheet.Keys]);
    }

    private sealed record Sheet(Digest Registry, PactId Pact, int Threshold, ImmutableArray<(PartyId Party, string Key)> Trustees, ImmutableArray<(PartyId, PartyKey)> Keys);
}

/// <summary>What a trial has to know, as a file of public values that `standstill pact round` writes from a ledger: what stands sealed, what
/// stands openly, whose keys are good, and what is known of the parties.</summary>
internal sealed record SealRound(
    Digest Registry,
    PactId Pact,
    ImmutableArray<SealedEntry> Sealed,
    ImmutableHashSet<(PartyId, PartyKey)> Keys,
    ImmutableArray<Commitment> Standing,
    ImmutableHashSet<PartyId> Parties,
    PartyFacts Facts)
{
    private sealed record Known(PartyId Party, string? Jurisdiction, double? FlopPerSecond, long? Assurance, bool OnProbation, ImmutableArray<PartyId> Successors);

    private sealed record Sheet(
        Digest Registry,
        PactId Pact,
        ImmutableArray<(EntryIndex Entry, SealedCommitmentBody Body)> Sealed,
        ImmutableArray<(PartyId Party, PartyKey Key)> Keys,
        ImmutableArray<(PartyId Party, string Text)> Commitments,
        ImmutableArray<Known> Parties,
        double OutsideFlopPerSecond,
        ImmutableArray<(PactId Pact, ImmutableArray<PartyId> Members)> Counted,
        ImmutableArray<(string Source, WorldComputeEstimate Estimate)> World);

    public static SealRound Read(string file)
    {
        var read = Fields.Read(Inputs.ReadJson(file), "", f => new Sheet(
            f.Digest("registry", "the charter's id"),
            new PactId(f.Name("pact", "pact", "the pact")),
            f.List("sealed", 1, 10_000, "what stands sealed", s => (
                new EntryIndex(s.Whole("entry", 0, 1L << 53, "", "where it stands")),
                s.Object("body", "as it stands there", SealedCommitmentBody.Read))),
            f.List("keys", 0, 100_000, "good governance keys of parties that may commit", k => (k.Party("party", "whose"), k.Key("key", "the key"))),
            f.List("commitments", 0, 10_000, "public commitments that stand", c => (c.Party("party", "who"), c.Text("text", CommitmentText.Characters, "to what"))),
            f.List("parties", 0, 100_000, "all parties of the registry, and what is known of them", p => new Known(
                p.Party("party", "who"),
                p.TextOrNull("jurisdiction", 60, "the law it is under"),
                p.NumberOrNull("flopPerSecond", 0, ComputeShares.Most, "FLOP/s", "its accounted compute"),
                p.WholeOrNull("assurance", 0, 99, "%", "the probability of detection on record"),
                p.Flag("onProbation", "it would count for nobody"),
                p.List("successors", 0, 1_000, "who is there in its place", Name))),
            f.NumberOrNull("outsideFlopPerSecond", 0, ComputeShares.Most, "FLOP/s", "accounted compute in outsiders' hands") ?? 0,
            f.List("counted", 0, 1_000, "the pacts that count as parties", c => (new PactId(c.Name("pact", "pact", "which")), c.List("members", 0, 100_000, "its bound members", Name))),
            f.List("worldCompute", 0, 1_000, "estimates of all compute that there is", e => (
                e.Text("source", 63, "whose"),
                new WorldComputeEstimate(
                    e.Number("low", 1, ComputeShares.Most, "FLOP/s", "the 5 % quantile"),
                    e.Number("middle", 1, ComputeShares.Most, "FLOP/s", "the median"),
                    e.Number("high", 1, ComputeShares.Most, "FLOP/s", "the 95 % quantile"))))));
        var sheet = read.Value ?? throw new UsageException($"`{file}`: {string.Join("; ", read.Faults)}");
        if (sheet.Sealed.Select(s => s.Entry).Distinct().Count() < sheet.Sealed.Length
            || sheet.Commitments.Select(c => c.Party).Distinct().Count() < sheet.Commitments.Length
            || sheet.Parties.Select(c => c.Party).Distinct().Count() < sheet.Parties.Length
            || sheet.Counted.Select(c => c.Pact).Distinct().Count() < sheet.Counted.Length
            || sheet.World.Select(w => w.Source).Distinct(StringComparer.Ordinal).Count() < sheet.World.Length)
        {
            throw new UsageException($"`{file}`: an entry, a party or a source stands there twice; give each once");
        }

        if (sheet.Sealed.FirstOrDefault(s => s.Body.Sealed.Pact != sheet.Pact) is { Body: not null } stray)
        {
            throw new UsageException($"`{file}`: entry {stray.Entry} is sealed for `{stray.Body.Sealed.Pact}`; give those of `{sheet.Pact}` alone");
        }

        return new SealRound(
            sheet.Registry,
            sheet.Pact,
            [.. sheet.Sealed.Select(s => new SealedEntry(s.Entry, s.Body.Sealed))],
            [.. sheet.Keys],
            [.. sheet.Commitments.Select(c => Read(c.Party, c.Text, default) is { IsGood: true } good
                ? good.Value
                : throw new UsageException($"`{file}`: the commitment of {c.Party}: {Read(c.Party, c.Text, default).Faults[0]}"))],
            [.. sheet.Parties.Select(p => p.Party)],
            new PartyFacts
            {
                OutsideFlopPerSecond = sheet.OutsideFlopPerSecond,
                OnProbation = [.. sheet.Parties.Where(p => p.OnProbation).Select(p => p.Party)],
                Successors = sheet.Parties.Where(p => !p.Successors.IsEmpty).ToImmutableSortedDictionary(p => p.Party, p => p.Successors.ToImmutableSortedSet()),
                Nested = sheet.Counted.ToImmutableSortedDictionary(c => c.Pact, c => c.Members.ToImmutableSortedSet()),
                Shares = new ComputeShares(sheet.Parties.Where(p => p.FlopPerSecond is not null).ToImmutableSortedDictionary(p => p.Party, p => p.FlopPerSecond!.Value)),
                World = sheet.World.ToImmutableSortedDictionary(w => w.Source, w => w.Estimate, StringComparer.Ordinal),
                Jurisdictions = sheet.Parties.Where(p => p.Jurisdiction is not null).ToImmutableSortedDictionary(p => p.Party, p => p.Jurisdiction!),
                Assurance = sheet.Parties.Where(p => p.Assurance > 0).ToImmutableSortedDictionary(p => p.Party, p => (int)p.Assurance!.Value),
            });
    }

    /// <summary>The file of a world: the trustees too, so that it serves sealing as well.</summary>
    public static JsonObject Write(World world, Pact pact)
    {
        var terms = pact.Terms.Life?.Seal ?? throw new UsageException($"`{pact.Id}` has no trustees, and takes no sealed commitments");
        if (terms.Trustees.FirstOrDefault(t => !world.TrusteeKeys.ContainsKey(t)) is { Value: { } missing })
        {
            throw new UsageException($"the trustee {missing} has no key on record; it says `trustee-key` first");
        }

        var coalition = pact.Solve();
        var facts = coalition.Facts;
        return new JsonObject
        {
            ["registry"] = world.Registry!.Value.Hex,
            ["pact"] = pact.Id.Value,
            ["threshold"] = terms.Threshold,
            ["trustees"] = List(terms.Trustees, t => new JsonObject { ["trustee"] = t.Value, ["key"] = world.TrusteeKeys[t].Key.Text }),
            ["sealed"] = List(world.Sealed.Where(s => s.Value.Opened is null && s.Value.Commitment.Pact == pact.Id), s => new JsonObject
            {
                ["entry"] = s.Key.Value,
                ["body"] = new SealedCommitmentBody(s.Value.Commitment).ToJson(),
            }),
            ["keys"] = List(
                world.Keys.Where(k => k.Value.Revoked is null && k.Value.Roles.Contains(Role.Governance)
                    && world.Parties[k.Value.Party] is { Accredited: not null, Kind: PartyKind.Lab or PartyKind.Cloud or PartyKind.State }),
                k => new JsonObject { ["party"] = k.Value.Party.Value, ["key"] = k.Key.Text }),
            ["commitments"] = List(coalition.Candidates, c => new JsonObject { ["party"] = c.Party.Value, ["text"] = c.ToString() }),
            ["parties"] = List(world.Parties.Keys, p => new JsonObject
            {
                ["party"] = p.Value,
                ["jurisdiction"] = facts.Jurisdictions.GetValueOrDefault(p),
                ["flopPerSecond"] = facts.Shares.FlopPerSecond.TryGetValue(p, out var flop) ? flop : null,
                ["assurance"] = facts.Assurance.TryGetValue(p, out var percent) ? percent : null,
                ["onProbation"] = facts.OnProbation.Contains(p) || WouldBeOnProbation(pact, p),
                ["successors"] = List(facts.Successors.GetValueOrDefault(p) ?? [], s => new JsonObject { ["party"] = s.Value }),
            }),
            ["outsideFlopPerSecond"] = facts.OutsideFlopPerSecond,
            ["counted"] = List(pact.Terms.Life.Nested, n => new JsonObject
            {
                ["pact"] = n.Value,
                ["members"] = List(facts.Nested.GetValueOrDefault(n) ?? [], m => new JsonObject { ["party"] = m.Value }),
            }),
            ["worldCompute"] = List(facts.World, w => new JsonObject { ["source"] = w.Key, ["low"] = w.Value.Low, ["middle"] = w.Value.Middle, ["high"] = w.Value.High }),
        };

        static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> write) => new([.. items.Select(write)]);
    }

    /// <summary>A slip's commitment. One that names what the ledger does not know is refused here: there it would have the whole opening refused.</summary>
    public Parsed<Commitment> Read(Slip slip, EntryIndex entry)
    {
        var read = Read(slip.Party, slip.Commitment!, entry);
        return read.Value is not { } commitment ? read
            : commitment.Steps.SelectMany(s => s.Condition.Parties).FirstOrDefault(p => !Parties.Contains(p)) is { Value: { } stranger }
            ? Parsed<Commitment>.Bad("slip.commitment", $"`{stranger}` is not a party of this registry", "name enrolled parties")
            : commitment.Steps.SelectMany(s => s.Condition.Pacts).FirstOrDefault(p => !Facts.Nested.ContainsKey(p)) is { Value: { } other }
            ? Parsed<Commitment>.Bad("slip.commitment", $"`{Pact}` does not count the pact `{other}` as a party", "name one that its terms count")
            : read;
    }

    /// <summary>A commitment's text.</summary>
    public static Parsed<Commitment> Read(PartyId party, string text, EntryIndex entry)
    {
        var read = CommitmentText.Parse(text);
        return read.IsGood ? Parsed<Commitment>.Good(new Commitment(party, read.Value.Steps, entry)) : Parsed<Commitment>.Bad(read.Faults);
    }

    // As the ledger will see whoever comes back after a breach or after dropping out.
    private static bool WouldBeOnProbation(Pact pact, PartyId party) => pact.Members.TryGetValue(party, out var member)
        && (member.Standing is Protocol.Pacts.Standing.InBreach or Protocol.Pacts.Standing.DroppedOut || member.ProbationUntil is not null);

    private static PartyId Name(Fields f) => f.Party("party", "who");
}

/// <summary>What a trustee takes to a trial. Secret: with as many of these as it takes, everything that is sealed can be read.</summary>
/// <remarks>`{"trustee", "shares": [{"entry", "share": 64 hexadecimal digits}]}`.</remarks>
internal static class ShareFile
{
    public static JsonObject Write(PartyId trustee, IEnumerable<(EntryIndex Entry, Share Share)> shares) => new()
    {
        ["trustee"] = trustee.Value,
        ["shares"] = new JsonArray([.. shares.Select(s => new JsonObject { ["entry"] = s.Entry.Value, ["share"] = Convert.ToHexStringLower(s.Share.Value.Span) })]),
    };

    public static TrusteeShares Read(string file)
    {
        var read = Fields.Read(Inputs.ReadJson(file), "", f => new Sheet(
            f.Party("trustee", "who brings them"),
            f.List("shares", 0, 10_000, "its shares", s => (new EntryIndex(s.Whole("entry", 0, 1L << 53, "", "of which sealed commitment")), s.Digest("share", "the share")))));
        var sheet = read.Value ?? throw new UsageException($"`{file}`: {string.Join("; ", read.Faults)}");
        return sheet.Shares.Select(s => s.Entry).Distinct().Count() == sheet.Shares.Length
            ? new TrusteeShares(sheet.Trustee, sheet.Shares.ToImmutableSortedDictionary(s => s.Entry, s => (ReadOnlyMemory<byte>)s.Share.ToBytes()))
            : throw new UsageException($"`{file}`: an entry stands there twice; give each once");
    }

    private sealed record Sheet(PartyId Trustee, ImmutableArray<(EntryIndex Entry, Digest Share)> Shares);
}
