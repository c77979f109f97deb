using System.Collections.Immutable;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol;

/// <summary>A party as the ledger knows it.</summary>
/// <param name="Id">Its name in the registry.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Jurisdiction">The law it is under, as it says.</param>
/// <param name="Constituency">For a panel member.</param>
/// <param name="RootKey">Its root key now.</param>
/// <param name="Enrolled">When it introduced itself.</param>
/// <param name="Accredited">Since when it is accredited; null while it is not.</param>
/// <param name="LastHeard">Its latest effective statement.</param>
/// <param name="LastHeartbeat">Its latest heartbeat.</param>
/// <param name="Source">For an evaluator: the one independence group that it has reported under.</param>
public sealed record Party(
    PartyId Id,
    string Name,
    PartyKind Kind,
    string? Jurisdiction,
    string? Constituency,
    PartyKey RootKey,
    Moment Enrolled,
    Moment? Accredited,
    Moment LastHeard,
    Moment? LastHeartbeat,
    string? Source);

/// <summary>A key as the ledger knows it, with the end of its chain.</summary>
/// <param name="Party">Whose it is.</param>
/// <param name="Roles">What it may sign.</param>
/// <param name="Enrolled">Since when.</param>
/// <param name="Revoked">Until when; null while it is good.</param>
/// <param name="Next">Where its next statement must stand.</param>
public sealed record KeyRecord(PartyId Party, ImmutableArray<Role> Roles, Moment Enrolled, Moment? Revoked, ChainPosition Next);

/// <summary>A facility with its latest inventory.</summary>
public sealed record Facility(PartyId Party, FacilityBody Description, Moment Since, InventoryBody? Inventory, Moment? Counted)
{
    /// <summary>Peak dense bf16 rate of what was counted there, FLOP/s.</summary>
    public double FlopPerSecond => Inventory?.Accelerators.Sum(a => a.Count * a.PeakFlopPerSecond) ?? 0;
}

/// <summary>A declared training run.</summary>
/// <param name="Party">Whose.</param>
/// <param name="Declaration">As declared.</param>
/// <param name="Declared">When.</param>
/// <param name="FlopSoFar">Operations reported so far, or in all once it is closed.</param>
/// <param name="Updated">When that was reported.</param>
/// <param name="Closed">When it was closed; null while it is open.</param>
public sealed record TrainingRun(PartyId Party, RunDeclaredBody Declaration, Moment Declared, double FlopSoFar, Moment? Updated, Moment? Closed);

/// <summary>Where a version of a trigger stands.</summary>
public enum TriggerStage
{
    /// <summary>Put forward.</summary>
    Proposed,

    /// <summary>Policy.</summary>
    Adopted,

    /// <summary>Replaced by a later version.</summary>
    Superseded,

    /// <summary>No longer policy.</summary>
    Retired,
}

/// <summary>One version of a trigger, its votes and, while it is policy, what it finds.</summary>
public sealed record TriggerRecord(
    TriggerId Id,
    string Text,
    Trigger Trigger,
    string Rationale,
    PartyId Proposer,
    Moment Proposed,
    TriggerStage Stage,
    Moment StageSince,
    ImmutableArray<PanelVote> Votes,
    TriggerMemory Memory,
    ImmutableArray<LevelStanding> Levels,
    DateTimeOffset? NextChange);

/// <summary>What one level of an adopted trigger finds, and since when.</summary>
public sealed record LevelStanding(TriggerLevel Level, Verdict Raw, Verdict Effective, Moment Since);

/// <summary>
/// Everything that the entries so far establish. A pure function of them: see <see cref="Fold"/>. Immutable, so that
/// readers hold one without a lock while the next is made.
/// </summary>
public sealed record World
{
    /// <summary>The world before the first entry.</summary>
    public static World Empty { get; } = new();

    /// <summary>Entries folded.</summary>
    public long Size { get; init; }

    /// <summary>Entries that were void.</summary>
    public long VoidEntries { get; init; }

    /// <summary>The time up to which the world is known: of the last entry, or the as-of time it was advanced to.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The charter's id; null before entry 0.</summary>
    public Digest? Registry { get; init; }

    /// <summary>The charter.</summary>
    public CharterBody? Charter { get; init; }

    /// <summary>The operator's latest tick.</summary>
    public Moment? LastTick { get; init; }

