namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class ReconcileTests : IDisposable
{
    private static readonly string[] Tables =
        [.. new[] { "amd", "nvidia", "tpu", "trainium" }.Select(m => SamplesTests.At($"samples/compute/{m}_cumulative_by_chip.csv"))];

    private readonly Scratch scratch = new();

    private static string Runs => SamplesTests.At("tests/Standstill.Measurement.Tests/testdata/fleet/training_runs_reconciliation.json");

    public void Dispose() => scratch.Dispose();

    // The figures of docs/compute/fleet.md, computed apart by Python's statistics module.
    [Fact]
    public async Task Published_runs_show_their_spread_and_those_that_stand_out()
    {
        var answer = await Terminal.RunAsync("compute", "reconcile", "runs", Runs);
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.StartsWith("257 runs: half imply 0.3182 of the peak or more", answer.Output, StringComparison.Ordinal);
        Assert.Equal("37 need more than the peak, 22 are low, 0 high", answer.Line("37 need"));
        Assert.EndsWith("136.5 – 17.9 impossible", answer.Line("Phi-4-Reasoning"), StringComparison.Ordinal);
        Assert.DoesNotContain("Grok-3", answer.Output, StringComparison.Ordinal);

        var all = await Terminal.RunAsync("compute", "reconcile", "runs", Runs, "--all", "--json");
        Assert.Equal((257, 59), (all.Json.GetProperty("rows").GetArrayLength(), all.Json.GetProperty("odd").GetInt32()));
    }

    [Theory]
    [InlineData("{}", ": rows: missing, or no list; give an object with a list `rows`")]
    [InlineData("""{"rows":[]}""", ": rows: 0 runs have no spread; give at least three")]
    [InlineData("""{"rows":[{"quantity":0}]}""", ": rows[0].quantity: `0` is not a positive number; give a number above 0")]
    public async Task A_bad_list_of_runs_is_refused(string content, string message)
    {
        var file = scratch.Write("runs.json", content);
        var answer = await Terminal.RunAsync("compute", "reconcile", "runs", file);
        Assert.Equal((1, $"standstill: {file}{message}"), (answer.Status, answer.Errors.TrimEnd()));
    }

    [Fact]
    public async Task Nobody_s_accelerators_are_what_was_made_less_what_is_retired()
    {
        var answer = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", .. Tables, "--as-of", "2025-12-31"]);
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.StartsWith("2025-12-31, in H100-equivalents at dense bf16", answer.Output, StringComparison.Ordinal);
        Assert.Equal("made 18,895,478 (16,736,612 to 21,306,298)", answer.Line("made 1"));
        Assert.StartsWith("nobody's 18,7", answer.Line("nobody's"), StringComparison.Ordinal);
        Assert.Contains("no table says it", answer.Line("retired"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_by_owner_are_left_out_and_that_is_said()
    {
        var owners = SamplesTests.At("samples/compute/nvidia_owners_cumulative_by_chip.csv");
        var with = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", owners, .. Tables]);
        var without = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", .. Tables]);
        Assert.Equal($"left out counts by owner, of what was bought: {owners}", with.Line("left out"));
        Assert.Equal(without.Line("nobody's"), with.Line("nobody's"));
    }

    [Fact]
    public async Task What_a_ledger_accounts_for_is_taken_off()
    {
        using var story = new ComputeStory();
        var without = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", .. Tables, "--json"]);
        var with = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", .. Tables, "--ledger", story.Ledger, "--json"]);
        Assert.Equal((0, ""), (with.Status, with.Errors));
        Assert.Equal(100, with.Json.GetProperty("declared").GetDouble(), 1e-9);
        Assert.Equal(100, Median(without) - Median(with), 1e-3);

        static double Median(Answer answer) => answer.Json.GetProperty("nobodys").GetProperty("median").GetDouble();
    }

    [Theory]
    [InlineData("nvidia_cumulative_by_chip.csv", "--measure flop", "--measure: `flop` is none of bf16, published, pieces")]
    [InlineData("nvidia_cumulative_by_chip.csv", "--measure pieces --ledger nowhere", "--ledger accounts for FLOP/s at dense bf16, and --measure pieces counts accelerators: one less the other means nothing; use --measure bf16")]
    [InlineData("nvidia_cumulative_by_chip.csv", "--as-of 2026", "--as-of: `2026` is not a day; write `2026-03-31`")]
    [InlineData("nvidia_cumulative_by_chip.csv", "--ledger nowhere", "`nowhere` is neither an http address nor a directory")]
    [InlineData("nvidia_owners_cumulative_by_chip.csv", "", "--table: `FILE` counts by owner, what was bought; give the tables of what was made, by kind")]
    [InlineData("nvidia_cumulative_totals.csv", "", "--table: `FILE` holds totals; give the tables by kind, `*_cumulative_by_chip.csv`")]
    public async Task Bad_options_of_the_world_are_named_with_what_to_do(string table, string options, string message)
    {
        var file = SamplesTests.At($"samples/compute/{table}");
        var answer = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, $"standstill: {message.Replace("FILE", file, StringComparison.Ordinal)}"), (answer.Status, answer.Errors.TrimEnd()));
    }

    [Fact]
    public async Task A_day_before_all_counts_is_refused_with_the_first_one()
    {
        var answer = await Terminal.RunAsync(["compute", "reconcile", "world", "--table", .. Tables, "--as-of", "2001-01-01"]);
        Assert.Equal(2, answer.Status);
        Assert.StartsWith("standstill: --as-of: no count goes up to 2001-01-01; the first one ends on 20", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_whose_ends_and_runs_agree_is_good()
    {
        using var story = new ComputeStory();
        story.Ship("lot-1", 10, 10);
        story.Day(ComputeStory.Training("llm-1", 2000, 0.4), ComputeStory.Training("quiet", 200, null));
        story.Day(ComputeStory.Training("llm-1", 2200, 0.3));

        var answer = await Terminal.RunAsync("compute", "reconcile", "ledger", story.Ledger);
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.Contains(" agrees ", answer.Line("lot-1 shipment"), StringComparison.Ordinal);
        Assert.StartsWith("sample-birch/llm-1 2 4,200 ", answer.Line("sample-birch/llm-1"), StringComparison.Ordinal);
        Assert.EndsWith("declared use 0.348 consistent", answer.Line("sample-birch/llm-1"), StringComparison.Ordinal);
        Assert.EndsWith("nobody – nothing to compare", answer.Line("sample-birch/quiet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.0, "impossible", "impossible: 3.17e+21 FLOP beyond the peak")]
    [InlineData(0.01, "more-time", "chip-hours more than the work explains")]
    [InlineData(0.9, "more-work", "FLOP more than the time plausibly yields")]
    public async Task A_run_whose_operations_do_not_fit_its_chip_time_is_named(double share, string verdict, string text)
    {
        using var story = new ComputeStory();
        story.Day(ComputeStory.Training("llm-1", 890, share), ComputeStory.Training("llm-1", 1310, null));
        var answer = await Terminal.RunAsync("compute", "reconcile", "ledger", story.Ledger, "--json");
        var run = Assert.Single(answer.Json.GetProperty("runs").EnumerateArray());
        Assert.Equal((1, verdict, 890.0, 2200.0), (answer.Status, run.GetProperty("verdict").GetString(), run.GetProperty("compared").GetDouble(), run.GetProperty("chipHours").GetDouble()));
        Assert.Contains(text, run.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(share, run.GetProperty("implied").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Without_operations_in_declared_use_the_run_s_report_stands_against_all_its_hours()
    {
        using var story = new ComputeStory();
        story.Day(ComputeStory.Training("llm-1", 2200, null));
        story.Birch("run-updated", new { run = "llm-1", flopSoFar = 2200 * 3600 * ComputeStory.Peak * 0.35 });
        var answer = await Terminal.RunAsync("compute", "reconcile", "ledger", story.Ledger);
        Assert.EndsWith("the run's report 0.35 consistent", answer.Line("sample-birch/llm-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_ends_that_differ_and_one_that_stays_silent_are_named()
    {
        using var story = new ComputeStory();
        story.Ship("lot-1", 10, 9);
        story.Cloud("movement", new { movement = "lot-2", step = "rented", counterparty = "sample-birch", accelerator = ComputeStory.Kind, count = 5, on = ComputeStory.Time(story.Told.Clock.AddMinutes(-1)) });
        var early = await Terminal.RunAsync("compute", "reconcile", "ledger", story.Ledger);
        Assert.Equal(1, early.Status);
        Assert.Contains("differs by 1", early.Line("lot-1"), StringComparison.Ordinal);
        Assert.Contains("sample-cloud alone; sample-birch has time until 2025-01-31", early.Line("lot-2"), StringComparison.Ordinal);

        story.Told.WaitDays(31).Tick();
        var late = await Terminal.RunAsync("compute", "reconcile", "ledger", story.Ledger);
        Assert.Contains("sample-birch is silent for more than 30 days", late.Line("lot-2"), StringComparison.Ordinal);
    }
}
