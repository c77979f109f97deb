using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Node;

/// <summary>What became of a submitted statement.</summary>
public abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>It is on the ledger, durably.</summary>
    /// <param name="Index">Where.</param>
    /// <param name="Id">The statement's id.</param>
    /// <param name="Receipt">The same bytes each time it is asked for.</param>
    /// <param name="Repeated">Whether it was there before.</param>
    /// <param name="Outcome">What the fold makes of it.</param>
    public sealed record Logged(EntryIndex Index, Digest Id, Receipt Receipt, bool Repeated, Outcome Outcome) : Submission;

    /// <summary>The rules do not allow it; nothing was written.</summary>
    public sealed record Refused(Outcome.Void Why) : Submission;

    /// <summary>The node cannot take it at present; nothing is known to have been written.</summary>
    /// <param name="Why">Why, and what to do.</param>
    public sealed record Unavailable(string Why) : Submission;
}
