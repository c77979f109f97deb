using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Triggers;

/// <summary>Why a condition has its verdict, down to the entries that were used.</summary>
/// <remarks>It says nothing that changes between two changes of the verdict: ages are worked out when it is shown.</remarks>
/// <param name="Clause">The condition as the canonical text writes it.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Reason">Why.</param>
public abstract record Explanation(string Clause, Verdict Verdict, Reason Reason)
{
    /// <summary>The entries that were used, ascending, each once.</summary>
    public ImmutableArray<EntryIndex> Entries => [.. AllEntries().Distinct().Order()];

    private IEnumerable<EntryIndex> AllEntries() => this switch
    {
        Combined combined => combined.Parts.SelectMany(part => part.AllEntries()),
        Labs labs => labs.Findings.SelectMany(finding => finding.Explanation.AllEntries()),
        Sustained sustained => sustained.Inner.AllEntries(),
        Compared compared => compared.Sources.SelectMany(source => source.Entries),
        _ => [],
    };

    /// <summary>A conjunction or a disjunction.</summary>
    /// <param name="Clause">The condition.</param>
    /// <param name="Verdict">By Kleene's strong three-valued logic (Introduction to Metamathematics, 1952, § 64).</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Parts">One element a term, in the order of the text.</param>
    public sealed record Combined(string Clause, Verdict Verdict, Reason Reason, ImmutableArray<Explanation> Parts)
        : Explanation(Clause, Verdict, Reason);

    /// <summary>A count of labs.</summary>
    /// <param name="Clause">The condition.</param>
    /// <param name="Verdict">Met when it is met at enough labs; not met when it could not be, were every open one met.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Findings">One element a lab that any source reports on, ordered by name.</param>
    public sealed record Labs(string Clause, Verdict Verdict, Reason Reason, ImmutableArray<LabFinding> Findings)
        : Explanation(Clause, Verdict, Reason);

    /// <summary>The panel's vote.</summary>
    /// <param name="Clause">The condition.</param>
    /// <param name="Verdict">Met or not met.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Panel(string Clause, Verdict Verdict, Reason Reason) : Explanation(Clause, Verdict, Reason);

    /// <summary>A comparison that has to last.</summary>
    /// <param name="Clause">The condition.</param>
    /// <param name="Verdict">The verdict.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Run">For how long it has been shown met; absent when it is not met.</param>
    /// <param name="Inner">The comparison as of this moment.</param>
    public sealed record Sustained(string Clause, Verdict Verdict, Reason Reason, SustainedRun? Run, Compared Inner)
        : Explanation(Clause, Verdict, Reason);

    /// <summary>A comparison as of one moment.</summary>
    /// <param name="Clause">The condition.</param>
    /// <param name="Verdict">The verdict.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Threshold">What it is compared with.</param>
    /// <param name="Confidence">The probability demanded; absent, point estimates are compared.</param>
    /// <param name="Probability">From the least to the greatest probability that a counted source gives; absent where none is counted, or
    /// where no confidence is demanded.</param>
    /// <param name="Sources">Every source on record, ordered by name.</param>
    public sealed record Compared(
        string Clause,
        Verdict Verdict,
        Reason Reason,
        Quantity Threshold,
        Probability? Confidence,
        ProbabilityBounds? Probability,
        ImmutableArray<SourceFinding> Sources) : Explanation(Clause, Verdict, Reason);
}

/// <summary>A condition at one lab.</summary>
/// <param name="Lab">The lab.</param>
/// <param name="Explanation">The condition there.</param>
public sealed record LabFinding(PartyId Lab, Explanation Explanation);

/// <summary>What one source says of a quantity.</summary>
/// <param name="Source">The independence group.</param>
/// <param name="Date">The day from which its age is counted.</param>
/// <param name="Entries">The entries that carry its figures, ascending.</param>
/// <param name="Use">What became of it.</param>
public sealed record SourceFinding(string Source, DateOnly Date, ImmutableArray<EntryIndex> Entries, SourceUse Use);

/// <summary>What became of a source.</summary>
public abstract record SourceUse
{
    private SourceUse()
    {
    }

    /// <summary>It has grown too old.</summary>
    /// <param name="Since">From when on.</param>
    public sealed record Stale(DateTimeOffset Since) : SourceUse;

    /// <summary>It is fresh and says nothing of this quantity.</summary>
    public sealed record Silent : SourceUse;

    /// <summary>It counts.</summary>
    /// <param name="Verdict">What would follow from it alone.</param>
    /// <param name="Probability">The probability of the comparison; unknown where there is no interval.</param>
    /// <param name="Point">The point estimate, in the measured unit; absent where the figure is only a bound.</param>
    /// <param name="Median">The median.</param>
    /// <param name="Low">The 2.5 % quantile.</param>
    /// <param name="High">The 97.5 % quantile.</param>
    /// <param name="HasInterval">Whether an interval was published.</param>
    public sealed record Counted(
        Verdict Verdict,
        ProbabilityBounds Probability,
        double? Point,
        QuantileBounds Median,
        QuantileBounds Low,
        QuantileBounds High,
        bool HasInterval) : SourceUse;
}
