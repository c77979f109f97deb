using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>What is stopped while a pact is in force, and what goes on.</summary>
/// <param name="Text">The scope in words.</param>
/// <param name="TrainingComputeAbove">No training run beyond this many FLOP; null where the words alone say what stops.</param>
/// <param name="StaysAllowed">What the pact does not touch, in words.</param>
public sealed record PactScope(string Text, double? TrainingComputeAbove, ImmutableArray<string> StaysAllowed)
{
    /// <summary>What stops, item by item; empty in a pact of version 1.</summary>
    public ImmutableArray<ScopeStop> Stops { get; init; } = [];

    /// <summary>What stays allowed, item by item; empty in a pact of version 1.</summary>
    public ImmutableArray<ScopeAllowance> Allowances { get; init; } = [];

    /// <summary>The scope of a pact of version 2: its text is the stops in words, its compute the lowest that a stop names.</summary>
    public static PactScope Of(ImmutableArray<ScopeStop> stops, ImmutableArray<ScopeAllowance> allowances) =>
        new(
            string.Join("; ", stops),
            stops.OfType<ScopeStop.TrainingAbove>().Select(s => (double?)s.Flop).Min(),
            [.. allowances.Select(a => a.ToString())])
        {
            Stops = stops,
            Allowances = allowances,
        };
}

/// <summary>One thing that stops.</summary>
public abstract record ScopeStop
{
    private ScopeStop()
    {
    }

    /// <summary>The stop in words, as a pact's text has them after `stop`, without quotation marks.</summary>
    public sealed override string ToString() => this switch
    {
        TrainingAbove s => $"training runs above {Operations(s.Flop)} FLOP",
        RunsOfKind s => $"runs of kind {string.Join(", ", s.Purposes.Select(Statements.Words.Of))}",
        ResearchAcceleration => "acceleration of AI research by AI",
        ClustersAbove s => string.Create(CultureInfo.InvariantCulture, $"clusters above {s.Accelerators} accelerators"),
        Other s => s.Text,
        _ => throw new InvalidOperationException("a stop without words"),
    };

    // The shortest text that reads back as the same number: 1e26, 250000.
    private static string Operations(double flop) =>
        flop.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');

    /// <summary>Training runs above a number of operations.</summary>
    /// <param name="Flop">FLOP of one run, finite and above zero.</param>
    public sealed record TrainingAbove(double Flop) : ScopeStop;

    /// <summary>Training runs for one of these purposes, whatever their size.</summary>
    public sealed record RunsOfKind(ImmutableArray<RunPurpose> Purposes) : ScopeStop
    {
        /// <inheritdoc/>
        public bool Equals(RunsOfKind? other) => other is not null && Purposes.SequenceEqual(other.Purposes);

        /// <inheritdoc/>
        public override int GetHashCode() => Purposes.Length;
    }

    /// <summary>AI systems that do research on AI.</summary>
    public sealed record ResearchAcceleration : ScopeStop;

    /// <summary>Clusters with more accelerators than this.</summary>
    public sealed record ClustersAbove(long Accelerators) : ScopeStop;

    /// <summary>Anything else, in words that people judge.</summary>
    public sealed record Other(string Text) : ScopeStop;
}

/// <summary>One thing that stays allowed, whatever stops.</summary>
public abstract record ScopeAllowance
{
    private ScopeAllowance()
    {
    }

    /// <summary>The allowance in words, as a pact's text has them after `allow`, without quotation marks.</summary>
    public sealed override string ToString() => this switch
    {
        Inference => "inference",
        SafetyWork => "safety work",
        NamedRun a => $"run {a.Run} of {a.Party}",
        Other a => a.Text,
        _ => throw new InvalidOperationException("an allowance without words"),
    };

    /// <summary>Serving models to users.</summary>
    public sealed record Inference : ScopeAllowance;

    /// <summary>Safety work, and training runs declared for it.</summary>
    public sealed record SafetyWork : ScopeAllowance;

    /// <summary>One named run.</summary>
    public sealed record NamedRun(PartyId Party, RunId Run) : ScopeAllowance;

    /// <summary>Anything else, in words that people judge.</summary>
    public sealed record Other(string Text) : ScopeAllowance;
}
