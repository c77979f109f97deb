using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Pacts;

/// <summary>Pacts in plain English, for pages and the terminal: whole sentences without the time in front.</summary>
public static class PactText
{
    /// <summary>A time as texts show it: `2027-03-01 12:00:00 UTC`.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What happened.</summary>
    public static string Of(PactChange change) => change switch
    {
        PactChange.Opened opened => $"{opened.By} opened the pact.",
        PactChange.Committed committed => committed.Condition is Condition.Always
            ? $"{committed.Party} committed without a condition."
            : $"{committed.Party} committed on the condition `{committed.Condition}`.",
        PactChange.Armed armed => armed.Members.Length == 1
            ? $"The pact is armed: {armed.Members[0]} is bound."
            : $"The pact is armed: {List(armed.Members)} are bound together.",
        PactChange.Joined joined => $"{joined.Party} is bound as well.",
        PactChange.WithdrawalNoticed noticed => $"{noticed.Party} gave notice and stays bound until {Time(noticed.Until)}.",
        PactChange.Withdrawn withdrawn => $"{withdrawn.Party} left the pact.",
        PactChange.Called called => $"The trigger is met: the pact is called, and the pause begins at {Time(called.Until)}.",
        PactChange.InForce => "The pause is in force.",
        PactChange.Accused accused => $"{accused.Accuser} alleges a breach by {accused.Party} (`{accused.Allegation}`).",
        PactChange.Dismissed dismissed => $"The allegation `{dismissed.Allegation}` against {dismissed.Party} is dismissed.",
        PactChange.CureStarted cure => $"The allegation `{cure.Allegation}` is upheld: {cure.Party} has until {Time(cure.Until)} to cure.",
        PactChange.Cured cured => $"{cured.Party} has cured what `{cured.Allegation}` alleged.",
        PactChange.Breached breached => $"{breached.Party} is in breach: what `{breached.Allegation}` alleged was not cured in time.",
        PactChange.AllegationLapsed lapsed => $"The allegation `{lapsed.Allegation}` against {lapsed.Party} lapsed, since {lapsed.Party} is no longer bound.",
        PactChange.Freed freed => $"{freed.Party} is free: {Because(freed.Because)}.",
        PactChange.Disarmed => "No coalition is left, and the pact is open again.",
        PactChange.Dissolved => "No coalition is left: the pause ends for all, and the pact is open again.",
        PactChange.ReleaseAgreed agreed => $"{agreed.Party} agrees to end the pause.",
        PactChange.Released released => $"The pause is over: {Of(released.How)}.",
        PactChange.CommitmentLapsed lapsed => $"The commitment of {lapsed.Party} lapsed with the pact.",
        PactChange.CommittedBySteps graded => $"{graded.Party} committed {Steps(graded.Steps)}.",
        PactChange.Unsealed { Parties: [var one] } => $"The sealed commitment of {one} is opened.",
        PactChange.Unsealed opened => $"The sealed commitments of {List(opened.Parties)} are opened together.",
        PactChange.Pledged { Members: [var one] } => $"The pact is armed: {one} is pledged, and bound once it has confirmed after the call.",
        PactChange.Pledged pledged => $"The pact is armed: {List(pledged.Members)} are pledged to each other, and bound together once they have confirmed after the call.",
        PactChange.PledgeNoticed noticed => $"{noticed.Party} gave notice: its commitment stands until {Time(noticed.Until)}.",
        PactChange.PledgedAsWell pledged => $"{pledged.Party} is pledged as well.",
        PactChange.Preparing call => $"The trigger is met: the pact is called. {List(call.Members)} {Have(call.Members)} until {Time(call.Until)} to confirm that {Each(call.Members)} ready; nobody is bound before.",
        PactChange.PreparingAnew call => $"The coalition has changed, and every confirmation is void. {List(call.Members)} {Have(call.Members)} until {Time(call.Until)} to confirm the coalition as it now stands.",
        PactChange.Readied ready => $"{ready.Party} confirmed that it is ready.",
        PactChange.DroppedOut dropped => $"{dropped.Party} did not confirm in time and drops out.",
        PactChange.BoundTogether { Members: [var one] } together => $"{one} is bound. The pause begins at {Time(together.PauseBegins)}.",
        PactChange.BoundTogether together => $"{List(together.Members)} are bound together, at one instant. The pause begins at {Time(together.PauseBegins)}.",
        PactChange.DegreeChanged { Degree: 100 } degree => $"{degree.Party} is bound to stop.",
        PactChange.DegreeChanged degree => $"{degree.Party} is bound to slow by {Percent(degree.Degree)}.",
        PactChange.Suspected suspected => $"{suspected.Party} has not shown {Duties(suspected.Missing)} that it owes: it counts as unverified, and has until {Time(suspected.Until)} to show it.",
        PactChange.SuspicionCleared cleared => $"{cleared.Party} has shown all that was overdue and is no longer suspected.",
        PactChange.BreachedBySilence silent => $"{silent.Party} is in breach: what it owed was not shown in time.",
        PactChange.RulingOverdue overdue => $"The allegation `{overdue.Allegation}` against {overdue.Party} lapsed, since no ruling came in time.",
        PactChange.HandedOver handed => $"{handed.Party} says that it has handed over weights or compute to an outsider (`{handed.Allegation}`).",
        PactChange.OnProbation probation => $"{probation.Party} is on probation: until {Time(probation.Until)} it counts for nobody's condition.",
        PactChange.ProbationEnded probation => $"The probation of {probation.Party} is over: it counts again.",
        PactChange.ExtensionAgreed agreed => $"{agreed.Party} is willing to go on for {Days(agreed.Days)} after the end.",
        PactChange.Extended extended => $"The maximum duration has passed: {List(extended.Members)} {(extended.Members.Length == 1 ? "goes" : "go")} on until {Time(extended.Until)}.",
        PactChange.MemberReleased released => $"{released.Party} is released.",
        PactChange.LiftingStarted lifting => $"The pause is being lifted: {Of(lifting.How)}. The first step is taken at {Time(lifting.Until)}.",
        PactChange.Lifted lifted => $"The pause is lifted to {Percent(lifted.Degree)}, until {Time(lifted.Until)}.",
        PactChange.Succeeded succeeded => $"{List(succeeded.By)} {(succeeded.By.Length == 1 ? "stands" : "stand")} in the place of {succeeded.Party}.",
        _ => throw new InvalidOperationException("a change without a sentence"),
    };

