using System.Diagnostics.Metrics;
using Standstill.Protocol;
using Standstill.Protocol.Statements;

namespace Standstill.Node;

/// <summary>What the node counts; `/metrics` gives it as Prometheus text.</summary>
internal sealed class NodeMetrics
{
    public const string MeterName = "Standstill.Node";

    private readonly Counter<long> submitted;

    public NodeMetrics(IMeterFactory factory, Sequencer sequencer)
    {
        var meter = factory.Create(MeterName);
        submitted = meter.CreateCounter<long>("standstill.statements", description: "Statements submitted, by what became of them.");
        meter.CreateObservableGauge("standstill.ledger.size", () => sequencer.Current.World.Size, description: "Entries published.");
        meter.CreateObservableGauge("standstill.ledger.void", () => sequencer.Current.World.VoidEntries, description: "Published entries that are void.");
        meter.CreateObservableGauge("standstill.queue.length", () => sequencer.QueueLength, description: "Submissions that wait.");
        meter.CreateObservableGauge("standstill.parties", () => sequencer.Current.World.Parties.Count, description: "Parties enrolled.");
    }

    public void Count(Submission submission) => submitted.Add(1, new KeyValuePair<string, object?>("result", submission switch
    {
        Submission.Logged { Repeated: true } => "repeated",
        Submission.Logged { Outcome: Outcome.Void } => "void",
        Submission.Logged => "effective",
        Submission.Refused refused => Words.Of(refused.Why.Reason),
        _ => "unavailable",
    }));
}
