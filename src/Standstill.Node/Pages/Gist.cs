using Standstill.Measurement;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Node.Pages;

/// <summary>What a statement says, in one line for lists; quoted input stands in backticks.</summary>
internal static class Gist
{
    private const int Most = 160;

    /// <summary>The line of a body; empty where the type says all there is.</summary>
    public static string Of(Body? body) => Short(body switch
    {
        CharterBody b => $"founds `{b.Name}`",
        PartyEnrolledBody b => $"`{b.Name}` enrols as {Words.Of(b.Kind).Replace('-', ' ')}",
        AccreditationBody b => b.Accredited ? $"accredits {b.Party}" : $"takes back the accreditation of {b.Party}",
        RoleKeyBody b => $"a key for {string.Join(", ", b.Roles.Select(Words.Of))}",
        FacilityBody b => $"facility `{b.Title}`, {Figures.Large(b.PowerMegawatts, "MW")}",
        InventoryBody b => $"{b.Facility}: {string.Join(", ", b.Accelerators.Select(a => $"{Figures.Count(a.Count)} {a.Accelerator}"))}",
        RunDeclaredBody b => $"run `{b.Run}`, {Words.Of(b.Purpose)}, {Figures.Large(b.PlannedFlop, "FLOP")} planned",
        RunUpdatedBody b => $"run `{b.Run}`, {Figures.Large(b.FlopSoFar, "FLOP")} so far",
        RunClosedBody b => $"run `{b.Run}` ended at {Figures.Large(b.TotalFlop, "FLOP")}",
        CapabilityResultBody b => $"`{b.Figure.Model}`: 50 % horizon {(b.Figure.Censoring == Censoring.AtLeast ? "at least " : b.Figure.Censoring == Censoring.AtMost ? "at most " : "")}{Figures.Length(b.Figure.P50.Value)}",
        IndicatorReportBody b => $"{b.Kind.Name} at {b.Lab}",
        TriggerProposedBody b => $"trigger {b.Trigger} version {b.Parsed.Version}",
        TriggerVotedBody b => $"{Words.Of(b.Choice)} {b.Trigger} version {b.Version}",
        TriggerAdoptedBody b => $"trigger {b.Trigger} version {b.Version}",
        TriggerRetiredBody b => $"trigger {b.Trigger} version {b.Version}",
        PactOpenedBody b => $"pact {b.Pact}: `{b.Terms.Title}`",
        PactOpenedV2Body b => $"pact {b.Pact}: `{b.Terms.Title}`",
        CommitmentV2Body b => $"to {b.Pact}, `{new Commitment(new PartyId("party"), b.Commitment.Steps, default)}`".Replace('\n', ' '),
        ReadinessBody b => $"ready to be bound by {b.Pact} with coalition {b.Coalition.Hex[..12]}…",
        ExtensionBody b => $"agrees to {b.Days} days more of {b.Pact}",
        DutyDischargedBody b => $"{Words.Of(b.Duty)} of {b.Member} under {b.Pact}",
        AssuranceAssessedBody b => b.Percent == 0 ? $"judges {b.Party}: not verified" : $"judges {b.Party}: a diversion would be seen with {b.Percent} %",
        WorldComputeEstimatedBody b => $"world compute: {Figures.Large(b.Estimate.Middle, "FLOP/s")}",
        EvidenceRevokedBody b => $"takes back the evidence of entry {b.Entry}",
        ComputeRentedBody b => $"{Figures.Large(b.FlopPerSecond, "FLOP/s")} of {b.Lessor}, rented by {b.Tenant}",
        HandOverBody b => $"hands {Words.Of(b.What)} to `{b.To}`",
        SuccessionBody b => $"{Words.Of(b.Kind)} into {string.Join(", ", b.Successors)}",
        SuccessionAcceptedBody b => $"comes in the place of {b.Predecessor}",
        UnilateralPauseBody b => b.Begins ? "begins a pause of its own" : "ends a pause of its own",
        DisclosureBody b => $"has opened a value to {Words.Of(b.Tier)}: `{b.Text}`",
        TrusteeKeyBody => "its key as a trustee",
        SealedCommitmentBody b => $"relays what is sealed for {b.Sealed.Pact}",
        SealedOpenedBody b => $"opens {b.Openings.Length} sealed for {b.Pact}",
        CommitmentBody b => $"to {b.Pact}, if `{b.Condition}`",
        WithdrawalBody b => $"from {b.Pact}",
        ReleaseBody b => $"agrees to end {b.Pact}",
        AllegationBody b => $"against {b.Accused} under {b.Pact}: `{b.Allegation}`",
        RulingBody b => $"`{b.Allegation}` {Words.Of(b.Decision)}",
        BalanceAreaBody b => b.Closed ? $"gives up balance area {b.Facility}/{b.Area}" : $"balance area {b.Facility}/{b.Area} of {b.Accelerator}, periods of {Figures.Count(b.PeriodMinutes)} minutes",
        AreaCountedBody b => $"{b.Facility}/{b.Area}: {Figures.Count(b.Count)} accelerators",
        BalanceDesignBody b => $"how {b.Party}{(b.Area is { } area ? $"/{b.Facility}/{area}" : ", all areas together,")} is tested: {b.FalseAlarmsPerYear:0.###} false alarms a year",
        ComputeDigestBody { Period: var b } => $"{b.Facility}/{b.Area} from {b.From:yyyy-MM-dd HH:mm}: {Figures.Count((long)b.Figures.BusyHours)} chip-hours busy, {Figures.Count((long)b.Figures.IdleHours)} idle, {Figures.Count((long)b.Figures.DarkHours)} dark",
        UseDeclaredBody b => $"{b.Facility}/{b.Area} from {b.From:yyyy-MM-dd HH:mm}: {Figures.Count((long)b.Declared)} chip-hours of use",
        MovementBody b => $"{Figures.Count(b.Count)} {b.Accelerator} {Words.Of(b.Step)}{(b.Counterparty is { } other ? $", with {other}" : "")}",
        RentalCommitmentsBody b => $"{b.Commitments.Length} rentals from {b.From:yyyy-MM-dd} to {b.To:yyyy-MM-dd}, behind commitments",
        InspectionPlanBody b => $"plan {b.Plan} for {b.Party}: {b.Visits} visits, {b.ChallengesPerMonth} challenges a month",
        ChallengeBody b => $"challenge {b.Challenge} to {b.Party}: {b.Draw} {Words.Of(b.Kind)} of entry {b.Entry}",
        ChallengeAnsweredBody b => $"answers {b.Challenge} with {b.Opening.Hex[..12]}…",
        InspectionFindingBody b => $"{b.Party}: {Words.Of(b.Result)}, `{b.Text}`",
        HeartbeatBody { Note: { } note } => $"`{note}`",
        _ => "",
    });

    private static string Short(string text) => text.Length <= Most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Most - 2]) ? Most - 2 : Most - 1), "…");
}
