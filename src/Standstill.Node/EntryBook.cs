using System.Text.Json;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Node;

/// <summary>An entry as pages and API show it.</summary>
/// <param name="Index">Its position.</param>
/// <param name="Bytes">Its exact bytes.</param>
/// <param name="Reading">What they say by themselves.</param>
/// <param name="Outcome">What the fold made of it.</param>
/// <param name="Payload">The signed payload as JSON; null when there is none to be had.</param>
public sealed record EntryRecord(long Index, byte[] Bytes, EntryReading Reading, Outcome Outcome, JsonElement? Payload);

/// <summary>Reads published entries back from the ledger's files.</summary>
public sealed class EntryBook(DataDirectory data, Sequencer sequencer, NoteSigner log)
{
    private readonly LedgerReader reader = LedgerReader.ForDirectory(data.Ledger);

    /// <summary>One entry; null beyond the published size.</summary>
    public async Task<EntryRecord?> ReadAsync(long index) =>
        index >= 0 && await ReadAsync(index, 1) is [var entry] ? entry : null;

    /// <summary>Up to <paramref name="count"/> entries from an index; fewer at the end.</summary>
    public async Task<IReadOnlyList<EntryRecord>> ReadAsync(long from, int count)
    {
        var now = sequencer.Current;
        var size = now.World.Size;
        if (from >= size)
        {
            return [];
        }

        if (!(await reader.ReadEntriesAsync(from, Math.Min(size, from + count), size)).TryGet(out var entries, out var fault))
        {
            throw new LedgerFaultException(data.Ledger, fault);
        }

        return [.. entries.Select((bytes, i) => Record(from + i, bytes, now))];
    }

    /// <summary>The receipt of an entry, the same bytes as at submission; null beyond the published size.</summary>
    public async Task<Receipt?> ReceiptAsync(long index)
    {
        var size = sequencer.Current.World.Size;
        if (index < 0 || index >= size)
        {
            return null;
        }

        return (await reader.FirstReceiptAsync(index, size, log)).TryGet(out var receipt, out var fault)
            ? receipt
            : throw new LedgerFaultException(data.Ledger, fault);
    }

    /// <summary>The proof that an entry is in the tree of a published checkpoint; null beyond its size.</summary>
    public async Task<InclusionProof?> ProofAsync(long index, Checkpoint checkpoint)
    {
        if (index < 0 || index >= checkpoint.Size)
        {
            return null;
        }

        return (await reader.ProveInclusionAsync(index, checkpoint.Size)).TryGet(out var proof, out var fault)
            ? proof
            : throw new LedgerFaultException(data.Ledger, fault);
    }

    private static EntryRecord Record(long index, ReadOnlyMemory<byte> bytes, Snapshot now)
    {
        var payload = Entry.TrySplit(bytes, out _, out var envelope)
            && Envelope.Parse(envelope) is { IsGood: true } parsed
            && StrictJson.TryParse(parsed.Value.Payload, out var json, out _) ? json : (JsonElement?)null;
        return new EntryRecord(index, bytes.ToArray(), EntryReading.Of(bytes), now.OutcomeOf(index), payload);
    }
}
