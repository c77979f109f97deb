using System.Collections.Immutable;
using System.IO.Compression;
using DuckDB.NET.Data;
using Standstill.Meter.Closing;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Tests.Closing;

public sealed class OpeningCheckTests
{
    [Fact]
    public async Task An_answer_verifies_offline_from_its_folder_and_from_its_archive()
    {
        await using var hall = await MeteredHall.WithAnHour();
        var (digest, challenge, folder) = Answered(hall);
        Assert.Empty(Faults(hall, digest, challenge, folder));
        OpeningAnswer.Pack(folder, folder + ".zip");
        Assert.Empty(Faults(hall, digest, challenge, folder + ".zip"));
        Assert.Equal(5, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public async Task The_answer_does_not_need_the_meter()
    {
        var hall = await MeteredHall.WithAnHour();
        var (digest, challenge, folder) = Answered(hall);
        var elsewhere = Directory.CreateTempSubdirectory("opening-").FullName;
        Directory.Move(folder, Path.Combine(elsewhere, "opening"));
        await hall.DisposeAsync();
        Assert.Empty(OpeningCheck.Faults(PeriodDigest.Read(digest.ToJson()).OrThrow(), Challenge.Read(challenge.ToJson()).OrThrow(), Path.Combine(elsewhere, "opening"), elsewhere));
        Directory.Delete(elsewhere, recursive: true);
    }

    /// <summary>One sample of a chunk is dropped, doubled or edited, or the order is changed, in the Parquet file that the facility sends.</summary>
    [Theory]
    [InlineData("SELECT * FROM original WHERE time_ms != (SELECT max(time_ms) FROM original)")]
    [InlineData("SELECT * FROM original UNION ALL (SELECT * FROM original LIMIT 1)")]
    [InlineData("SELECT * REPLACE (value / 2 AS value) FROM original")]
    [InlineData("SELECT * FROM original ORDER BY time_ms DESC, series DESC")]
    [InlineData("SELECT * REPLACE (time_ms + 1 AS time_ms) FROM original")]
    public async Task A_file_that_was_changed_after_the_digest_is_named_with_its_position(string change)
    {
        await using var hall = await MeteredHall.WithAnHour();
        var (digest, challenge, folder) = Answered(hall);
        var file = Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal).First();
        Rewrite(file, change);
        var fault = Assert.Single(Faults(hall, digest, challenge, folder));
        Assert.Equal(Path.GetFileNameWithoutExtension(file).Replace('-', ' '), fault.Place);
        Assert.Contains("send the file as the meter wrote it", fault.Remedy, StringComparison.Ordinal);
    }

    /// <summary>A meter that lied from the start: it commits to a file, and to sums or a window that the file does not have.</summary>
    [Theory]
    [InlineData("idle", "the samples of the file do not add up to the summary: busyMs is")]
    [InlineData("period", "the file was written for another area, period or window")]
    [InlineData("columns", "the file has the columns `series INTEGER, time_ms BIGINT`")]
    [InlineData("bomb", "the file has 20000000 rows, and no chunk has more than 16000000")]
    [InlineData("text", "the file is no Parquet file")]
    public async Task A_false_commitment_is_seen_when_it_is_opened(string lie, string message)
    {
        await using var hall = await MeteredHall.WithAnHour();
        var period = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!;
        var chunks = period.Chunks.ToArray();
        var files = Enumerable.Range(0, chunks.Length).Select(i => Directory.GetFiles(Path.Combine(hall.Data, "chunks", MeteredHall.Area, "20261124T1200Z"), $"{i}.parquet").Single()).ToArray();
        switch (lie)
        {
            case "idle":
                chunks[1] = chunks[1] with { Sums = chunks[1].Sums with { BusyMs = 0, IdleMs = chunks[1].Sums.IdleMs + chunks[1].Sums.BusyMs } };
                break;
            case "period":
                File.Copy(files[2], files[1], overwrite: true);
                break;
            case "columns":
                Rewrite(files[1], "SELECT series, time_ms FROM original");
                break;
            case "bomb":
                Rewrite(files[1], "SELECT 1::INTEGER AS series, 'm' AS metric, 's' AS subject, false AS carried, 0::BIGINT AS time_ms, 0::DOUBLE AS value FROM range(20000000)");
                break;
            default:
                File.WriteAllText(files[1], "PAR1 or not");
                break;
        }

        chunks[1] = chunks[1] with { File = Digest.Of(File.ReadAllBytes(files[1])), Bytes = new FileInfo(files[1]).Length };
        var (root, totals) = SumTree.Root(chunks);
        var digest = period.Digest with { Figures = PeriodFigures.Of(totals), Root = root };
        var challenge = new Challenge("challenge-1", Digest.Of(digest.ToJson()), Digest.Of("checkpoint"u8), chunks.Length);
        var folder = Path.Combine(hall.Folder, "opening");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Opening.FileName), new Opening("challenge-1", challenge.Period, totals, [.. chunks.Select(c => new OpenedChunk(c, SumTree.Prove(chunks, c.Position)))]).ToJson());
        foreach (var chunk in chunks)
        {
            File.Copy(files[chunk.Position], Path.Combine(folder, OpenedChunk.FileName(chunk.Position)));
        }