    /// <summary>Parties by name.</summary>
    public ImmutableSortedDictionary<PartyId, Party> Parties { get; init; } = ImmutableSortedDictionary<PartyId, Party>.Empty;

    /// <summary>Keys, revoked ones too.</summary>
    public ImmutableSortedDictionary<PartyKey, KeyRecord> Keys { get; init; } = ImmutableSortedDictionary<PartyKey, KeyRecord>.Empty;

    /// <summary>Facilities by party and name.</summary>
    public ImmutableSortedDictionary<(PartyId, FacilityId), Facility> Facilities { get; init; } = ImmutableSortedDictionary<(PartyId, FacilityId), Facility>.Empty;

    /// <summary>The names of each party's facilities.</summary>
    internal ImmutableSortedDictionary<PartyId, ImmutableSortedSet<FacilityId>> FacilitiesOf { get; init; } =
        ImmutableSortedDictionary<PartyId, ImmutableSortedSet<FacilityId>>.Empty;

    /// <summary>Training runs by party and name.</summary>
    public ImmutableSortedDictionary<(PartyId, RunId), TrainingRun> Runs { get; init; } = ImmutableSortedDictionary<(PartyId, RunId), TrainingRun>.Empty;

    /// <summary>The latest horizon of each source and model.</summary>
    public ImmutableSortedDictionary<(string Source, string Model), HorizonEvidence> Horizons { get; init; } =
        ImmutableSortedDictionary.Create<(string, string), HorizonEvidence>(OrdinalPair.Instance);

    /// <summary>The latest report of each indicator, lab and source.</summary>
    public ImmutableSortedDictionary<(string Kind, PartyId Lab, string Source), IndicatorRecord> Indicators { get; init; } =
        ImmutableSortedDictionary.Create<(string, PartyId, string), IndicatorRecord>(OrdinalTriple.Instance);

    /// <summary>Horizons and indicators as triggers see them.</summary>
    public Evidence Evidence { get; init; } = Evidence.None;

    /// <summary>Triggers by name and version.</summary>
    public ImmutableSortedDictionary<(TriggerId Id, int Version), TriggerRecord> Triggers { get; init; } = ImmutableSortedDictionary<(TriggerId, int), TriggerRecord>.Empty;

    /// <summary>Pacts by name.</summary>
    public ImmutableSortedDictionary<PactId, Pact> Pacts { get; init; } = ImmutableSortedDictionary<PactId, Pact>.Empty;

    /// <summary>The pact that each allegation belongs to.</summary>
    public ImmutableSortedDictionary<AllegationId, PactId> Allegations { get; init; } = ImmutableSortedDictionary<AllegationId, PactId>.Empty;

    /// <summary>The latest entry and the time up to which the world is known.</summary>
    public Moment Moment => new(Now, new EntryIndex(Size - 1));

    /// <summary>Accounted compute by accredited party: peak dense bf16 rate of what is counted, FLOP/s.</summary>
    public ComputeShares Shares { get; init; } = ComputeShares.None;

    /// <summary>Accounted compute that has gone to outsiders, FLOP/s.</summary>
    public double OutsideFlopPerSecond { get; init; }

    /// <summary>What pacts know of the parties.</summary>
    public PartyFacts Facts { get; init; } = PartyFacts.None;

    /// <summary>When the next of the facts goes out of date; null where none will.</summary>
    internal DateTimeOffset? FactsExpire { get; init; }

    /// <summary>Every judgement of assurance, oldest first.</summary>
    public ImmutableList<AssuranceRecord> Assessments { get; init; } = [];

    /// <summary>Every estimate of world compute, oldest first.</summary>
    public ImmutableList<EstimateRecord> Estimates { get; init; } = [];

    /// <summary>The entries with evidence that has been taken back, and when.</summary>
    public ImmutableSortedDictionary<EntryIndex, Moment> RevokedEvidence { get; init; } = ImmutableSortedDictionary<EntryIndex, Moment>.Empty;

    /// <summary>Rentals by lessor and tenant.</summary>
    public ImmutableSortedDictionary<(PartyId Lessor, PartyId Tenant), Rental> Rentals { get; init; } = ImmutableSortedDictionary<(PartyId, PartyId), Rental>.Empty;

    /// <summary>Every hand-over to an outsider, oldest first.</summary>
    public ImmutableList<HandOverRecord> HandOvers { get; init; } = [];

