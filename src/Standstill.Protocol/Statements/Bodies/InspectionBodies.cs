using System.Collections.Immutable;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>One part of what is inspected, in which every item is as likely to be drawn.</summary>
/// <param name="Facility">Where.</param>
/// <param name="Area">Which balance area.</param>
/// <param name="Population">Items in it: accelerators.</param>
/// <param name="Defects">How many diverted ones it is meant to see.</param>
/// <param name="IdentificationPercent">How likely a diverted one that is looked at is seen to be one.</param>
/// <param name="Sample">How many are drawn at a visit.</param>
/// <param name="CostEach">What looking at one costs, in the plan's unit.</param>
public sealed record PlanStratum(
    FacilityId Facility, AreaId Area, long Population, long Defects, double IdentificationPercent, long Sample, double CostEach);

/// <summary>An inspector puts on record beforehand how much will be looked at, before anybody can know what.</summary>
public sealed record InspectionPlanBody(
    InspectionPlanId Plan,
    PartyId Party,
    DateOnly From,
    DateOnly To,
    int Visits,
    int ChallengesPerMonth,
    int ChunksPerChallenge,
    ImmutableArray<PlanStratum> Strata,
    double Cost,
    string CostUnit,
    string Text) : Body
{
    internal static InspectionPlanBody Read(Fields f)
    {
        var body = new InspectionPlanBody(
            new InspectionPlanId(f.Name("plan", "plan", "its name in the registry")),
            f.Party("party", "who is inspected"),
            f.Date("from", "first day"),
            f.Date("to", "last day"),
            (int)f.Whole("visits", 0, 1000, "visits", "at random days, drawn one by one from later entries"),
            (int)f.Whole("challengesPerMonth", 0, 10_000, "challenges", "of digests, in 30 days"),
            (int)f.Whole("chunksPerChallenge", 0, 10_000, "chunks", "opened at each"),
            f.List("strata", 0, 200, "what a visit looks at", s =>
            {
                var stratum = new PlanStratum(
                    new FacilityId(s.Name("facility", "facility", "where")),
                    new AreaId(s.Name("area", "area", "which balance area")),
                    s.Whole("population", 0, 100_000_000, "accelerators", "how many there are"),
                    s.Whole("defects", 1, 100_000_000, "accelerators", "how many diverted ones it is meant to see"),
                    s.Number("identificationPercent", 0, 100, "%", "how likely a diverted one that is looked at is seen to be one"),
                    s.Whole("sample", 0, 100_000_000, "accelerators", "how many are drawn at a visit"),
                    s.Number("costEach", 0, 1e9, "", "what looking at one costs"));
                s.Require(!s.IsGood || stratum.Sample <= stratum.Population, "sample", "more than there are", "draw at most all");
                return stratum;
            }),
            f.Number("cost", 0, 1e12, "", "of the whole plan"),
            f.Text("costUnit", 40, "in what, such as `inspector-days`"),
            f.Text("text", 4000, "what it is meant to see, and with what probability"));
        f.Require(!f.IsGood || body.From <= body.To, "to", "before `from`", "name the last day");
        return body;
    }
}

/// <summary>What a challenge draws.</summary>
public enum ChallengeKind
{
    /// <summary>Chunks of raw samples behind a digest.</summary>
    Chunks,

    /// <summary>Accelerators of a count, by the place of their serial number.</summary>
    Accelerators,
}

/// <summary>An inspector asks to see pieces that nobody could choose: they follow from the root hash of a checkpoint that is later than what
/// is opened.</summary>
/// <param name="Challenge">Its name, which goes into the draw.</param>
/// <param name="Party">Who is to answer.</param>
/// <param name="Kind">What is drawn.</param>
/// <param name="Entry">The entry of the digest, or of the count.</param>
/// <param name="Draw">How many are drawn.</param>
/// <param name="CheckpointSize">The size of the checkpoint.</param>
/// <param name="CheckpointRoot">Its root hash; an audit compares it.</param>
/// <param name="DueHours">Hours to answer.</param>
/// <param name="Plan">The plan that it belongs to.</param>
public sealed record ChallengeBody(
    ChallengeId Challenge, PartyId Party, ChallengeKind Kind, EntryIndex Entry, int Draw, long CheckpointSize, Digest CheckpointRoot, int DueHours, InspectionPlanId? Plan) : Body
{
    internal static ChallengeBody Read(Fields f)
    {
        var body = new ChallengeBody(
            new ChallengeId(f.Name("challenge", "challenge", "its name in the registry; it goes into the draw")),
            f.Party("party", "who is to answer"),
            f.Choice<ChallengeKind>("kind", "what is drawn"),
            new EntryIndex(f.Whole("entry", 0, long.MaxValue, "", "the entry of the digest whose chunks, or of the count whose accelerators, are drawn")),
            (int)f.Whole("draw", 1, 10_000, "", "how many are drawn"),
            f.Whole("checkpointSize", 1, long.MaxValue, "entries", "of a checkpoint that is later than the entry"),
            f.Digest("checkpointRoot", "its root hash in hexadecimal digits, from which the draw follows"),
            (int)f.Whole("dueHours", 1, 8760, "hours", "to answer"),
            f.NameOrNull("plan", "plan", "the plan that it belongs to") is { } plan ? new InspectionPlanId(plan) : null);
        f.Require(!f.IsGood || body.CheckpointSize > body.Entry.Value, "checkpointSize", "the checkpoint is not later than the entry", "take one that was made after it: nobody may know the draw when the entry is made");
        return body;
    }
}

