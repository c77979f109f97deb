using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Statements;

/// <summary>One kind of statement: its URI, who may sign it with which key, and its shape.</summary>
/// <param name="Stem">The name without its version: `capability-result`.</param>
/// <param name="Role">The role that the signing key must have.</param>
/// <param name="Kinds">The kinds of party that may say it; empty for every kind.</param>
/// <param name="Meaning">What it says, in one sentence.</param>
/// <param name="Shape">Reads the body.</param>
/// <param name="Version">The version, from 1. What a version means never changes: what it asks or does differently is the next one.</param>
public sealed record PredicateType(
    string Stem, Role Role, ImmutableArray<PartyKind> Kinds, string Meaning, Func<Fields, Body> Shape, int Version = 1)
{
    private static ImmutableArray<PartyKind> Members => [PartyKind.Lab, PartyKind.Cloud, PartyKind.State];

    /// <summary>Every type that the fold gives effect to. This is the table of what a role may say.</summary>
    public static ImmutableArray<PredicateType> All { get; } =
    [
        new("charter", Role.Root, [PartyKind.Operator], "entry 0: the rules of the registry, signed by the operator's root key", CharterBody.Read),
        new("party-enrolled", Role.Root, [], "a party introduces itself, signed by its root key", PartyEnrolledBody.Read),
        new("party-enrolled", Role.Root, [], "a party introduces itself, states and regulators too", PartyEnrolledV2Body.ReadV2, Version: 2),
        new("accreditation", Role.Root, [PartyKind.Operator], "the operator accredits a party or takes that back", AccreditationBody.Read),
        new("role-key", Role.Root, [], "a party enrols a role key", RoleKeyBody.Read),
        new("key-rotated", Role.Root, [], "a party puts a new key in the place of an old one", KeyRotatedBody.Read),
        new("key-revoked", Role.Root, [], "a party revokes a role key", KeyRevokedBody.Read),
        new("facility", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a party puts a facility on record", FacilityBody.Read),
        new("inventory", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a party counts the accelerators at a facility", InventoryBody.Read),
        new("run-declared", Role.Compute, [PartyKind.Lab], "a lab declares a training run", RunDeclaredBody.Read),
        new("run-updated", Role.Compute, [PartyKind.Lab], "a lab says how far a run has come", RunUpdatedBody.Read),
        new("run-closed", Role.Compute, [PartyKind.Lab], "a lab says that a run has ended", RunClosedBody.Read),
        new("capability-result", Role.Evidence, [PartyKind.Evaluator], "an evaluator puts a model's time horizon on record", CapabilityResultBody.Read),
        new("capability-result", Role.Evidence, [PartyKind.Evaluator], "an evaluator puts a model's time horizon on record, with the limits of both horizons and what it takes to compute them again", CapabilityResultV2Body.ReadV2, Version: 2),
        new("indicator-report", Role.Evidence, [PartyKind.Evaluator, PartyKind.Lab], "an evaluator, or a lab of itself, reports a share or a ratio", IndicatorReportBody.Read),
        new("indicator-report", Role.Evidence, [PartyKind.Evaluator, PartyKind.Lab], "an evaluator, or a lab of itself, reports an indicator with its unit, its range, or its raters' disagreement", IndicatorReportV2Body.ReadV2, Version: 2),
        new("trigger-proposed", Role.Governance, [], "a party proposes a trigger or a new version of one", TriggerProposedBody.Read),
        new("trigger-voted", Role.Governance, [PartyKind.PanelMember], "a panel member votes on a trigger", TriggerVotedBody.Read),
        new("trigger-adopted", Role.Governance, [PartyKind.PanelMember], "the votes have adopted a trigger", TriggerAdoptedBody.Read),
        new("trigger-retired", Role.Governance, [PartyKind.PanelMember], "the votes have retired a trigger", TriggerRetiredBody.Read),
        new("pact-opened", Role.Governance, [], "a party opens a pact for commitments", PactOpenedBody.Read),
        new("commitment", Role.Governance, [PartyKind.Lab, PartyKind.Cloud], "a party commits to a pact under a condition on the others", CommitmentBody.Read),
        new("pact-opened", Role.Governance, [], "a party opens a pact whose members prepare, are bound together, owe evidence and are released in steps", PactOpenedV2Body.Read, Version: 2),
        new("commitment", Role.Governance, Members, "a party commits to a pact of version 2, by degrees if it likes", CommitmentV2Body.Read, Version: 2),
        new("readiness", Role.Governance, Members, "a member confirms that it is ready to be bound with one coalition", ReadinessBody.Read),
        new("duty-discharged", Role.Operations, [.. Members, PartyKind.Inspector], "evidence that a member owes is there", DutyDischargedBody.Read),
        new("extension", Role.Governance, Members, "a bound member agrees to go on beyond the maximum duration", ExtensionBody.Read),
        new("withdrawal", Role.Governance, Members, "a party withdraws from a pact", WithdrawalBody.Read),
        new("release", Role.Governance, Members, "a bound member agrees to release all", ReleaseBody.Read),
        new("heartbeat", Role.Operations, [], "a party says that it is there", HeartbeatBody.Read),
        new("tick", Role.Operations, [PartyKind.Operator], "the operator puts the passage of time on record", TickBody.Read),
        new("allegation", Role.Governance, [], "a party alleges that a member breaks a pact", AllegationBody.Read),
        new("ruling", Role.Governance, [PartyKind.Inspector], "an inspector rules on an allegation", RulingBody.Read),
        new("assurance-assessed", Role.Evidence, [PartyKind.Inspector, PartyKind.Evaluator], "an inspector or evaluator says how likely a diversion at a party would be seen", AssuranceAssessedBody.Read),
        new("assurance-assessed", Role.Evidence, [PartyKind.Inspector, PartyKind.Evaluator], "an inspector or evaluator says how likely a diversion at a party would be seen, and how anybody can compute it", AssuranceAssessedV2Body.ReadV2, Version: 2),
        new("world-compute-estimated", Role.Evidence, [PartyKind.Evaluator], "an evaluator estimates all AI compute that there is", WorldComputeEstimatedBody.Read),
        new("evidence-revoked", Role.Evidence, [], "a party takes evidence of its own back", EvidenceRevokedBody.Read),
        new("compute-rented", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a lessor or a tenant says what is rented", ComputeRentedBody.Read),
        new("hand-over", Role.Governance, [PartyKind.Lab, PartyKind.Cloud], "a party hands weights or compute to an outsider; version 2 is to be used", HandOverBody.Read),
        new("hand-over", Role.Governance, [PartyKind.Lab, PartyKind.Cloud], "a party hands weights to an outsider, or compute that is counted at its facility", HandOverV2Body.ReadV2, Version: 2),
        new("succession", Role.Root, [], "a party says who comes in its place", SuccessionBody.Read),
        new("succession-accepted", Role.Root, [], "a party accepts to come in the place of another", SuccessionAcceptedBody.Read),
        new("unilateral-pause", Role.Governance, Members, "a party pauses by itself", UnilateralPauseBody.Read),
        new("trustee-key", Role.Governance, [], "a party puts the key on record that shares of sealed commitments are encrypted to", TrusteeKeyBody.Read),
        new("sealed-commitment", Role.Governance, [], "somebody puts a sealed commitment on record, not known to be anybody's", SealedCommitmentBody.Read),
        new("sealed-opened", Role.Governance, [], "a trustee opens sealed commitments, all of them at this entry", SealedOpenedBody.Read),
        new("balance-area", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a party puts a balance area on record, with its meter's key", BalanceAreaBody.Read),
        new("area-counted", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a party counts the accelerators of a balance area", AreaCountedBody.Read),
        new("balance-design", Role.Evidence, [PartyKind.Inspector], "an inspector sets how the balances of an area, or of all areas of a party together, are tested", BalanceDesignBody.Read),
        new("compute-digest", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a meter closes a balance period of its area, signed with the meter's key", ComputeDigestBody.Read),
        new("use-declared", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a party says what the accelerators of an area were used for in a period", UseDeclaredBody.Read),
        new("movement", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "accelerators are made, move or end, by the word of each end", MovementBody.Read),
        new("rental-commitments", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a lessor or tenant puts its rentals of a period on record, behind salted commitments that the other end can match", RentalCommitmentsBody.Read),
        new("inspection-plan", Role.Evidence, [PartyKind.Inspector], "an inspector says beforehand how much will be looked at", InspectionPlanBody.Read),
        new("challenge", Role.Evidence, [PartyKind.Inspector], "an inspector asks to see pieces that nobody could choose", ChallengeBody.Read),
        new("challenge-answered", Role.Compute, [PartyKind.Lab, PartyKind.Cloud], "a party has opened what a challenge drew", ChallengeAnsweredBody.Read),
        new("inspection-finding", Role.Evidence, [PartyKind.Inspector], "an inspector says what was found: on a challenge, on alarms, on a visit", InspectionFindingBody.Read),
        new("disclosure", Role.Governance, [], "a party says to whom it has opened a confidential value", DisclosureBody.Read),
    ];

    private static readonly FrozenDictionary<string, PredicateType> ByUri = All.ToFrozenDictionary(t => t.Uri, StringComparer.Ordinal);

    /// <summary>The short name that the command line and the pages use: `capability-result`, `capability-result-v2`.</summary>
    public string Name => Version == 1 ? Stem : string.Create(CultureInfo.InvariantCulture, $"{Stem}-v{Version}");

    /// <summary>The `predicateType` of an in-toto statement: `urn:standstill:capability-result:v1`.</summary>
    public string Uri => string.Create(CultureInfo.InvariantCulture, $"urn:standstill:{Stem}:v{Version}");

    /// <summary>The fields of its body.</summary>
    public ImmutableArray<FieldDescription> Fields => Statements.Fields.Describe(Shape);

    /// <summary>The type of a URI, or null for one that this version does not know.</summary>
    public static PredicateType? FindUri(string uri) => ByUri.GetValueOrDefault(uri);

    /// <summary>The type of a short name, or null.</summary>
    public static PredicateType? FindName(string name) => All.FirstOrDefault(t => t.Name == name);
}
