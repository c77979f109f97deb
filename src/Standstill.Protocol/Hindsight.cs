using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol;

/// <summary>One pact at one time, judged twice: with what was on record then, and with what is on record later.</summary>
/// <remarks>What was binding stays as it was: evidence that comes late or is taken back changes no binding of the past. This says what it
/// would have changed.</remarks>
/// <param name="AsOf">The coalition of the commitments that stood then, by the evidence that was on record then.</param>
/// <param name="AsKnown">The same, by the evidence on record later that is effective by then: late evidence counts, what has been
/// taken back does not.</param>
public sealed record Hindsight(Coalition AsOf, Coalition AsKnown)
{
    /// <summary>Judges a pact of a world with the evidence of a later one.</summary>
    /// <param name="then">The world as of the time in question.</param>
    /// <param name="later">A world of the same registry with at least the same entries.</param>
    /// <param name="pact">The pact.</param>
    /// <exception cref="ArgumentException">The second world is not a later one of the same registry.</exception>
    /// <exception cref="KeyNotFoundException">The first has no such pact.</exception>
    public static Hindsight Of(World then, World later, PactId pact)
    {
        if (then.Registry != later.Registry || then.Size > later.Size)
        {
            throw new ArgumentException("the second world must be a later one of the same registry", nameof(later));
        }

        var known = then with { Facts = PactFacts.Of(then, later, then.Now) };
        var stood = then.Pacts[pact];
        return new Hindsight(stood.Solve(), stood.SolveWith(PactFacts.For(known, stood)));
    }
}