    /// <summary>How far the pact has come.</summary>
    public static string Of(PactStage stage) => stage switch
    {
        PactStage.Open => "Open: no coalition exists, and nobody is bound.",
        PactStage.Armed { Pledged: true } armed => $"Armed since {Time(armed.Since.Time)}: the members are pledged and wait for the trigger; nobody is bound yet.",
        PactStage.Armed armed => $"Armed since {Time(armed.Since.Time)}: the members are bound and wait for the trigger.",
        PactStage.Preparing preparing => $"Called at {Time(preparing.Since.Time)}: the members have until {Time(preparing.Until)} to confirm that they are ready; nobody is bound yet.",
        PactStage.InNotice notice => $"Called at {Time(notice.Since.Time)}: the pause begins at {Time(notice.Until)}.",
        PactStage.InForce { Until: { } until } force => $"In force since {Time(force.Since.Time)}, until {Time(until)} at the latest.",
        PactStage.InForce force => $"In force since {Time(force.Since.Time)}.",
        PactStage.Lifting lifting => lifting.Degree == 100
            ? $"Being lifted since {Time(lifting.Since.Time)} ({Of(lifting.How)}): the pause holds in full until {Time(lifting.Until)}."
            : $"Being lifted since {Time(lifting.Since.Time)} ({Of(lifting.How)}): the members slow by {Percent(lifting.Degree)} at most until {Time(lifting.Until)}.",
        PactStage.Released released => $"Released at {Time(released.Since.Time)}: {Of(released.How)}.",
        _ => throw new InvalidOperationException("a stage without a sentence"),
    };

    /// <summary>Where a member stands.</summary>
    public static string Of(Member member)
    {
        string party = member.Commitment.Party.Value;
        string since = Time(member.Standing.Since.Time);
        string leaves = member.LeavesAt is { } at ? $", and leaves at {Time(at)}" : "";
        string slows = member.Degree == 100 ? "" : $" to slow by {Percent(member.Degree)}";
        return StandingOf(member, party, since, leaves, slows)
            + (member is { SuspectedUntil: { } silent, IsBound: false } ? $" It counts as unverified, and has until {Time(silent)} to show what it owed." : "")
            + (member is { ProbationUntil: { } until, IsCandidate: true } ? $" It is on probation and counts for nobody until {Time(until)}." : "");
    }

    private static string StandingOf(Member member, string party, string since, string leaves, string slows) =>
        member.Standing switch
        {
            Standing.Waiting => $"{party} has waited since {since}.",
            Standing.Pledged => $"{party} has been pledged{slows} since {since}{leaves}; it is not bound yet.",
            Standing.Ready => $"{party} has been ready{slows} since {since}{leaves}; it is not bound yet.",
            Standing.Bound => $"{party} has been bound{slows} since {since}{leaves}.",
            Standing.Suspected suspected => $"{party} has been bound{slows} since {since}, counts as unverified, and has until {Time(suspected.Until)} to show what it owes{leaves}.",
            Standing.InCure cure => $"{party} has been bound{slows} since {since}, has until {Time(cure.Until)} to cure{leaves}.",
            Standing.InBreach => $"{party} has been in breach since {since}.",
            Standing.Withdrawn => $"{party} left at {since}.",
            Standing.DroppedOut => $"{party} did not confirm in time and dropped out at {since}.",
            Standing.Succeeded succeeded => $"{List([.. succeeded.By])} came in the place of {party} at {since}.",
            Standing.Released => $"{party} was released at {since}.",
            Standing.Lapsed => $"{party} was still waiting when the pact ended at {since}.",
            _ => throw new InvalidOperationException("a standing without a sentence"),
        };