/// <summary>A party has opened what a challenge drew. The opening itself goes to the inspector.</summary>
public sealed record ChallengeAnsweredBody(ChallengeId Challenge, Digest Opening, long Bytes, string? Text) : Body
{
    internal static ChallengeAnsweredBody Read(Fields f) => new(
        new ChallengeId(f.Name("challenge", "challenge", "which")),
        f.Digest("opening", "SHA-256 of the opening file"),
        f.Whole("bytes", 0, 1L << 50, "bytes", "its length"),
        f.TextOrNull("text", 4000, "where it was handed over, or why it could not be"));
}

/// <summary>What an inspector finds.</summary>
public enum InspectionResult
{
    /// <summary>What was looked at is as declared, or a difference has an innocent cause that was seen: what stood open is settled.</summary>
    Confirmed,

    /// <summary>It is not as declared.</summary>
    Discrepancy,

    /// <summary>It could not be settled.</summary>
    Unresolved,
}

/// <summary>An inspector's finding: on a challenge, on the alarms of a balance, or on a visit.</summary>
/// <param name="Party">About whom.</param>
/// <param name="Challenge">The challenge that it is about.</param>
/// <param name="Alarms">Whether it is about alarms.</param>
/// <param name="Facility">With <paramref name="Area"/>: whose alarms; both null for those of the sum over all areas.</param>
/// <param name="Area">The area.</param>
/// <param name="Result">What was found.</param>
/// <param name="Text">In words.</param>
/// <param name="Evidence">Files that support it.</param>
/// <param name="UpTo">For alarms: settled are those up to this entry.</param>
public sealed record InspectionFindingBody(
    PartyId Party, ChallengeId? Challenge, bool Alarms, FacilityId? Facility, AreaId? Area, EntryIndex? UpTo, InspectionResult Result, string Text, ImmutableArray<Digest> Evidence) : Body
{
    internal static InspectionFindingBody Read(Fields f)
    {
        var facility = f.NameOrNull("facility", "facility", "of the balance area that was looked at");
        var area = f.NameOrNull("area", "area", "which");
        var body = new InspectionFindingBody(
            f.Party("party", "about whom"),
            f.NameOrNull("challenge", "challenge", "the challenge that it is about") is { } challenge ? new ChallengeId(challenge) : null,
            f.Flag("alarms", "it is about alarms: of the area that is named, or of the sum over all areas where none is"),
            facility is null ? null : new FacilityId(facility),
            area is null ? null : new AreaId(area),
            f.WholeOrNull("upTo", 0, long.MaxValue, "", "with `alarms`: those up to this entry") is { } entry ? new EntryIndex(entry) : null,
            f.Choice<InspectionResult>("result", "what was found"),
            f.Text("text", 4000, "in words"),
            f.List("evidence", 0, 32, "files that support it", e => e.Digest("sha256", "digest of the file")));
        f.Require(!f.IsGood || facility is null == area is null, area is null ? "area" : "facility", "one without the other", "name both or neither");
        f.Require(!f.IsGood || !(body.Alarms && body.Challenge is not null), "challenge", "a finding is about one thing", "send one for the challenge and one for the alarms");
        f.Require(!f.IsGood || body.Alarms == body.UpTo is not null, "upTo", body.Alarms ? "missing" : "only with `alarms`", body.Alarms ? "name the latest alarm's entry" : "leave it out");
        return body;
    }
}
