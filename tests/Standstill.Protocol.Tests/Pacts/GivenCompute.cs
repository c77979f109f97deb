using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Questions where accounted compute is all that is known of the parties.</summary>
internal static class GivenCompute
{
    public static bool Holds(this Condition condition, IReadOnlySet<PartyId> members, ComputeShares shares) =>
        condition.Holds(new Gathering(members.ToDictionary(m => m, _ => 100), PartyFacts.Of(shares)), staying: false);

    public static Pact Observe(this Pact pact, Verdict pause, Verdict release, ComputeShares shares, Moment at) =>
        pact.Observe(pause, release, PartyFacts.Of(shares), at);
}
