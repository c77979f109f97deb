namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A judgement of assurance that anybody can compute again: the measures are those on the ledger, the library of diversion
/// strategies and the draws are named.</summary>
public sealed record AssuranceAssessedV2Body : AssuranceAssessedBody
{
    private AssuranceAssessedV2Body(AssuranceAssessedBody read, AssuranceComputation computed)
        : base(read) => Computed = computed;

    /// <summary>How it was computed.</summary>
    public AssuranceComputation Computed { get; }

    internal static AssuranceAssessedV2Body ReadV2(Fields f)
    {
        var read = Read(f);
        return new AssuranceAssessedV2Body(read, f.Object("computed", "how it was computed, so that anybody can do it again", c => new AssuranceComputation(
            c.Whole("entries", 1, long.MaxValue, "entries", "the measures are those of the ledger of this size"),
            c.Digest("seed", "of the draws: the root hash of that size, in hexadecimal digits"),
            (int)c.Whole("draws", 100, 10_000_000, "", "simulated diversions of each strategy"),
            c.Text("library", 60, "name and version of the library of strategies"),
            c.Text("weakest", 80, "the strategy that is seen least"),
            c.NumberOrNull("medianDaysToDetection", 0, 3650, "days", "with that strategy, among those that were seen"),
            c.Number("falseAlarmsPerYear", 0, 10_000, "a year", "of all measures together, without any diversion"),
            c.Number("undetectedFlop", 0, 1e32, "FLOP", "not detectable by these measures: what could be run within the time and be seen no likelier than a false alarm"))));
    }
}

/// <summary>How an assurance was computed.</summary>
/// <param name="Entries">Size of the ledger whose measures were played against.</param>
/// <param name="Seed">Of the draws: the root hash of that size.</param>
/// <param name="Draws">Simulated diversions of each strategy.</param>
/// <param name="Library">Name and version of the library of strategies.</param>
/// <param name="Weakest">The strategy that is seen least.</param>
/// <param name="MedianDays">Median days to detection with it, among those that were seen.</param>
/// <param name="FalseAlarmsPerYear">Of all measures together.</param>
/// <param name="UndetectedFlop">Not detectable by these measures, FLOP.</param>
public sealed record AssuranceComputation(
    long Entries, Digest Seed, int Draws, string Library, string Weakest, double? MedianDays, double FalseAlarmsPerYear, double UndetectedFlop);
