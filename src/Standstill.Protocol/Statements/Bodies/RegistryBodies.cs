using System.Collections.Immutable;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>What a party is.</summary>
public enum PartyKind
{
    /// <summary>Develops AI models.</summary>
    Lab,

    /// <summary>Operates compute for others.</summary>
    Cloud,

    /// <summary>Measures capability.</summary>
    Evaluator,

    /// <summary>Inspects facilities and rules on allegations.</summary>
    Inspector,

    /// <summary>Votes on triggers for one constituency.</summary>
    PanelMember,

    /// <summary>Cosigns checkpoints.</summary>
    Witness,

    /// <summary>Runs the ledger.</summary>
    Operator,

    /// <summary>A state or a union of states, which commits those under its law.</summary>
    State,

    /// <summary>Watches over competition: sees what the parties agree and when, and is bound by nothing.</summary>
    Regulator,
}

/// <summary>What a key may sign.</summary>
public enum Role
{
    /// <summary>Keys of the party itself, and for the operator accreditations. One root key a party.</summary>
    Root,

    /// <summary>Heartbeats; for the operator ticks.</summary>
    Operations,

    /// <summary>Facilities, accelerators, training runs.</summary>
    Compute,

    /// <summary>Capability results and indicator reports.</summary>
    Evidence,

    /// <summary>Triggers, votes, pacts, commitments, allegations, rulings.</summary>
    Governance,
}

/// <summary>How a kind of party comes to be accredited.</summary>
public enum AdmissionRule
{
    /// <summary>Enrolment is enough.</summary>
    Open,

    /// <summary>The operator accredits, on record.</summary>
    Operator,
}

/// <summary>How one kind of party joins.</summary>
public sealed record Admission(PartyKind Kind, AdmissionRule Rule);

/// <summary>Limits that the fold holds everybody to.</summary>
/// <param name="EntryBytes">Largest entry, bytes.</param>
/// <param name="TickInterval">The longest silence of the operator.</param>
/// <param name="ClockSkew">How far `issued` may lie after the entry's time.</param>
/// <param name="HeartbeatInterval">The longest silence of a party that is bound by a pact.</param>
public sealed record Limits(int EntryBytes, TimeSpan TickInterval, TimeSpan ClockSkew, TimeSpan HeartbeatInterval);

/// <summary>Entry 0: the rules of one registry. Its digest names the registry in every later statement.</summary>
public sealed record CharterBody(
    string Name,
    string Purpose,
    bool Sample,
    string OperatorName,
    string Log,
    ImmutableArray<string> Witnesses,
    ImmutableArray<Admission> Admissions,
    ImmutableArray<Constituency> Constituencies,
    Limits Limits) : Body
{
    internal static CharterBody Read(Fields f)
    {
        var body = new CharterBody(
            f.Text("name", 100, "what the registry is called"),
            f.Text("purpose", 2000, "what it is for"),
            f.Flag("sample", "true when the parties are invented and nothing is binding on anybody"),
            f.Text("operatorName", 100, "what the operator is called"),
            f.Text("log", 300, "the log's verifier key in C2SP signed-note form, `name+hash+key`"),
            f.Texts("witnesses", 32, 300, "verifier keys of the witnesses, C2SP form; may be empty"),
            f.List("admission", 1, 7, "how each kind of party is accredited; a kind that is not listed cannot enrol", a => new Admission(
                a.Choice("kind", "the kind", PartyEnrolledBody.LaterKinds),
                a.Choice<AdmissionRule>("rule", "`open`: enrolment is enough; `operator`: the operator accredits"))),
            f.List("constituencies", 0, 16, "the groups of the panel; a vote needs every one of them", c => new Constituency(
                c.Name("name", "name", "what the group is called"),
                (int)c.Whole("seats", 1, 100, "members", "the most members that it can have"),
                (int)c.Whole("quorum", 1, 100, "votes", "the fewest votes that decide; of these more than half"))),
            f.Object("limits", "what the fold holds everybody to", l => new Limits(
                (int)l.Whole("entryBytes", 1024, 65535, "bytes", "the largest entry"),
                TimeSpan.FromSeconds(l.Whole("tickSeconds", 1, 31_622_400, "seconds", "the operator signs a tick at least this often")),
                TimeSpan.FromSeconds(l.Whole("clockSkewSeconds", 0, 86_400, "seconds", "how far `issued` may lie after the time of receipt")),
                TimeSpan.FromSeconds(l.Whole("heartbeatSeconds", 1, 31_622_400, "seconds", "a bound party signs a heartbeat at least this often")))));
        f.Require(body.Admissions.Select(a => a.Kind).Distinct().Count() == body.Admissions.Length, "admission", "a kind stands there twice", "give each kind one rule");
        f.Require(body.Admissions.All(a => a.Kind != PartyKind.Operator), "admission", "`operator` is not a kind that joins: it could accredit whom it likes", "leave it out; the charter's own signer is the operator");
        f.Require(body.Constituencies.Select(c => c.Name).Distinct().Count() == body.Constituencies.Length, "constituencies", "a name stands there twice", "give each constituency its own name");
        f.Require(body.Constituencies.All(c => c.Quorum <= c.Seats), "constituencies", "a quorum is larger than the seats", "lower the quorum");
        return body;
    }
}