        var fault = Assert.Single(Faults(hall, digest, challenge, folder));
        Assert.Equal(("chunk 1", message), (fault.Place, fault.Message[..Math.Min(message.Length, fault.Message.Length)]));
    }

    [Fact]
    public async Task What_is_missing_linked_too_long_or_there_twice_is_named()
    {
        await using var hall = await MeteredHall.WithAnHour();
        var (digest, challenge, folder) = Answered(hall);
        var file = Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(file);

        File.Delete(file);
        Assert.Equal("the opening lacks this file", Assert.Single(Faults(hall, digest, challenge, folder)).Message);
        File.CreateSymbolicLink(file, "/dev/zero");
        Assert.Equal("the file is a link", Assert.Single(Faults(hall, digest, challenge, folder)).Message);
        File.Delete(file);
        File.WriteAllBytes(file, [.. bytes, .. new byte[10_000_000]]);
        Assert.Equal($"the file is longer than {bytes.Length} bytes", Assert.Single(Faults(hall, digest, challenge, folder)).Message);
        File.WriteAllBytes(file, bytes);

        OpeningAnswer.Pack(folder, folder + ".zip");
        using (var archive = ZipFile.Open(folder + ".zip", ZipArchiveMode.Update))
        {
            archive.CreateEntryFromFile(file, Path.GetFileName(file));
        }

        Assert.Equal("the archive has two files of this name", Assert.Single(Faults(hall, digest, challenge, folder + ".zip")).Message);
        Assert.Single(Faults(hall, digest, challenge, folder + ".none"));
        Assert.Equal($"`{file}` is no zip archive", Assert.Single(Faults(hall, digest, challenge, file)).Message);
    }

    [Fact]
    public async Task Nothing_leaves_the_scratch_folder_and_nothing_stays_in_it_whatever_an_archive_names()
    {
        await using var hall = await MeteredHall.WithAnHour();
        var (digest, challenge, folder) = Answered(hall);
        OpeningAnswer.Pack(folder, folder + ".zip");
        using (var archive = ZipFile.Open(folder + ".zip", ZipArchiveMode.Update))
        {
            using var entry = archive.CreateEntry("../../escaped.txt").Open();
            entry.Write("out"u8);
        }

        Assert.Empty(Faults(hall, digest, challenge, folder + ".zip"));
        Assert.Empty(Directory.GetFiles(hall.Folder, "escaped.txt", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(Path.Combine(hall.Folder, "scratch")));
    }

    [Fact]
    public async Task An_answer_is_refused_for_chunks_that_retention_took_and_for_files_that_changed()
    {
        await using var hall = await MeteredHall.WithAnHour();
        var period = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!;
        var challenge = new Challenge("challenge-1", period.Name, Digest.Of("checkpoint"u8), 2);
        var files = Directory.GetFiles(Path.Combine(hall.Data, "chunks", MeteredHall.Area, "20261124T1200Z"));
        foreach (var file in files)
        {
            File.WriteAllText(file, "changed");
        }

        Assert.All(Refusals(), f => Assert.Contains("the disk or somebody has changed it", f.Remedy, StringComparison.Ordinal));
        hall.Time.Pass(TimeSpan.FromDays(40));
        Assert.NotEmpty(hall.Store.Retire(_ => false));
        Assert.All(Refusals(), f => Assert.StartsWith("retention has deleted the samples up to 2026-11-24T1", f.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(hall.Folder, "opening")));
        Assert.Equal("period", Assert.Single(OpeningAnswer.Write(hall.Closed, hall.Data, challenge with { Period = Digest.Of([]) }, "x").Faults).Place);

        ImmutableArray<Fault> Refusals()
        {
            var refused = OpeningAnswer.Write(hall.Closed, hall.Data, challenge, Path.Combine(hall.Folder, "opening")).Faults;
            Assert.Equal(2, refused.Length);
            return refused;
        }
    }

    [Fact]
    public async Task An_open_challenge_keeps_the_chunks_of_its_period_over_restarts_until_it_is_settled()
    {
        await using var hall = await MeteredHall.WithAnHour();
        await hall.Run(60);
        var period = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!;
        var challenge = new Challenge("a name / that is no file name", period.Name, Digest.Of("checkpoint"u8), 2);
        Assert.Null(new OpenChallenges(hall.Data, hall.Closed).Add(challenge));
        hall.Time.Pass(TimeSpan.FromDays(40));

        var open = new OpenChallenges(hall.Data, hall.Closed);
        Assert.Equal([challenge], open.All);
        var gone = hall.Store.Retire(open.Needs);
        Assert.NotEmpty(gone);
        Assert.All(gone, c => Assert.NotEqual(MeteredHall.Ms(0), c.PeriodFromMs));
        Assert.NotNull(OpeningAnswer.Write(hall.Closed, hall.Data, challenge, Path.Combine(hall.Folder, "opening")).Value);

        open.Settle(challenge.Id);
        Assert.Empty(new OpenChallenges(hall.Data, hall.Closed).All);
        Assert.All(hall.Store.Retire(open.Needs), c => Assert.Equal(MeteredHall.Ms(0), c.PeriodFromMs));
        Assert.NotNull(open.Add(challenge with { Period = Digest.Of([]) }));
    }

    private static (PeriodDigest Digest, Challenge Challenge, string Folder) Answered(MeteredHall hall)
    {
        var period = hall.Closed.Find(MeteredHall.Area, MeteredHall.Ms(0))!;
        var challenge = new Challenge("challenge-1", period.Name, Digest.Of("checkpoint"u8), 4);
        var folder = Path.Combine(hall.Folder, "opening");
        var written = OpeningAnswer.Write(hall.Closed, hall.Data, challenge, folder).OrThrow();
        Assert.Equal(written.Json, Digest.Of(File.ReadAllBytes(Path.Combine(folder, Opening.FileName))));
        return (period.Digest, challenge, folder);
    }

    private static ImmutableArray<Fault> Faults(MeteredHall hall, PeriodDigest digest, Challenge challenge, string path)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(hall.Folder, "scratch")).FullName;
        return OpeningCheck.Faults(digest, challenge, path, scratch);
    }

    private static void Rewrite(string file, string query)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE original AS SELECT * FROM read_parquet('{file}'); COPY ({query}) TO '{file}.new' (FORMAT parquet)";
        command.ExecuteNonQuery();
        File.Move(file + ".new", file, overwrite: true);
    }
}
