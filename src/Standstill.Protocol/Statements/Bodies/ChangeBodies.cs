using System.Collections.Immutable;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>Compute of one party that another uses. It counts once: with the tenant as soon as both have said the same pair.</summary>
public sealed record ComputeRentedBody(PartyId Lessor, PartyId Tenant, double FlopPerSecond) : Body
{
    internal static ComputeRentedBody Read(Fields f)
    {
        var body = new ComputeRentedBody(
            f.Party("lessor", "whose inventory it stands in"),
            f.Party("tenant", "who uses it"),
            f.Number("flopPerSecond", 0, 1e30, "FLOP/s", "peak dense bf16 rate; 0 ends the rental"));
        f.Require(body.Lessor != body.Tenant, "tenant", "a party rents nothing from itself", "name the other party");
        return body;
    }
}

/// <summary>What is handed over.</summary>
public enum HandedOver
{
    /// <summary>The weights of a model.</summary>
    Weights,

    /// <summary>Accelerators, or the use of them.</summary>
    Compute,
}

/// <summary>A party hands weights or compute to somebody who is not a party.</summary>
/// <remarks>Any rate is taken, whatever is counted: <see cref="HandOverV2Body"/> is to be used.</remarks>
public record HandOverBody(HandedOver What, string To, FacilityId? Facility, double? FlopPerSecond, string Text) : Body
{
    internal static HandOverBody Read(Fields f)
    {
        var body = new HandOverBody(
            f.Choice<HandedOver>("what", "what is handed over"),
            f.Text("to", 200, "to whom"),
            f.NameOrNull("facility", "name", "for compute: the facility in whose inventory it stands") is { } facility ? new FacilityId(facility) : null,
            f.NumberOrNull("flopPerSecond", 0, 1e30, "FLOP/s", "for compute: peak dense bf16 rate"),
            f.Text("text", 2000, "which model, or which accelerators, and on what terms"));
        var isCompute = body.What == HandedOver.Compute;
        f.Require(isCompute == (body.Facility is not null), "facility", "compute names its facility, and weights none", "add or remove the field");
        f.Require(isCompute == (body.FlopPerSecond is not null), "flopPerSecond", "compute gives its rate, and weights none", "add or remove the field");
        return body;
    }
}

/// <summary>How parties change into others.</summary>
public enum SuccessionKind
{
    /// <summary>The party goes into another.</summary>
    Merger,

    /// <summary>The party falls into several.</summary>
    Split,
}

/// <summary>A party says who comes in its place; it holds once all of them have accepted.</summary>
public sealed record SuccessionBody(SuccessionKind Kind, ImmutableSortedSet<PartyId> Successors, string Text) : Body
{
    internal static SuccessionBody Read(Fields f)
    {
        var kind = f.Choice<SuccessionKind>("kind", "`merger` into one, `split` into several");
        var successors = f.List("successors", 1, 16, "who comes in its place", s => s.Party("party", "an enrolled party"));
        f.Require(kind == SuccessionKind.Merger == (successors.Length == 1), "successors", "a merger has one, a split two or more", "name them all");
        f.Require(successors.Distinct().Count() == successors.Length, "successors", "a party stands there twice", "name each once");
        return new SuccessionBody(kind, [.. successors], f.Text("text", 2000, "what happens"));
    }
}

/// <summary>A party accepts to come in the place of another, with its commitments.</summary>
public sealed record SuccessionAcceptedBody(PartyId Predecessor) : Body
{
    internal static SuccessionAcceptedBody Read(Fields f) => new(f.Party("predecessor", "the party that named it as successor"));
}

/// <summary>A party pauses by itself, for as long as it likes. That is on record and changes nobody's condition.</summary>
public sealed record UnilateralPauseBody(bool Begins, string Text) : Body
{
    internal static UnilateralPauseBody Read(Fields f) => new(
        f.Decision("begins", "true when the pause begins, false when it ends"),
        f.Text("text", 2000, "what stops, or why it ends"));
}

/// <summary>Who may see a confidential value.</summary>
public enum DisclosureTier
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>The labs, clouds and states of the registry.</summary>
    Parties,

    /// <summary>Its inspectors.</summary>
    Inspectors,

    /// <summary>Its regulators.</summary>
    Regulator,
}

/// <summary>A party puts on record to whom it has opened a confidential value, or a file of which only the digest is public.</summary>
public sealed record DisclosureBody(Digest Value, DisclosureTier Tier, ImmutableSortedSet<PartyId> To, string Text) : Body
{
    internal static DisclosureBody Read(Fields f)
    {
        var body = new DisclosureBody(
            f.Digest("sha256", "the commitment or the digest of the file"),
            f.Choice<DisclosureTier>("tier", "who may see it from this entry on"),
            [.. f.List("to", 0, 64, "beside them, single parties", t => t.Party("party", "who"))],
            f.Text("text", 2000, "what it is, without saying what it says"));
        return body;
    }
}
