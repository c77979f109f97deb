namespace Standstill.Protocol.Pacts;

/// <summary>What became of an operation on a pact.</summary>
public abstract record PactOutcome
{
    private PactOutcome()
    {
    }

    /// <summary>The pact after it.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public Pact OrThrow() => this switch
    {
        Done done => done.Pact,
        Refused refused => throw new InvalidOperationException($"{refused.Message}; {refused.Remedy}"),
        _ => throw new InvalidOperationException("an outcome without a case"),
    };

    /// <summary>Done.</summary>
    /// <param name="Pact">The pact after it.</param>
    public sealed record Done(Pact Pact) : PactOutcome;

    /// <summary>Refused; nothing has changed.</summary>
    /// <param name="Reason">Why, for programs.</param>
    /// <param name="Message">Why, for readers: lower case, no final period.</param>
    /// <param name="Remedy">What would be accepted.</param>
    public sealed record Refused(PactRefusal Reason, string Message, string Remedy) : PactOutcome;
}

/// <summary>Why an operation on a pact is refused.</summary>
public enum PactRefusal
{
    /// <summary>The pact has ended.</summary>
    PactReleased,

    /// <summary>The party's commitment stands.</summary>
    AlreadyCommitted,

    /// <summary>The party has no commitment that stands.</summary>
    NotCommitted,

    /// <summary>The notice of the party's withdrawal runs.</summary>
    AlreadyWithdrawing,

    /// <summary>The pause does not hold.</summary>
    NotInForce,

    /// <summary>The pact has not been called.</summary>
    NotCalled,

    /// <summary>The party is not bound.</summary>
    NotBound,

    /// <summary>The party has agreed to the release already.</summary>
    AlreadyAgreed,

    /// <summary>The text is empty or too long.</summary>
    TextSize,

    /// <summary>The name is taken by another allegation.</summary>
    AllegationKnown,

    /// <summary>There is no allegation of this name.</summary>
    AllegationUnknown,

    /// <summary>The allegation is settled.</summary>
    AllegationClosed,

    /// <summary>The allegation has been upheld already.</summary>
    AlreadyUpheld,

    /// <summary>The allegation has not been upheld, so that there is nothing to cure.</summary>
    NotUpheld,

    /// <summary>The pause is being lifted.</summary>
    BeingLifted,

    /// <summary>Only pacts of version 2 know this.</summary>
    NeedsVersionTwo,

    /// <summary>No coalition is being prepared.</summary>
    NotPreparing,

    /// <summary>The party is not in the coalition that is being prepared.</summary>
    NotPledged,

    /// <summary>The party has confirmed already.</summary>
    AlreadyReady,

    /// <summary>The coalition that the party confirms is not the one that is being prepared.</summary>
    OtherCoalition,

    /// <summary>After the call, nobody can give notice for a time.</summary>
    Blackout,

    /// <summary>The members cannot end the pause.</summary>
    NotByMembers,

    /// <summary>The pause has no end that could be moved.</summary>
    NoEnd,

    /// <summary>The number of days is out of range.</summary>
    Days,

    /// <summary>The pact takes no sealed commitments.</summary>
    NotSealed,

    /// <summary>The coalition stands already, or there is nothing to open.</summary>
    NotToBeOpened,

    /// <summary>An opened party would not be in the coalition.</summary>
    NotInCoalition,
}
