using System.Collections.Immutable;

namespace Standstill.Protocol;

/// <summary>What the fold made of an entry.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>It changed the world as its body says.</summary>
    public sealed record Effective : Outcome;

    /// <summary>It changed nothing but the time and, for a type that is not known, its key's chain.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Faults">What is wrong and what to do; at least one.</param>
    public sealed record Void(VoidReason Reason, ImmutableArray<Fault> Faults) : Outcome;

    /// <summary>Whether an operator who keeps to the rules puts such an entry on the ledger.</summary>
    public bool MayBeLogged => this is Effective or Void { Reason: VoidReason.UnknownPredicate };
}

/// <summary>Why an entry is void. Each is refused at admission but <see cref="UnknownPredicate"/>.</summary>
public enum VoidReason
{
    /// <summary>The entry, the envelope or the statement does not have the documented form.</summary>
    Malformed,

    /// <summary>The signature is not the named key's.</summary>
    BadSignature,

    /// <summary>The entry's time lies before the one of the entry before.</summary>
    TimeGoesBack,

    /// <summary>`issued` lies too far after the time of receipt.</summary>
    IssuedInTheFuture,

    /// <summary>The entry is larger than the charter allows.</summary>
    TooLarge,

    /// <summary>The first entry is not a charter, or a later one is.</summary>
    Charter,

    /// <summary>The statement names another registry.</summary>
    WrongRegistry,

    /// <summary>The key is not enrolled.</summary>
    UnknownKey,

    /// <summary>The key has been revoked or rotated away.</summary>
    KeyRevoked,

    /// <summary>The key belongs to another party than the statement names.</summary>
    WrongParty,

    /// <summary>The key's roles, or the party's kind, do not allow this type.</summary>
    NotPermitted,

    /// <summary>The party is enrolled but not accredited.</summary>
    NotAccredited,

    /// <summary>The sequence number or the previous statement is not what the key's chain asks for.</summary>
    BrokenChain,

    /// <summary>The type is not one that this version knows.</summary>
    UnknownPredicate,

    /// <summary>The rules of its type do not allow it in the present world.</summary>
    RefusedByRule,
}
