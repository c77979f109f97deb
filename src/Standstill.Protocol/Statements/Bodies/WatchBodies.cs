using System.Collections.Immutable;
using Standstill.Protocol.Pacts;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A party says that it is there and that its books are complete up to now.</summary>
public sealed record HeartbeatBody(string? Note) : Body
{
    internal static HeartbeatBody Read(Fields f) => new(f.TextOrNull("note", 500, "anything else"));
}

/// <summary>The operator puts the passage of time on record.</summary>
public sealed record TickBody : Body
{
    internal static TickBody Read(Fields f)
    {
        _ = f;
        return new TickBody();
    }
}

/// <summary>A party alleges that a bound member does what its commitment stops.</summary>
public sealed record AllegationBody(AllegationId Allegation, PactId Pact, PartyId Accused, string Text, ImmutableArray<Digest> Evidence) : Body
{
    internal static AllegationBody Read(Fields f) => new(
        new AllegationId(f.Name("allegation", "name", "a name for it, new in the registry")),
        new PactId(f.Name("pact", "pact", "the pact")),
        f.Party("accused", "the member"),
        f.Text("text", Pacts.Allegation.Characters, "what is alleged"),
        f.List("evidence", 0, 32, "files that support it", e => e.Digest("sha256", "digest of the file")));
}

/// <summary>An inspector rules on an allegation.</summary>
public sealed record RulingBody(AllegationId Allegation, Ruling Decision, string Text) : Body
{
    internal static RulingBody Read(Fields f) => new(
        new AllegationId(f.Name("allegation", "name", "the allegation")),
        f.Choice<Ruling>("decision", "`upheld` starts the cure period, `cured` ends it, `dismissed` closes the allegation"),
        f.Text("text", 4000, "on what ground"));
}