    /// <summary>Why a party is in or out.</summary>
    public static string Of(PartyExplanation explanation) => ExplanationText.Of(explanation);

    /// <summary>What would follow if a member left.</summary>
    public static string Of(Departure departure) =>
        $"If {departure.Leaver} leaves, {Are(departure.Free, "nobody else is", "free")}, {Are(departure.Staying, "nobody", "stay", "stays")}.";

    /// <summary>What a search for signatures found.</summary>
    public static string Of(SignatureSearch search) => search switch
    {
        SignatureSearch.Found { Signers.IsEmpty: true } => "No further signature is needed.",
        SignatureSearch.Found { Signers: [var one] } => $"The signature of {one} would do.",
        SignatureSearch.Found found => $"The signatures of {List(found.Signers)} would do, and no fewer.",
        SignatureSearch.Impossible => "No further signatures would do.",
        SignatureSearch.NotFoundWithin stopped => string.Create(
            CultureInfo.InvariantCulture,
            $"All further signatures together would do; the {stopped.Sets} smallest sets that were tried would not."),
        _ => throw new InvalidOperationException("a result without a sentence"),
    };

    /// <summary>What became of an allegation, as the end of a sentence.</summary>
    public static string Of(AllegationState state) => state switch
    {
        AllegationState.Open => "no ruling yet",
        AllegationState.Upheld upheld => $"upheld, to be cured by {Time(upheld.CureUntil)}",
        AllegationState.Dismissed => "dismissed",
        AllegationState.Cured => "cured",
        AllegationState.Breached => "in breach",
        AllegationState.Lapsed => "lapsed",
        _ => throw new InvalidOperationException("a state without words"),
    };

    private static string Of(ReleaseCause how) => how switch
    {
        ReleaseCause.Trigger => "the trigger's release level is met",
        ReleaseCause.Unanimous => "every bound member agreed",
        ReleaseCause.Members => "as many of the bound members agreed as the terms ask for",
        _ => "its maximum duration has passed",
    };

    /// <summary>Evidence that members owe, in the middle of a sentence.</summary>
    public static string Of(DutyKind duty) => duty switch
    {
        DutyKind.Heartbeat => "the heartbeat",
        DutyKind.Balance => "the compute balance",
        DutyKind.Inspection => "the inspection",
        _ => throw new InvalidOperationException("evidence without words"),
    };

    private static string Duties(ImmutableArray<DutyKind> duties) => Join([.. duties.Select(Of)]);

    private static string Steps(ImmutableArray<CommitmentStep> steps) => Join([.. steps.Select(s =>
        $"to {(s.Degree == 100 ? "stop" : $"slow by {Percent(s.Degree)}")} {(s.Condition is Condition.Always ? "without a condition" : $"when `{s.Condition}`")}")]);

    private static string Percent(int degree) => string.Create(CultureInfo.InvariantCulture, $"{degree}%");

    private static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    private static string Have(ImmutableArray<PartyId> parties) => parties.Length == 1 ? "has" : "have";

    private static string Each(ImmutableArray<PartyId> parties) => parties.Length == 1 ? "it is" : "they are";

    internal static string Because(ImmutableArray<ClauseFinding> findings) => ExplanationText.Because(findings);

    private static string Are(ImmutableArray<PartyId> parties, string nobody, string what) =>
        parties.IsEmpty ? $"{nobody} {what}" : $"{Some(parties)} {(parties.Length == 1 ? "is" : "are")} {what}";

    private static string Are(ImmutableArray<PartyId> parties, string nobody, string many, string one) =>
        parties.IsEmpty ? $"{nobody} {one}" : $"{Some(parties)} {(parties.Length == 1 ? one : many)}";

    // A long list says more as a number.
    private static string Some(ImmutableArray<PartyId> parties) =>
        parties.Length <= 8 ? List(parties) : string.Create(CultureInfo.InvariantCulture, $"{parties.Length} others");

    private static string List(ImmutableArray<PartyId> parties) =>
        parties.IsEmpty ? "nobody" : Join([.. parties.Select(p => p.Value)]);

    private static string Join(ImmutableArray<string> items) =>
        items.Length == 1 ? items[0] : $"{string.Join(", ", items[..^1])} and {items[^1]}";
}
