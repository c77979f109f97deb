using Standstill.Protocol.Rules;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol;

/// <summary>
/// The one function from entries to the world. Admission is a dry run of it, an audit repeats it: no clock, no file,
/// no random source, no culture.
/// </summary>
public static class Fold
{
    /// <summary>Folds one entry, given by its bytes.</summary>
    public static (World World, Outcome Outcome) Apply(World world, ReadOnlyMemory<byte> entry) => Apply(world, EntryReading.Of(entry));

    /// <summary>Folds one entry: time first, then the header, then what the body says, then what follows from it.</summary>
    public static (World World, Outcome Outcome) Apply(World world, EntryReading entry)
    {
        if (entry.Received is not { } received)
        {
            return Void(world, entry.Void!);
        }

        if (received < world.Now)
        {
            return Void(world, VoidReason.TimeGoesBack, "entry", $"`{UtcTime.Format(received)}` lies before the entry before, `{UtcTime.Format(world.Now)}`", "the operator's clock must not go back");
        }

        var before = Advance(world, received);
        if (entry.Void is not null)
        {
            return Void(before, entry.Void);
        }

        var statement = entry.Statement!;
        if (before.Charter is null)
        {
            return RegistryRules.Found(before, statement) is { } founding && founding.World is { } founded
                ? Effective(founded, statement)
                : Void(before, VoidReason.Charter, "entry 0", "not a charter signed by its operator's root key at sequence 0", "begin the registry with a charter");
        }

        if (Header.Check(before, statement, entry.Length) is { } refused)
        {
            return Void(before, refused);
        }

        if (statement.Type is null)
        {
            var moved = MoveChain(before, statement);
            return Void(moved, VoidReason.UnknownPredicate, "predicateType", $"`{statement.PredicateUri}` is not a type that this version knows", "it is on record; a later version may give it effect");
        }

        var at = new Moment(received, new EntryIndex(before.Size));
        var effect = Rule(before, statement, at);
        if (effect.World is not { } after)
        {
            return Void(before, VoidReason.RefusedByRule, effect.Refusal!);
        }

        var (next, outcome) = Effective(after, statement);
        return (Consequences.Draw(before, next, at), outcome);
    }

    /// <summary>The world at a later time, no entry having come in between: each deadline passes at its own instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time lies before the world's.</exception>
    public static World Advance(World world, DateTimeOffset to)
    {
        if (to < world.Now)
        {
            throw new ArgumentOutOfRangeException(nameof(to), to, "the world does not run backwards");
        }

        // INVARIANT (deadlines): every step strictly raises Now or clears the deadline that caused it, so the loop ends.
        while (Consequences.NextDeadline(world) is { } deadline && deadline <= to)
        {
            world = Consequences.Pass(world, deadline);
        }

        return world.Now == to ? world : world with { Now = to };
    }

