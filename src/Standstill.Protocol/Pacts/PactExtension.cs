using System.Globalization;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <content>To go on beyond the end.</content>
public sealed partial record Pact
{
    /// <summary>A bound member is willing to go on for so many days after the maximum duration has passed.</summary>
    /// <remarks>At the end those go on who form a coalition among those willing, for the fewest days that one of them named; the others
    /// are released.</remarks>
    /// <param name="party">Who.</param>
    /// <param name="days">1 to 3,650.</param>
    /// <param name="at">When.</param>
    public PactOutcome Extend(PartyId party, int days, Moment at) => Operate(at, pact =>
    {
        if (pact.Terms.Life is null)
        {
            return Refuse(PactRefusal.NeedsVersionTwo, $"the pact `{Id}` ends at its maximum duration", "open a pact of version 2");
        }

        if (pact.Stage is not PactStage.InForce force)
        {
            return Refuse(PactRefusal.NotInForce, "the pause does not hold", "agree to go on while the pact is in force");
        }

        if (force.Until is null)
        {
            return Refuse(PactRefusal.NoEnd, "the pause has no end to go beyond", "leave it to the release");
        }

        if (!pact.IsBound(party))
        {
            return Refuse(PactRefusal.NotBound, $"`{party}` is not bound", "leave the extension to those who are");
        }

        if (days < 1 || days > PactTerms.Longest.Days)
        {
            return Refuse(PactRefusal.Days, string.Create(CultureInfo.InvariantCulture, $"`{days}` days is not a length to go on for"), "give 1 to 3650 days");
        }

        return pact.Extensions.ContainsKey(party)
            ? Refuse(PactRefusal.AlreadyAgreed, $"`{party}` has agreed already", "wait for the end")
            : Done((pact with { Extensions = pact.Extensions.Add(party, days) }).Noting(at, new PactChange.ExtensionAgreed(party, days)));
    });

    private Pact PauseEnding(PactStage.InForce force, Moment at)
    {
        Coalition willing = Coalition.Largest(Extensions.Keys.Select(p => Members[p].Commitment), FactsNow, DegreesBound);
        if (Terms.Life is null || willing.Members.IsEmpty)
        {
            return Ending(ReleaseCause.MaximumDuration, at);
        }

        DateTimeOffset until = Later(at.Time, TimeSpan.FromDays(willing.Members.Min(p => Extensions[p])));
        Pact pact = (this with { Stage = force with { Until = until }, Extensions = Extensions.Clear() })
            .Noting(at, new PactChange.Extended([.. willing.Members], until));
        foreach (Member member in Members.Values.Where(m => m.IsBound && !willing.Members.Contains(m.Commitment.Party)))
        {
            pact = pact
                .Noting(at, new PactChange.MemberReleased(member.Commitment.Party))
                .Unbinding(member, new Standing.Released(at), at);
        }

        return pact.Settle(at);
    }
}
