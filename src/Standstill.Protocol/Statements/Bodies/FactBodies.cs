using System.Collections.Immutable;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>An inspector or evaluator puts on record how likely a diversion at a party would be seen.</summary>
public record AssuranceAssessedBody(
    PartyId Party, int Percent, double DiversionFlop, int WithinDays, DateOnly Effective, int ValidDays, string Method, ImmutableArray<Digest> Evidence) : Body
{
    internal static AssuranceAssessedBody Read(Fields f) => new(
        f.Party("party", "whose measures were judged"),
        (int)f.Whole("percent", 0, 99, "%", "the probability of detection that can at least be relied on; 0 says that it is not verified"),
        f.Number("diversionFlop", 1, 1e32, "FLOP", "the diversion that it is judged against"),
        (int)f.Whole("withinDays", 1, 3650, "days", "the time within which it would be seen"),
        f.Date("effective", "the day that the judgement is of"),
        (int)f.Whole("validDays", 1, 3650, "days", "from that day, for how long it can be relied on"),
        f.Text("method", 4000, "how it was judged"),
        f.List("evidence", 0, 32, "files that support it", e => e.Digest("sha256", "digest of the file")));
}

/// <summary>An evaluator estimates all AI compute that there is, accounted for or not.</summary>
public sealed record WorldComputeEstimatedBody(WorldComputeEstimate Estimate, DateOnly Effective, string Citation, string Method) : Body
{
    internal static WorldComputeEstimatedBody Read(Fields f)
    {
        var estimate = new WorldComputeEstimate(
            f.Number("low", 1, ComputeShares.Most, "FLOP/s", "the 5 % quantile"),
            f.Number("middle", 1, ComputeShares.Most, "FLOP/s", "the median"),
            f.Number("high", 1, ComputeShares.Most, "FLOP/s", "the 95 % quantile"));
        f.Require(estimate.Low <= estimate.Middle && estimate.Middle <= estimate.High, "middle", "the quantiles do not rise", "give low, middle and high in this order");
        return new WorldComputeEstimatedBody(
            estimate,
            f.Date("effective", "the day that it is of"),
            f.Text("citation", 500, "where it can be read"),
            f.Text("method", 4000, "how it was made, peak dense bf16 rate of what is counted"));
    }
}

/// <summary>Who has put evidence on record takes it back. It stays on record, and counts no more.</summary>
public sealed record EvidenceRevokedBody(EntryIndex Entry, string Reason) : Body
{
    internal static EvidenceRevokedBody Read(Fields f) => new(
        new EntryIndex(f.Whole("entry", 0, long.MaxValue, "", "the entry with the evidence, one of the party's own")),
        f.Text("reason", 2000, "why"));
}
