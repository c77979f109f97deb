using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Standstill.Meter.Store;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Closing;

/// <summary>An opening on disk.</summary>
/// <param name="Opening">What it says.</param>
/// <param name="Json">SHA-256 of its `opening.json`, which names the hash of each chunk file and so stands for the whole, folder or archive.</param>
public sealed record WrittenOpening(Opening Opening, Digest Json);

/// <summary>Answers a challenge: the drawn chunks, with their proofs and files, in a folder or an archive.</summary>
public static class OpeningAnswer
{
    /// <summary>Writes the answer into a new folder. Refused, with the reason, when a drawn chunk cannot be opened.</summary>
    /// <param name="closed">What the meter has closed.</param>
    /// <param name="dataDirectory">Its data directory.</param>
    /// <param name="challenge">The challenge.</param>
    /// <param name="folder">A folder that does not exist yet. `opening.json` is written last: a folder without it is no answer.</param>
    public static Parsed<WrittenOpening> Write(ClosedPeriods closed, string dataDirectory, Challenge challenge, string folder)
    {
        if (closed.Find(challenge.Period) is not { } period)
        {
            return Parsed<WrittenOpening>.Bad("period", $"no closed period has the digest `{challenge.Period}`", "answer with the meter that signed it");
        }

        if (Directory.Exists(folder) || File.Exists(folder))
        {
            return Parsed<WrittenOpening>.Bad("folder", $"`{folder}` exists", "name a new folder");
        }

        var drawn = ChallengeDraw.Positions(challenge.CheckpointRoot, challenge.Id, period.Chunks.Count, challenge.Count);
        var files = drawn.Select(p => (Position: p, Path: Path.Combine(dataDirectory, Chunk.PathOf(period.Digest.Area, period.Digest.From.ToUnixTimeMilliseconds(), p)))).ToList();
        var faults = files.Select(f => FaultOf(period.Chunks[f.Position], f.Path)).OfType<Fault>().ToImmutableArray();
        if (!faults.IsEmpty)
        {
            return Parsed<WrittenOpening>.Bad(faults);
        }

        var opening = new Opening(
            challenge.Id, challenge.Period, SumTree.Root(period.Chunks).Totals,
            [.. drawn.Select(p => new OpenedChunk(period.Chunks[p], SumTree.Prove(period.Chunks, p)))]);
        var json = opening.ToJson();
        Directory.CreateDirectory(folder);
        foreach (var (position, path) in files)
        {
            File.Copy(path, Path.Combine(folder, OpenedChunk.FileName(position)));
        }

        File.WriteAllBytes(Path.Combine(folder, Opening.FileName), json);
        return Parsed<WrittenOpening>.Good(new WrittenOpening(opening, Digest.Of(json)));
    }

    /// <summary>Packs a folder that <see cref="Write"/> made. Parquet is compressed already: the archive only holds it together.</summary>
    public static void Pack(string folder, string archive) => ZipFile.CreateFromDirectory(folder, archive, CompressionLevel.NoCompression, includeBaseDirectory: false);

    private static Fault? FaultOf(ChunkSummary chunk, string path)
    {
        if (!File.Exists(path))
        {
            var end = DateTimeOffset.FromUnixTimeMilliseconds(chunk.Window.ToMs).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
            return new Fault(
                OpeningProofs.Place(chunk.Position), $"retention has deleted the samples up to {end}, or the file is lost",
                "restore the file from a copy, or answer on the ledger that the samples are gone: inspectors weigh that against the retention stated");
        }

        using var file = File.OpenRead(path);
        return OpeningProofs.FileFault(chunk, FileDigest.Of(file), file.Length) is { } fault
            ? fault with { Remedy = "restore the file from a copy: the disk or somebody has changed it" }
            : null;
    }
}