    /// <summary>Mergers and splits by the party that ends.</summary>
    public ImmutableSortedDictionary<PartyId, SuccessionRecord> Successions { get; init; } = ImmutableSortedDictionary<PartyId, SuccessionRecord>.Empty;

    /// <summary>Who pauses by itself, and since when.</summary>
    public ImmutableSortedDictionary<PartyId, Moment> UnilateralPauses { get; init; } = ImmutableSortedDictionary<PartyId, Moment>.Empty;

    /// <summary>To whom confidential values have been opened, oldest first.</summary>
    public ImmutableList<DisclosureRecord> Disclosures { get; init; } = [];

    /// <summary>The key of each trustee.</summary>
    public ImmutableSortedDictionary<PartyId, TrusteeRecord> TrusteeKeys { get; init; } = ImmutableSortedDictionary<PartyId, TrusteeRecord>.Empty;

    /// <summary>Sealed commitments by the entry that put them on record, opened ones too.</summary>
    public ImmutableSortedDictionary<EntryIndex, SealedRecord> Sealed { get; init; } = ImmutableSortedDictionary<EntryIndex, SealedRecord>.Empty;

    /// <summary>Balance areas.</summary>
    public ImmutableSortedDictionary<AreaKey, BalanceArea> Areas { get; init; } = ImmutableSortedDictionary<AreaKey, BalanceArea>.Empty;

    /// <summary>The balance areas of each party.</summary>
    internal ImmutableSortedDictionary<PartyId, ImmutableSortedSet<AreaKey>> AreaNames { get; init; } = ImmutableSortedDictionary<PartyId, ImmutableSortedSet<AreaKey>>.Empty;

    /// <summary>When each area's next digest or declaration is overdue.</summary>
    internal ImmutableSortedSet<(DateTimeOffset Due, AreaKey Area)> DigestsDue { get; init; } = [];

    /// <summary>The areas whose digest or declaration is overdue.</summary>
    public ImmutableSortedSet<AreaKey> Overdue { get; init; } = [];

    /// <summary>The sums over the areas of each party.</summary>
    public ImmutableSortedDictionary<PartyId, PartyBalance> PartyBalances { get; init; } = ImmutableSortedDictionary<PartyId, PartyBalance>.Empty;

    /// <summary>Each digest's party and number of chunks, by its entry.</summary>
    internal ImmutableDictionary<EntryIndex, (PartyId Party, int Chunks)> DigestChunks { get; init; } = ImmutableDictionary<EntryIndex, (PartyId, int)>.Empty;

    /// <summary>Movements of accelerators, oldest first.</summary>
    public ImmutableList<MovementRecord> Movements { get; init; } = [];

    /// <summary>Movements between two parties, by what each end has said.</summary>
    public ImmutableSortedDictionary<TransferKey, TransferRecord> Transfers { get; init; } = ImmutableSortedDictionary<TransferKey, TransferRecord>.Empty;

    /// <summary>Rentals behind salted commitments, by party and first day.</summary>
    public ImmutableSortedDictionary<(PartyId Party, DateOnly From), RentalSet> RentalSets { get; init; } = ImmutableSortedDictionary<(PartyId, DateOnly), RentalSet>.Empty;

    /// <summary>Inspection plans by name.</summary>
    public ImmutableSortedDictionary<InspectionPlanId, PlanRecord> InspectionPlans { get; init; } = ImmutableSortedDictionary<InspectionPlanId, PlanRecord>.Empty;

    /// <summary>Challenges by name.</summary>
    public ImmutableSortedDictionary<ChallengeId, ChallengeRecord> Challenges { get; init; } = ImmutableSortedDictionary<ChallengeId, ChallengeRecord>.Empty;

    /// <summary>What inspectors have found, oldest first.</summary>
    public ImmutableList<FindingRecord> InspectionFindings { get; init; } = [];

    /// <summary>The balance areas of a party, by name.</summary>
    /// <remarks>Empty for a party without any, or that is not there.</remarks>
    public ImmutableArray<BalanceArea> AreasOf(PartyId party) => [.. (AreaNames.GetValueOrDefault(party) ?? []).Select(k => Areas[k])];

    /// <summary>The version of a trigger that is policy, or null.</summary>
    public TriggerRecord? Adopted(TriggerId id) => Triggers.Values.FirstOrDefault(t => t.Id == id && t.Stage == TriggerStage.Adopted);