    private static Effect Rule(World world, Statement statement, Moment at) => statement.Body switch
    {
        PartyEnrolledBody body => RegistryRules.Enrol(world, statement, body, at),
        AccreditationBody body => RegistryRules.Accredit(world, body, at),
        RoleKeyBody body => RegistryRules.AddKey(world, statement, body, at),
        KeyRotatedBody body => RegistryRules.RotateKey(world, statement, body, at),
        KeyRevokedBody body => RegistryRules.RevokeKey(world, statement, body, at),
        FacilityBody body => ComputeRules.Describe(world, statement, body, at),
        InventoryBody body => ComputeRules.Count(world, statement, body, at),
        RunDeclaredBody body => ComputeRules.Declare(world, statement, body, at),
        RunUpdatedBody body => ComputeRules.Update(world, statement, body, at),
        RunClosedBody body => ComputeRules.Close(world, statement, body, at),
        CapabilityResultBody body => EvidenceRules.Record(world, statement, body, at),
        IndicatorReportBody body => EvidenceRules.Record(world, statement, body, at),
        TriggerProposedBody body => TriggerRules.Propose(world, statement, body, at),
        TriggerVotedBody body => TriggerRules.Vote(world, statement, body, at),
        TriggerAdoptedBody body => TriggerRules.Adopt(world, body, at),
        TriggerRetiredBody body => TriggerRules.Retire(world, body, at),
        PactOpenedBody body => PactRules.Open(world, statement, body, at),
        CommitmentBody body => PactRules.Commit(world, statement, body, at),
        WithdrawalBody body => PactRules.Withdraw(world, statement, body, at),
        ReleaseBody body => PactRules.Release(world, statement, body, at),
        AllegationBody body => PactRules.Allege(world, statement, body, at),
        RulingBody body => PactRules.Decide(world, statement, body, at),
        PactOpenedV2Body body => PactRules.Open(world, statement, body, at),
        CommitmentV2Body body => PactRules.Commit(world, statement, body, at),
        ReadinessBody body => PactRules.Ready(world, statement, body, at),
        DutyDischargedBody body => PactRules.Discharge(world, statement, body, at),
        ExtensionBody body => PactRules.Extend(world, statement, body, at),
        AssuranceAssessedBody body => FactRules.Assess(world, statement, body, at),
        WorldComputeEstimatedBody body => FactRules.Estimate(world, statement, body, at),
        EvidenceRevokedBody body => FactRules.Revoke(world, statement, body, at),
        ComputeRentedBody body => ChangeRules.Rent(world, statement, body, at),
        HandOverBody body => ChangeRules.HandOver(world, statement, body, at),
        SuccessionBody body => ChangeRules.Succeed(world, statement, body, at),
        SuccessionAcceptedBody body => ChangeRules.Accept(world, statement, body, at),
        UnilateralPauseBody body => ChangeRules.Pause(world, statement, body, at),
        TrusteeKeyBody body => SealRules.Key(world, statement, body, at),
        SealedCommitmentBody body => SealRules.Seal(world, statement, body, at),
        SealedOpenedBody body => SealRules.Open(world, statement, body, at),
        DisclosureBody body => DisclosureRules.Disclose(world, statement, body, at),
        BalanceAreaBody body => BalanceRules.Describe(world, statement, body, at),
        AreaCountedBody body => BalanceRules.Count(world, statement, body, at),
        BalanceDesignBody body => BalanceRules.Design(world, statement, body, at),
        ComputeDigestBody body => BalanceRules.Digest(world, statement, body, at),
        UseDeclaredBody body => BalanceRules.Declare(world, statement, body, at),
        MovementBody body => MovementRules.Move(world, statement, body, at),
        RentalCommitmentsBody body => MovementRules.Rentals(world, statement, body, at),
        InspectionPlanBody body => InspectionRules.Plan(world, statement, body, at),
        ChallengeBody body => InspectionRules.Challenge(world, statement, body, at),
        ChallengeAnsweredBody body => InspectionRules.Answer(world, statement, body, at),
        InspectionFindingBody body => InspectionRules.Find(world, statement, body, at),
        HeartbeatBody => RegistryRules.Heartbeat(world, statement, at),
        TickBody => Effect.Of(world with { LastTick = at }),
        _ => Effect.Refuse("predicateType", "a registry has one charter, its entry 0", "found another registry"),
    };

    private static (World World, Outcome Outcome) Effective(World world, Statement statement) =>
        (MoveChain(world, statement) with { Size = world.Size + 1 }, new Outcome.Effective());

    private static World MoveChain(World world, Statement statement)
    {
        var moment = new Moment(world.Now, new EntryIndex(world.Size));
        var key = world.Keys[statement.Key];
        var party = world.Parties[statement.Party];
        return world with
        {
            Keys = world.Keys.SetItem(statement.Key, key with { Next = key.Next.After(statement.Id) }),
            Parties = world.Parties.SetItem(party.Id, party with { LastHeard = moment }),
        };
    }

    private static (World World, Outcome Outcome) Void(World world, VoidReason reason, string place, string message, string remedy) =>
        Void(world, reason, new Fault(place, message, remedy));

    private static (World World, Outcome Outcome) Void(World world, VoidReason reason, Fault fault) =>
        Void(world, new Outcome.Void(reason, [fault]));

    private static (World World, Outcome Outcome) Void(World world, Outcome.Void outcome) =>
        (world with { Size = world.Size + 1, VoidEntries = world.VoidEntries + 1 }, outcome);
}
