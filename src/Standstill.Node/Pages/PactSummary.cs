using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Node.Pages;

/// <summary>A pact in two plain sentences, for somebody who reads nothing else.</summary>
/// <param name="Holds">What holds.</param>
/// <param name="Changes">What would change it.</param>
public sealed record PactSummary(string Holds, string Changes)
{
    private const int MostNames = 6;

    /// <summary>Sums up a pact.</summary>
    /// <param name="pact">The pact.</param>
    /// <param name="outlook">What would change it.</param>
    /// <param name="hasTrigger">Whether a version of its trigger is policy.</param>
    public static PactSummary Of(Pact pact, Outlook outlook, bool hasTrigger) => new(Held(pact), Changed(pact, outlook, hasTrigger));

    /// <summary>Names as a sentence has them: a few by name, many by number.</summary>
    public static string Names(IReadOnlyCollection<PartyId> parties) => parties.Count switch
    {
        0 => "nobody",
        1 => parties.First().Value,
        <= MostNames => $"{string.Join(", ", parties.SkipLast(1))} and {parties.Last()}",
        _ => $"{Figures.Count(parties.Count)} parties",
    };

    private static string Held(Pact pact)
    {
        var (bound, pledged, waiting) = (pact.MembersBound, pact.MembersPledged, pact.MembersWaiting);
        return pact.Stage switch
        {
            PactStage.Open when waiting.IsEmpty => "Nobody is bound by this pact, and nobody has committed to it.",
            PactStage.Open => $"Nobody is bound by this pact: {Names(waiting)} {Has(waiting.Length)} committed, but the conditions do not yet hold together.",
            PactStage.Armed { Pledged: true } => $"{Capital(Names(pledged))} {Is(pledged.Length)} pledged to each other: nobody has to stop anything yet, and nobody has to go first.",
            PactStage.Armed => $"{Capital(Names(bound))} {Is(bound.Length)} bound to each other, and {Stop(bound.Length)} as soon as the trigger is met and notice has run.",
            PactStage.Preparing preparing => $"The trigger is met: {Ready(pact)} of {pledged.Length} pledged members {Has(Ready(pact))} confirmed, and the others have until {Figures.Time(preparing.Until)}. Nobody is bound before.",
            PactStage.InNotice notice => $"{Capital(Names(bound))} {Is(bound.Length)} bound, and {Stop(bound.Length)} what the pact stops at {Figures.Time(notice.Until)}.",
            PactStage.InForce force => $"The pause has held since {Figures.Time(force.Since.Time)}: {Names(bound)} {Is(bound.Length)} bound by it.",
            PactStage.Lifting lifting => $"The pause is being lifted: {Names(bound)} still {(bound.Length == 1 ? "slows" : "slow")} by up to {lifting.Degree} % until {Figures.Time(lifting.Until)}.",
            PactStage.Released => "The pause is over, and nobody is bound by this pact.",
            _ => throw new InvalidOperationException("a stage without a summary"),
        };
    }

    private static string Changed(Pact pact, Outlook outlook, bool hasTrigger)
    {
        var pivotal = outlook.Departures.Where(d => d.IsPivotal).ToArray();
        var fragile = pivotal.Length == 0
            ? "No single member's leaving would free the others."
            : $"If {(pivotal.Length == 1 ? "" : "any one of ")}{Names([.. pivotal.Select(d => d.Leaver)])} left, others would be free too.";
        return pact.Stage switch
        {
            PactStage.Open => PactText.Of(outlook.ToSetInMotion) is var what && outlook.ToSetInMotion is SignatureSearch.Found { Signers.IsEmpty: false }
                ? what.Replace("would do", "would bring a first coalition about", StringComparison.Ordinal)
                : pact.Members.IsEmpty ? "It begins with commitments." : "It takes other commitments, or other conditions.",
            PactStage.Armed => (hasTrigger ? "It is called when the trigger's pause level is met." : "No version of its trigger is policy, so nothing calls it yet.") + " " + fragile,
            PactStage.Preparing => "Who does not confirm in time drops out, and whoever relied on it is free.",
            PactStage.InNotice or PactStage.InForce => $"It ends {Ends(pact)}. {fragile}",
            PactStage.Lifting => "Time alone takes the next step.",
            PactStage.Released => "Another pause needs another pact.",
            _ => throw new InvalidOperationException("a stage without a summary"),
        };
    }

    private static string Ends(Pact pact)
    {
        string[] ways =
        [
            .. pact.Terms.Life is null or { Release.ByTrigger: true } ? new[] { "when the trigger's release level is met" } : [],
            .. pact.Terms.Life is null or { Release.MembersPercent: 100 } ? new[] { "when all bound members agree" }
                : pact.Terms.Life.Release.MembersPercent is { } percent ? [$"when {percent} % of the bound members agree"] : [],
            .. pact.Stage is PactStage.InForce { Until: { } until } ? new[] { $"at {Figures.Time(until)} at the latest" } : [],
        ];
        return ways.Length == 0 ? "when its members are no longer bound" : string.Join(", or ", ways);
    }

    private static int Ready(Pact pact) => pact.Members.Values.Count(m => m.Standing is Standing.Ready);

    private static string Is(int count) => count == 1 ? "is" : "are";

    private static string Has(int count) => count == 1 ? "has" : "have";

    private static string Stop(int count) => count == 1 ? "stops" : "stop";

    // A sentence may begin with a party's name, which is not ours to write otherwise.
    private static string Capital(string names) => names == "nobody" ? "Nobody" : names;
}
