using System.Collections.Immutable;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A site where accelerators run.</summary>
/// <param name="Facility">Its name under the party.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Jurisdiction">The law it is under.</param>
/// <param name="PowerMegawatts">Power of its computers, MW.</param>
/// <param name="Location">Where it is, behind a salted commitment.</param>
public sealed record FacilityBody(FacilityId Facility, string Title, string Jurisdiction, double PowerMegawatts, Digest? Location) : Body
{
    internal static FacilityBody Read(Fields f) => new(
        new FacilityId(f.Name("facility", "facility", "its name under the party; the same name again amends it")),
        f.Text("title", 100, "what it is called"),
        f.Text("jurisdiction", 60, "the law it is under"),
        f.Number("powerMegawatts", 0, 100_000, "MW", "electric power of its computers"),
        f.DigestOrNull("locationCommitment", "confidential: SHA-256(salt ‖ UTF-8 of where it is)"));
}

/// <summary>Accelerators of one kind at a facility.</summary>
/// <param name="Accelerator">The kind.</param>
/// <param name="Count">How many, installed and working or not.</param>
/// <param name="PeakFlopPerSecond">Peak dense bf16 FLOP/s of one.</param>
/// <param name="Serials">The serial numbers, behind a salted commitment.</param>
public sealed record AcceleratorLine(string Accelerator, long Count, double PeakFlopPerSecond, Digest? Serials);

/// <summary>What stands at a facility; the latest statement replaces the ones before.</summary>
public sealed record InventoryBody(FacilityId Facility, DateOnly Counted, ImmutableArray<AcceleratorLine> Accelerators) : Body
{
    internal static InventoryBody Read(Fields f) => new(
        new FacilityId(f.Name("facility", "facility", "a facility that the party has put on record")),
        f.Date("counted", "the day of the count"),
        f.List("accelerators", 0, 64, "one line a kind; an empty list says that nothing is there", a => new AcceleratorLine(
            a.Text("accelerator", 80, "the kind, as its maker calls it"),
            a.Whole("count", 0, 100_000_000, "accelerators", "how many are there, running or not"),
            a.Number("peakFlopPerSecond", 1e9, 1e18, "FLOP/s", "peak dense bf16 rate of one"),
            a.DigestOrNull("serialsCommitment", "confidential: SHA-256(salt ‖ UTF-8 of the serial numbers, one a line)"))));
}

/// <summary>What a training run is for.</summary>
public enum RunPurpose
{
    /// <summary>Pre-training or a large part of it.</summary>
    Pretraining,

    /// <summary>Fine-tuning, reinforcement learning, distillation.</summary>
    PostTraining,

    /// <summary>Research experiments.</summary>
    Research,

    /// <summary>Safety work.</summary>
    Safety,
}

/// <summary>A training run is declared before it begins.</summary>
public sealed record RunDeclaredBody(RunId Run, FacilityId Facility, RunPurpose Purpose, double PlannedFlop, DateOnly Starts) : Body
{
    internal static RunDeclaredBody Read(Fields f) => new(
        new RunId(f.Name("run", "run", "its name under the party")),
        new FacilityId(f.Name("facility", "facility", "where it runs")),
        f.Choice<RunPurpose>("purpose", "what it is for"),
        f.Number("plannedFlop", 0, 1e32, "FLOP", "operations that the whole run is planned to take"),
        f.Date("starts", "the first day"));
}

/// <summary>How far a declared run has come.</summary>
public sealed record RunUpdatedBody(RunId Run, double FlopSoFar, string? Note) : Body
{
    internal static RunUpdatedBody Read(Fields f) => new(
        new RunId(f.Name("run", "run", "a run that the party has declared and not closed")),
        f.Number("flopSoFar", 0, 1e32, "FLOP", "operations done since the run began; never falls"),
        f.TextOrNull("note", 1000, "anything else"));
}

/// <summary>A declared run has ended.</summary>
public sealed record RunClosedBody(RunId Run, double TotalFlop, DateOnly Ended) : Body
{
    internal static RunClosedBody Read(Fields f) => new(
        new RunId(f.Name("run", "run", "a run that the party has declared and not closed")),
        f.Number("totalFlop", 0, 1e32, "FLOP", "operations of the whole run"),
        f.Date("ended", "the last day"));
}
