using System.Collections.Immutable;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Node;

/// <summary>The world from what is on disk, by the same fold as ever; signatures are checked on all cores.</summary>
internal static class Replay
{
    private const int Chunk = 4096;

    public static async Task<(Snapshot Snapshot, Dictionary<Digest, long> Known)> FromAsync(string directory, SignedCheckpoint head)
    {
        var reader = LedgerReader.ForDirectory(directory);
        var world = World.Empty;
        var voids = ImmutableSortedDictionary.CreateBuilder<long, Outcome.Void>();
        var known = new Dictionary<Digest, long>();
        for (long from = 0; from < head.Checkpoint.Size; from += Chunk)
        {
            var to = Math.Min(from + Chunk, head.Checkpoint.Size);
            if (!(await reader.ReadEntriesAsync(from, to, head.Checkpoint.Size)).TryGet(out var entries, out var fault))
            {
                throw new LedgerFaultException(directory, fault);
            }

            var readings = new EntryReading[entries.Length];
            Parallel.For(0, entries.Length, i => readings[i] = EntryReading.Of(entries[i]));
            foreach (var reading in readings)
            {
                var (next, outcome) = Fold.Apply(world, reading);
                if (reading.Statement is { } statement)
                {
                    known.TryAdd(statement.Id, world.Size);
                }

                if (outcome is Outcome.Void why)
                {
                    voids.Add(world.Size, why);
                }

                world = next;
            }
        }

        return (new Snapshot(world, head, voids.ToImmutable()), known);
    }
}
