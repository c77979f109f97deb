using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Protocol.Inspections;

/// <summary>What an opening proves by itself, before any chunk file is read.</summary>
public static class OpeningProofs
{
    /// <summary>Everything that is wrong with an opening against the digest and the challenge; nothing where it is as it should be.</summary>
    /// <remarks>
    /// Checked, in this order: that challenge, opening and digest speak of one period; that the root commits to the number of chunks and to the
    /// totals; that the digest's figures follow from the totals; that exactly the drawn chunks are there, in order; and for each its
    /// window and its proof. Whether a summary is true of its file takes the file: see <see cref="ChunkFault"/>.
    /// </remarks>
    public static ImmutableArray<Fault> Faults(PeriodDigest digest, Challenge challenge, Opening opening)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (Digest.Of(digest.ToJson()) != challenge.Period)
        {
            faults.Add(new Fault("period", $"the challenge is to the digest `{challenge.Period}`, and this is another", "take the digest that the challenge names"));
        }

        if (opening.ChallengeId != challenge.Id || opening.Period != challenge.Period)
        {
            faults.Add(new Fault("challenge", $"the opening answers `{opening.ChallengeId}` for the digest `{opening.Period}`", $"send the opening of `{challenge.Id}` for `{challenge.Period}`"));
        }

        Totals(digest, opening, faults);
        var drawn = ChallengeDraw.Positions(challenge.CheckpointRoot, challenge.Id, digest.Chunks, challenge.Count);
        foreach (var position in drawn.Except(opening.Chunks.Select(c => c.Summary.Position)))
        {
            faults.Add(new Fault(Place(position), "the draw asks for this chunk, and the opening does not have it", "open every drawn chunk"));
        }

        var last = -1;
        foreach (var chunk in opening.Chunks)
        {
            Chunk(digest, opening, drawn, chunk, last, faults);
            last = Math.Max(last, chunk.Summary.Position);
        }

        return faults.ToImmutable();
    }

    /// <summary>What is wrong with a chunk's file against its summary, or null.</summary>
    /// <param name="summary">The summary that the digest commits to.</param>
    /// <param name="file">SHA-256 of the file.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="columns">Its rows.</param>
    public static Fault? ChunkFault(ChunkSummary summary, Digest file, long bytes, ChunkColumns columns)
    {
        if (file != summary.File || bytes != summary.Bytes)
        {
            return FileFault(summary, file, bytes);
        }

        ChunkSums sums;
        try
        {
            sums = ChunkAccount.Of(columns, summary.Window);
        }
        catch (OverflowException)
        {
            return new Fault(Place(summary.Position), "the samples of the file add up to more than 64 bits hold", "treat the digest as false: no meter could have written these figures");
        }

        var (first, last) = ChunkAccount.Span(columns, summary.Window);
        var wrong = ChunkSums.Names.Zip(sums.ToFields().Zip(summary.Sums.ToFields())).Where(f => f.Second.First != f.Second.Second)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.First} is {f.Second.First}, not {f.Second.Second}")).ToList();
        if ((first, last) != (summary.FirstMs, summary.LastMs))
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"its samples are from {first} to {last}, not from {summary.FirstMs} to {summary.LastMs}"));
        }

        return wrong.Count == 0 ? null
            : new Fault(Place(summary.Position), $"the samples of the file do not add up to the summary: {string.Join("; ", wrong)}", "treat the digest as false: it commits to sums that its samples do not have");
    }

    /// <summary>What is wrong with a file by its bytes alone, or null.</summary>
    public static Fault? FileFault(ChunkSummary summary, Digest file, long bytes) => file == summary.File && bytes == summary.Bytes ? null
        : new Fault(
            Place(summary.Position),
            string.Create(CultureInfo.InvariantCulture, $"the file has {bytes} bytes with SHA-256 `{file}`; the digest commits to {summary.Bytes} bytes with `{summary.File}`"),
            "send the file as the meter wrote it: any other was made after the digest");

    /// <summary>How a fault names a chunk: `chunk 17`.</summary>
    public static string Place(int position) => string.Create(CultureInfo.InvariantCulture, $"chunk {position}");

    private static void Totals(PeriodDigest digest, Opening opening, ImmutableArray<Fault>.Builder faults)
    {
        // The root of a tree with chunks follows from its proofs; that of none from nothing but itself.
        if (digest.Chunks == 0 && (digest.Root, opening.Totals) != SumTree.Root([]))
        {
            faults.Add(new Fault("root", "a period without chunks has the root and the sums of the empty tree", "treat the digest as false"));
        }

        var figures = PeriodFigures.Of(opening.Totals);
        if (figures != digest.Figures)
        {
            faults.Add(new Fault("totals", "the figures of the digest are not those of the totals", "treat the digest as false if the proofs hold: its root commits to other sums"));
        }

        var period = (Int128)(digest.To - digest.From).Ticks / TimeSpan.TicksPerMillisecond;
        var sums = opening.Totals;
        if ((Int128)sums.BusyMs + sums.LightMs + sums.IdleMs + sums.DarkMs > period * digest.Chips)
        {
            faults.Add(new Fault("totals", $"the chip-time is more than {digest.Chips} accelerators have in the period", "treat the digest as false: it counts time twice, or accelerators too few"));
        }
    }

    private static void Chunk(PeriodDigest digest, Opening opening, ImmutableArray<int> drawn, OpenedChunk chunk, int last, ImmutableArray<Fault>.Builder faults)
    {
        var summary = chunk.Summary;
        var place = Place(summary.Position);
        if (!drawn.Contains(summary.Position))
        {
            faults.Add(new Fault(place, "nobody asked for this chunk", "open the drawn chunks only"));
        }

        if (summary.Position <= last)
        {
            faults.Add(new Fault(place, "the chunk stands there twice, or after a later one", "give each chunk once, in the order of positions"));
        }

        if (summary.Window.FromMs < digest.From.ToUnixTimeMilliseconds() || summary.Window.ToMs > digest.To.ToUnixTimeMilliseconds())
        {
            faults.Add(new Fault(place, "the time that the chunk owns is not within the period", "treat the digest as false: it counts time of another period"));
        }

        if (!SumTree.Verify(digest.Root, opening.Totals, summary, chunk.Proof, digest.Chunks))
        {
            faults.Add(new Fault(
                place,
                string.Create(CultureInfo.InvariantCulture, $"the proof does not lead from this summary to the root `{digest.Root}` with {digest.Chunks} chunks and these totals"),
                "send the summary, proof and totals that the meter made when it closed the period"));
        }
    }
}
