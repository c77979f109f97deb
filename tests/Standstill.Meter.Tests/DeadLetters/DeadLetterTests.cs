using System.Text.Json;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Tests.Scraping;

namespace Standstill.Meter.Tests.DeadLetters;

public sealed class DeadLetterTests : IDisposable
{
    private static readonly DeadLetterKind A = new("test/a", "is bad", "make it good");
    private static readonly DeadLetterKind B = new("test/b", "is worse", "drop it");

    private readonly string _folder = Directory.CreateTempSubdirectory("standstill-meter-").FullName;
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_letter_is_a_readable_line_with_source_kind_place_and_remedy()
    {
        Open().Post("node-1", Tally(A, 1, "b{x=1} \"2\""));

        var line = JsonDocument.Parse(Assert.Single(Lines())).RootElement;
        Assert.Equal(
            """{"time":"2026-03-01T12:00:00.000Z","source":"node-1","kind":"test/a","count":1,"place":"line 1","input":"b{x=1} \"2\"","message":"is bad","remedy":"make it good"}""",
            line.GetRawText());
    }

    [Fact]
    public void Counts_are_exact_by_source_and_kind_whatever_is_sampled()
    {
        var file = Open();
        file.Post("node-1", Tally(A, 100_000));
        file.Post("node-1", Tally(B, 3));
        file.Post("node-2", Tally(A, 5));
        file.Post("node-1", Tally(A, 7));

        Assert.Equal([("node-1", "test/a", 100_007L), ("node-1", "test/b", 3L), ("node-2", "test/a", 5L)], file.Counts.Select(c => (c.Source, c.Kind, c.Count)));
        Assert.Equal(100_015, file.Total);
    }

    [Fact]
    public void After_the_first_sixteen_a_letter_is_written_when_its_count_doubles()
    {
        var file = Open();
        for (var i = 0; i < 1024; i++)
        {
            file.Post("node-1", Tally(A, 1));
        }

        Assert.Equal([.. Enumerable.Range(1, 16), 32, 64, 128, 256, 512, 1024], Lines().Select(CountOf));
    }

    [Fact]
    public void Counts_survive_a_restart()
    {
        var file = Open();
        file.Post("node-1", Tally(A, 1000));
        file.Post("node-2", Tally(B, 2));
        file.Save();
        _clock.Advance(TimeSpan.FromHours(1));

        var again = Open();
        again.Post("node-1", Tally(A, 1));
        Assert.Equal(1003, again.Total);
        var count = again.Counts[0];
        Assert.Equal((1001, TimeSpan.FromHours(1)), (count.Count, count.Last - count.First));
    }

    [Fact]
    public void Without_a_save_the_counts_are_those_of_the_samples_even_past_a_line_cut_short()
    {
        var file = Open();
        for (var i = 0; i < 40; i++)
        {
            file.Post("node-1", Tally(A, 1));
        }
        File.AppendAllText(Path.Combine(_folder, "letters.jsonl"), """{"time":"2026-03-01T12""");

        var again = Open();
        Assert.Equal(32, again.Total);
        again.Post("node-1", Tally(B, 1));
        Assert.Equal("test/b", JsonDocument.Parse(Lines()[^1]).RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public void Nonsense_in_its_own_files_does_not_stop_it()
    {
        File.WriteAllText(Path.Combine(_folder, "counts.json"), "[1]\n\0\n{\"source\":1}\n{\"source\":\"a\",\"kind\":\"b\",\"count\":-4,\"time\":\"x\"}\n\"\\ud800\"");

        Assert.Equal(0, Open().Total);
    }

    [Fact]
    public void Files_stay_bounded_under_a_flood_from_many_sources()
    {
        var file = Open();
        for (var i = 0; i < 20_000; i++)
        {
            file.Post($"node-{i}", Tally(A, 2, new string('x', 5000)));
        }

        Assert.Equal(40_000, file.Total);
        Assert.Equal(DeadLetterFile.Pairs + 1, file.Counts.Length);
        Assert.Equal(2 * (20_000 - DeadLetterFile.Pairs), file.Counts.Single(c => c.Source == "(other sources)").Count);
        Assert.All(Directory.GetFiles(_folder), f => Assert.InRange(new FileInfo(f).Length, 0, DeadLetterFile.FileBytes));
    }

    [Fact]
    public void A_full_file_is_turned_over_and_the_one_before_it_is_kept()
    {
        var file = Open();
        for (var i = 0; i < 900; i++)
        {
            file.Post($"{i:000} {new string('s', 196)}", Tally(A, 8, new string('\u0001', 300)));
        }

        Assert.True(File.Exists(Path.Combine(_folder, "letters.1.jsonl")));
        Assert.All(Directory.GetFiles(_folder), f => Assert.InRange(new FileInfo(f).Length, 1, DeadLetterFile.FileBytes));
        file.Save();
        Assert.Equal(7200, Open().Total);
    }

    [Fact]
    public void A_disk_that_takes_nothing_stops_no_counting()
    {
        var file = Open();
        Directory.CreateDirectory(Path.Combine(_folder, "letters.jsonl", "in-the-way"));

        file.Post("node-1", Tally(A, 3));
        Assert.Equal((3, 1), (file.Total, file.Unwritten));
    }

    [Fact]
    public void A_tally_shows_what_cannot_be_printed()
    {
        Assert.Equal("a\\x00\\xff\\x1b[31mé", DeadLetterTally.Excerpt([(byte)'a', 0, 0xff, 0x1b, .. "[31mé"u8]));
        Assert.Equal(new string('a', 200) + "…", DeadLetterTally.Excerpt([.. Enumerable.Repeat((byte)'a', 201)]));
    }

    [Fact]
    public void Tallies_add_up()
    {
        var sum = new DeadLetterTally();
        sum.Add(Tally(A, 20));
        sum.Add(Tally(A, 5));
        sum.Add(Tally(B, 1));
        sum.AddCount(B, 0);

        Assert.Equal((26, 25, 1, 9), (sum.Total, sum[A], sum[B], sum.Samples.Length));
    }

    private static DeadLetterTally Tally(DeadLetterKind kind, int count, string input = "input")
    {
        var tally = new DeadLetterTally();
        for (var i = 0; i < count; i++)
        {
            tally.Add(kind, $"line {i + 1}", input);
        }
        return tally;
    }

    private static int CountOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("count").GetInt32();

    private DeadLetterFile Open() => new(_folder, _clock);

    private string[] Lines() => File.ReadAllLines(Path.Combine(_folder, "letters.jsonl"));
}
