using System.Collections.Immutable;
using Standstill.Ledger;
using Standstill.Protocol;

namespace Standstill.Node;

/// <summary>The world from what is on disk, by the same fold as ever; signatures are checked on all cores.</summary>
internal static class Replay
{
    private const int Chunk = 2048;

    public static async Task<(Snapshot Snapshot, Dictionary<Digest, long> Known)> FromAsync(string directory, SignedCheckpoint head)
    {
        var reader = LedgerReader.ForDirectory(directory);
        var world = World.Empty;
        var voids = ImmutableSortedDictionary.CreateBuilder<long, Outcome.Void>();
        var known = new Dictionary<Digest, long>();
        var size = head.Checkpoint.Size;
        var next = ReadAsync(0);
        for (long from = 0; from < size; from += Chunk)
        {
            // The next chunk's signatures are checked while this one is folded.
            var readings = await next;
            next = ReadAsync(from + Chunk);
            foreach (var reading in readings)
            {
                var (after, outcome) = Fold.Apply(world, reading);
                if (reading.Statement is { } statement)
                {
                    known.TryAdd(statement.Id, world.Size);
                }

                if (outcome is Outcome.Void why)
                {
                    voids.Add(world.Size, why);
                }

                world = after;
            }
        }

        return (new Snapshot(world, head, voids.ToImmutable()), known);

        async Task<EntryReading[]> ReadAsync(long from)
        {
            if (from >= size)
            {
                return [];
            }

            var result = await reader.ReadEntriesAsync(from, Math.Min(from + Chunk, size), size);
            if (!result.TryGet(out var entries, out var fault))
            {
                throw new LedgerFaultException(directory, fault);
            }

            var readings = new EntryReading[entries.Length];
            await Task.Run(() => Parallel.For(0, entries.Length, i => readings[i] = EntryReading.Of(entries[i])));
            return readings;
        }
    }
}
