using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A pact of version 2 is opened for commitments, its terms in their language.</summary>
public sealed record PactOpenedV2Body(PactId Pact, string Text, PactTerms Terms) : Body
{
    internal static PactOpenedV2Body Read(Fields f)
    {
        var pact = new PactId(f.Name("pact", "pact", "its name"));
        var text = f.Text("text", PactTermsText.Characters, "the terms in their language");
        return new PactOpenedV2Body(pact, text, f.Meaning("text", PactTermsText.Parse(text))!);
    }
}

/// <summary>A party commits to a pact of version 2: how far it slows under which condition on the others.</summary>
public sealed record CommitmentV2Body(PactId Pact, string Text, CommitmentText Commitment) : Body
{
    internal static CommitmentV2Body Read(Fields f)
    {
        var pact = new PactId(f.Name("pact", "pact", "an open pact of version 2"));
        var text = f.Text("text", CommitmentText.Characters, "`stop when` and `slow by` with their conditions, or one condition alone");
        return new CommitmentV2Body(pact, text, f.Meaning("text", CommitmentText.Parse(text))!);
    }
}

/// <summary>A member confirms that it is ready to be bound with exactly one coalition.</summary>
public sealed record ReadinessBody(PactId Pact, Digest Coalition) : Body
{
    internal static ReadinessBody Read(Fields f) => new(
        new PactId(f.Name("pact", "pact", "the pact that has been called")),
        f.Digest("coalition", "the coalition hash that the member is ready for"));
}

/// <summary>A bound member agrees to go on beyond the maximum duration.</summary>
public sealed record ExtensionBody(PactId Pact, int Days, string Reason) : Body
{
    internal static ExtensionBody Read(Fields f) => new(
        new PactId(f.Name("pact", "pact", "the pact in force")),
        (int)f.Whole("days", 1, 3650, "days", "for how long"),
        f.Text("reason", 2000, "why"));
}

/// <summary>Evidence that a member owes is there: its balance, by itself, or an inspection of it, by an inspector.</summary>
public sealed record DutyDischargedBody(PactId Pact, PartyId Member, DutyKind Duty, ImmutableArray<Digest> Evidence, string? Text) : Body
{
    internal static DutyDischargedBody Read(Fields f)
    {
        var body = new DutyDischargedBody(
            new PactId(f.Name("pact", "pact", "the pact")),
            f.Party("member", "whose evidence it is"),
            f.Choice<DutyKind>("duty", "what is discharged; a heartbeat is a statement of its own"),
            f.List("evidence", 0, 64, "the files", e => e.Digest("sha256", "digest of the file")),
            f.TextOrNull("text", 4000, "what they show"));
        f.Require(body.Duty != DutyKind.Heartbeat, "duty", "a heartbeat is discharged by a `heartbeat` statement", "send one");
        f.Require(!body.Evidence.IsEmpty, "evidence", "no file is named", "name the digest of what was shown");
        return body;
    }
}
