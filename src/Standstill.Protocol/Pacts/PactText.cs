using System.Collections.Immutable;
using System.Globalization;

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
        _ => throw new InvalidOperationException("a change without a sentence"),
    };

    /// <summary>How far the pact has come.</summary>
    public static string Of(PactStage stage) => stage switch
    {
        PactStage.Open => "Open: no coalition exists, and nobody is bound.",
        PactStage.Armed armed => $"Armed since {Time(armed.Since.Time)}: the members are bound and wait for the trigger.",
        PactStage.InNotice notice => $"Called at {Time(notice.Since.Time)}: the pause begins at {Time(notice.Until)}.",
        PactStage.InForce { Until: { } until } force => $"In force since {Time(force.Since.Time)}, until {Time(until)} at the latest.",
        PactStage.InForce force => $"In force since {Time(force.Since.Time)}.",
        PactStage.Released released => $"Released at {Time(released.Since.Time)}: {Of(released.How)}.",
        _ => throw new InvalidOperationException("a stage without a sentence"),
    };

    /// <summary>Where a member stands.</summary>
    public static string Of(Member member)
    {
        string party = member.Commitment.Party.Value;
        string since = Time(member.Standing.Since.Time);
        string leaves = member.LeavesAt is { } at ? $", and leaves at {Time(at)}" : "";
        return member.Standing switch
        {
            Standing.Waiting => $"{party} has waited since {since}.",
            Standing.Bound => $"{party} has been bound since {since}{leaves}.",
            Standing.InCure cure => $"{party} has been bound since {since}, has until {Time(cure.Until)} to cure{leaves}.",
            Standing.InBreach => $"{party} has been in breach since {since}.",
            Standing.Withdrawn => $"{party} left at {since}.",
            Standing.Released => $"{party} was released at {since}.",
            Standing.Lapsed => $"{party} was still waiting when the pact ended at {since}.",
            _ => throw new InvalidOperationException("a standing without a sentence"),
        };
    }

    /// <summary>Why a party is in or out.</summary>
    public static string Of(PartyExplanation explanation) => explanation.IsIn
        ? $"{explanation.Party} is in: {Because(explanation.Decisive)}."
        : $"{explanation.Party} is out: {Because(explanation.Decisive)}.";

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
        _ => "its maximum duration has passed",
    };

    private static string Because(ImmutableArray<ClauseFinding> findings) => string.Join("; ", findings.Select(Clause));

    private static string Clause(ClauseFinding finding) => finding switch
    {
        ClauseFinding.OfParties { Clause: Condition.Always } => "it asks for nothing",
        ClauseFinding.OfParties { Holds: true } held => $"`{held.Clause}` holds through {List(held.Present)}",
        ClauseFinding.OfParties failed => $"`{failed.Clause}` fails without {Without(failed)}",
        ClauseFinding.OfCompute compute => string.Create(
            CultureInfo.InvariantCulture,
            $"`{compute.Clause}` {(compute.Holds ? "holds" : "fails")} at {compute.Share * 100:0.####}%"),
        _ => throw new InvalidOperationException("a finding without words"),
    };

    private static string Without(ClauseFinding.OfParties failed)
    {
        int needed = failed.Clause is Condition.AtLeast atLeast ? atLeast.Count - failed.Present.Length : failed.Missing.Length;
        return needed == failed.Missing.Length
            ? List(failed.Missing)
            : string.Create(CultureInfo.InvariantCulture, $"{needed} more of {List(failed.Missing)}");
    }

    private static string Are(ImmutableArray<PartyId> parties, string nobody, string what) =>
        parties.IsEmpty ? $"{nobody} {what}" : $"{List(parties)} {(parties.Length == 1 ? "is" : "are")} {what}";

    private static string Are(ImmutableArray<PartyId> parties, string nobody, string many, string one) =>
        parties.IsEmpty ? $"{nobody} {one}" : $"{List(parties)} {(parties.Length == 1 ? one : many)}";

    private static string List(ImmutableArray<PartyId> parties) => parties.Length switch
    {
        0 => "nobody",
        1 => parties[0].Value,
        _ => $"{string.Join(", ", parties[..^1])} and {parties[^1]}",
    };
}
