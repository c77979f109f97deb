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
}