    /// <summary>Evaluates one version of a trigger as of <see cref="Now"/>, adopted or not, with the reasons and the entries used.</summary>
    public TriggerEvaluation Explain(TriggerRecord record) => Rules.TriggerRules.Evaluate(this, record, Now);

    /// <summary>How the panel stands on one choice about a version of a trigger.</summary>
    public PanelTally Tally(TriggerRecord record, VoteChoice choice) => Rules.TriggerRules.Tally(this, record, choice);

    /// <summary>The same world with sums over a party's areas made that wait for no area any more.</summary>
    internal World Summed(PartyId party, Moment at) =>
        PartyBalances.GetValueOrDefault(party) is { } sum ? Summed(party, sum.Settle(AreasOf(party), at.Entry, at), at) : this;

    /// <summary>The same world with the sum over a party's areas; a balance that it owes is discharged by a sum that is made.</summary>
    internal World Summed(PartyId party, PartyBalance sum, Moment at)
    {
        var before = PartyBalances.GetValueOrDefault(party) ?? PartyBalance.Empty;
        var next = this with { PartyBalances = PartyBalances.SetItem(party, sum) };
        next = sum.BalancedTo == before.BalancedTo ? next : Rules.PactRules.Discharged(next, party, Standstill.Protocol.Pacts.Terms.DutyKind.Balance, at);
        return sum.Line.IsAlarmed == before.Line.IsAlarmed ? next : next.Refreshed();
    }

    /// <summary>The same world with its shares of compute taken anew.</summary>
    internal World Reckoned()
    {
        var (shares, outside) = ComputeAccounts.Of(this);
        return (this with { Shares = shares, OutsideFlopPerSecond = outside }).Refreshed();
    }

    /// <summary>The same world with one party's compute taken anew.</summary>
    internal World Reckoned(PartyId party) => Rentals.IsEmpty && HandOvers.IsEmpty && Successions.IsEmpty
        ? (this with
        {
            Shares = Shares.With(party, Parties[party].Accredited is null ? 0 : FacilitiesOf[party].Sum(f => Facilities[(party, f)].FlopPerSecond)),
        }).WithShares()
        : Reckoned();

    /// <summary>The same world with what pacts know of the parties taken anew.</summary>
    internal World Refreshed() => this with { Facts = PactFacts.Of(this, this, Now), FactsExpire = PactFacts.NextExpiry(this) };

    /// <summary>The same world with the areas that are overdue by now told, and what pacts know of the parties taken anew.</summary>
    internal World Reminded()
    {
        var due = DigestsDue.TakeWhile(d => d.Due <= Now).ToArray();
        var next = due.Length == 0 ? this : this with { DigestsDue = DigestsDue.Except(due), Overdue = Overdue.Union(due.Select(d => d.Area)) };
        return next.Refreshed();
    }

    /// <summary>The same world with the jurisdiction of an accredited party known to pacts.</summary>
    internal World Located(Party party) => this with
    {
        Facts = Facts with { Jurisdictions = Facts.Jurisdictions.SetItem(party.Id, party.Jurisdiction!) },
    };

    private World WithShares() => this with { Facts = Facts with { Shares = Shares } };

    /// <summary>The world as of a later time, no further entry having come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time lies before <see cref="Now"/>.</exception>
    public World AsOf(DateTimeOffset time) => Fold.Advance(this, time);
}

/// <summary>An indicator report with the figures as they were sent.</summary>
public sealed record IndicatorRecord(IndicatorEvidence Evidence, IndicatorReportBody Report);

internal sealed class OrdinalPair : IComparer<(string, string)>
{
    public static OrdinalPair Instance { get; } = new();

    public int Compare((string, string) x, (string, string) y) =>
        string.CompareOrdinal(x.Item1, y.Item1) is var first && first != 0 ? first : string.CompareOrdinal(x.Item2, y.Item2);
}

internal sealed class OrdinalTriple : IComparer<(string, PartyId, string)>
{
    public static OrdinalTriple Instance { get; } = new();

    public int Compare((string, PartyId, string) x, (string, PartyId, string) y) =>
        string.CompareOrdinal(x.Item1, y.Item1) is var first && first != 0 ? first
        : x.Item2.CompareTo(y.Item2) is var second && second != 0 ? second
        : string.CompareOrdinal(x.Item3, y.Item3);
}
