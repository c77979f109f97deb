using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;
using Standstill.Meter.Store;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Closing;

/// <summary>Checks an opening offline: from the digest on the ledger, the challenge, and the files that the facility sent, and nothing else.</summary>
/// <remarks>
/// First the proofs (<see cref="OpeningProofs"/>), then each file: its length and hash, that it is a chunk file with just the columns of one, and that its
/// samples add up to the summary. A file whose proof fails is not read. Parquet is read by native code: whoever expects malice runs the check where nothing else is.
/// </remarks>
public static class OpeningCheck
{
    /// <summary>Longest chunk file that is read, bytes.</summary>
    public const long MaximumFileBytes = 1L << 30;

    /// <summary>Most rows of a chunk file: a few bytes of Parquet can stand for any number.</summary>
    public const long MaximumRows = 16_000_000;

    private static readonly ImmutableArray<(string Name, string Type)> Columns =
    [
        ("series", "INTEGER"), ("metric", "VARCHAR"), ("subject", "VARCHAR"), ("carried", "BOOLEAN"), ("time_ms", "BIGINT"), ("value", "DOUBLE"),
    ];

    /// <summary>Everything that is wrong; nothing where the opening holds.</summary>
    /// <param name="digest">The digest, as the ledger has it.</param>
    /// <param name="challenge">The challenge, as the ledger has it.</param>
    /// <param name="path">The folder or archive.</param>
    /// <param name="scratch">A folder for one unpacked file at a time.</param>
    public static ImmutableArray<Fault> Faults(PeriodDigest digest, Challenge challenge, string path, string scratch)
    {
        var source = OpeningSource.Open(path);
        if (!source.IsGood)
        {
            return source.Faults;
        }

        using var files = source.Value;
        using var json = new MemoryStream();
        if (files.Copy(Opening.FileName, json, Opening.MaximumBytes) is { } missing)
        {
            return [missing];
        }

        var opening = Opening.Read(json.ToArray());
        if (!opening.IsGood)
        {
            return opening.Faults;
        }

        var faults = OpeningProofs.Faults(digest, challenge, opening.Value);
        var doubted = faults.Select(f => f.Place).ToHashSet(StringComparer.Ordinal);
        foreach (var chunk in opening.Value.Chunks.Where(c => !doubted.Contains(OpeningProofs.Place(c.Summary.Position))))
        {
            if (ChunkFault(digest, chunk.Summary, files, scratch) is { } fault)
            {
                faults = faults.Add(fault);
            }
        }

        return faults;
    }

    private static Fault? ChunkFault(PeriodDigest digest, ChunkSummary summary, OpeningSource files, string scratch)
    {
        var place = OpeningProofs.Place(summary.Position);
        if (summary.Bytes > MaximumFileBytes)
        {
            return new Fault(place, string.Create(CultureInfo.InvariantCulture, $"the file has {summary.Bytes} bytes, and no chunk has more than {MaximumFileBytes}"), "treat the digest as false: no meter writes such a chunk");
        }

        var name = OpenedChunk.FileName(summary.Position);
        var path = Path.Combine(scratch, name);
        try
        {
            Digest hash;
            long length;
            using (var copy = File.Create(path))
            {
                if (files.Copy(name, copy, summary.Bytes) is { } fault)
                {
                    return fault with { Place = place };
                }

                (copy.Position, length) = (0, copy.Length);
                hash = FileDigest.Of(copy);
            }

            return OpeningProofs.FileFault(summary, hash, length) ?? ContentFault(digest, summary, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Fault? ContentFault(PeriodDigest digest, ChunkSummary summary, string path)
    {
        const string Remedy = "treat the digest as false: it commits to a file that no meter wrote";
        var place = OpeningProofs.Place(summary.Position);
        if (ShapeFault(path) is { } shape)
        {
            return new Fault(place, shape, Remedy);
        }

        using var file = new ChunkFile();
        var read = file.Read(path);
        if (!read.IsGood)
        {
            return new Fault(place, read.Faults[0].Message, Remedy);
        }

        var rows = read.Value;
        return rows.Window != summary.Window || rows.Area != digest.Area || rows.PeriodFromMs != digest.From.ToUnixTimeMilliseconds()
            ? new Fault(place, "the file was written for another area, period or window than its summary says", Remedy)
            : OpeningProofs.ChunkFault(summary, summary.File, summary.Bytes, rows.ToColumns());
    }

    // Before any row is read: that the columns are those of a chunk, and that they are not too many.
    private static string? ShapeFault(string path)
    {
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:;memory_limit=512MB;threads=1");
            connection.Open();
            using var command = connection.CreateCommand();
            var quoted = $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
            command.CommandText = $"SELECT num_rows FROM parquet_file_metadata({quoted})";
            if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) is var count and (< 0 or > MaximumRows))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the file has {count} rows, and no chunk has more than {MaximumRows}");
            }

            command.CommandText = $"DESCRIBE SELECT * FROM read_parquet({quoted})";
            using var reader = command.ExecuteReader();
            var columns = new List<(string Name, string Type)>();
            while (reader.Read())
            {
                columns.Add((reader.GetString(0), reader.GetString(1)));
            }

            return columns.SequenceEqual(Columns) ? null
                : $"the file has the columns `{string.Join(", ", columns.Take(12).Select(c => $"{c.Name} {c.Type}"))}`, not those of a chunk";
        }
        catch (DuckDBException)
        {
            return "the file is no Parquet file";
        }
    }
}