/// <summary>A party introduces itself, signed by its root key.</summary>
public record PartyEnrolledBody(string Name, PartyKind Kind, string? Jurisdiction, string? Constituency, string? Contact) : Body
{
    /// <summary>The kinds that the first version does not know.</summary>
    internal static readonly ImmutableArray<PartyKind> LaterKinds = [PartyKind.State, PartyKind.Regulator];

    internal static PartyEnrolledBody Read(Fields f) => Read(f, LaterKinds);

    private protected static PartyEnrolledBody Read(Fields f, ImmutableArray<PartyKind> except)
    {
        var body = new PartyEnrolledBody(
            f.Text("name", 100, "what the party is called"),
            f.Choice("kind", "what it is", except),
            f.TextOrNull("jurisdiction", 60, "the law it is under"),
            f.NameOrNull("constituency", "name", "for a panel member: the constituency that it sits for"),
            f.TextOrNull("contact", 200, "where to reach it"));
        f.Require(body.Kind == PartyKind.PanelMember == (body.Constituency is not null), "constituency", "a panel member names a constituency, and nobody else does", "add or remove the field");
        return body;
    }
}

/// <summary>The operator accredits an enrolled party, or takes that back.</summary>
public sealed record AccreditationBody(PartyId Party, bool Accredited, string Reason) : Body
{
    internal static AccreditationBody Read(Fields f) => new(
        f.Party("party", "who"),
        f.Decision("accredited", "true to accredit, false to take it back"),
        f.Text("reason", 1000, "on what ground"));
}

/// <summary>A root key enrols a role key of its party.</summary>
/// <param name="Key">The new key.</param>
/// <param name="Roles">What it may sign.</param>
/// <param name="Proof">The new key's own signature over <see cref="KeyProof"/>: nobody enrols a key that they do not hold.</param>
public sealed record RoleKeyBody(PartyKey Key, ImmutableArray<Role> Roles, string Proof) : Body
{
    internal static RoleKeyBody Read(Fields f)
    {
        var body = new RoleKeyBody(
            f.Key("key", "the new key"),
            f.Choices<Role>("roles", "what it may sign"),
            f.Text("proof", 88, "base64 of the new key's signature over the key proof text"));
        f.Require(!body.Roles.Contains(Role.Root), "roles", "`root` is not a role to hand out", "rotate the root key instead");
        return body;
    }
}

/// <summary>A root key puts a new key in the place of an old one, the root key itself included.</summary>
public sealed record KeyRotatedBody(PartyKey Replaces, PartyKey Key, string Proof) : Body
{
    internal static KeyRotatedBody Read(Fields f) => new(
        f.Key("replaces", "the old key; it can sign nothing from this entry on"),
        f.Key("key", "the new key; it takes over the roles"),
        f.Text("proof", 88, "base64 of the new key's signature over the key proof text"));
}

/// <summary>A root key revokes a role key of its party.</summary>
public sealed record KeyRevokedBody(PartyKey Key, string Reason) : Body
{
    internal static KeyRevokedBody Read(Fields f) => new(
        f.Key("key", "the key; it can sign nothing from this entry on"),
        f.Text("reason", 1000, "why"));
}

/// <summary>The text over which a new key signs to show that its holder is the one who enrols it.</summary>
public static class KeyProof
{
    /// <summary>`standstill key proof v1`, the registry's digest, the party and the key, each on a line.</summary>
    public static byte[] Message(Digest registry, PartyId party, PartyKey key) =>
        System.Text.Encoding.UTF8.GetBytes($"standstill key proof v1\n{registry}\n{party}\n{key}\n");

    /// <summary>Makes the proof with the new key.</summary>
    public static string Make(Digest registry, PartyId party, PartySigner signer) =>
        Convert.ToBase64String(signer.Sign(Message(registry, party, signer.PublicKey)));

    /// <summary>Whether a proof is good.</summary>
    public static bool IsGood(Digest registry, PartyId party, PartyKey key, string proof) =>
        System.Buffers.Text.Base64.IsValid(proof) && key.Verifies(Message(registry, party, key), Convert.FromBase64String(proof));
}
