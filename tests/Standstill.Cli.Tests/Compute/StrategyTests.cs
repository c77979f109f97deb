using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Measurement.Adversary;

namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class StrategyTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_strategy_is_played_with_the_same_draws_for_the_same_seed()
    {
        var one = await Terminal.SayAsync("compute simulate slow-drip undeclared-chips --draws 100 --seed 7 --json");
        var again = await Terminal.SayAsync("compute simulate slow-drip undeclared-chips --draws 100 --seed 7 --json");
        Assert.Equal((0, ""), (one.Status, one.Errors));
        Assert.Equal(one.Output, again.Output);
        Assert.Equal(["slow-drip", "undeclared-chips"], one.Json.GetProperty("strategies").EnumerateArray().Select(s => s.GetProperty("strategy").GetString()));
        Assert.Equal(100, one.Json.GetProperty("draws").GetInt32());
    }

    [Fact]
    public async Task A_study_is_shown_as_columns_as_rows_for_the_docs_and_as_a_file()
    {
        var file = scratch.At("study.parquet");
        var shown = await Terminal.SayAsync($"compute simulate slow-drip --draws 100 --export {file}");
        Assert.Equal((0, ""), (shown.Status, shown.Errors));
        Assert.Contains("weakest path: slow-drip", shown.Output, StringComparison.Ordinal);
        Assert.Contains("false alarms a year, all measures: ", shown.Output, StringComparison.Ordinal);
        Assert.Equal("slow-drip all", TableFileTests.Read(file, "strategy, measure")[1]);

        var rows = await Terminal.SayAsync("compute simulate slow-drip --draws 100 --table");
        Assert.Contains("| slow-drip: ", rows.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slow-dripp", "`slow-dripp` is not a strategy; use undeclared-chips, ")]
    [InlineData("all --draws 99", "--draws: 99 is not from 100 to 10000000")]
    [InlineData("all --days 0", "--days: 0 is not from 1 to 1826")]
    [InlineData("all --flop 0", "--flop: `0` is not an amount above 0; write `1e25`")]
    [InlineData("all --flop NaN", "--flop: `NaN` is not an amount above 0; write `1e25`")]
    [InlineData("all --party sample-birch", "--party needs --ledger: where its measures are on record")]
    [InlineData("all --ledger nowhere", "--ledger needs --party: whose measures")]
    [InlineData("all --ledger nowhere --party sample-birch", "`nowhere` is neither an http address nor a directory")]
    public async Task Bad_options_of_a_simulation_are_named_with_what_to_do(string options, string message)
    {
        var answer = await Terminal.SayAsync("compute simulate " + options);
        Assert.Equal(2, answer.Status);
        Assert.StartsWith($"standstill: {message}", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assurance_is_computed_from_the_ledger_and_computed_again_by_anybody()
    {
        using var story = Metered();
        var body = scratch.At("assurance.json");
        var said = await Terminal.RunAsync("compute", "assurance", story.Ledger, "--party", "sample-birch", "--flop", "1e23", "--days", "30", "--draws", "100", "--body", body);
        Assert.Equal((0, ""), (said.Status, said.Errors));
        Assert.Contains("Not detectable by these measures", said.Output, StringComparison.Ordinal);

        var stated = JsonElement.Parse(File.ReadAllBytes(body));
        Assert.StartsWith($"assurance {stated.GetProperty("percent").GetInt32()} % at least, ", said.Line("assurance"), StringComparison.Ordinal);
        story.Told.Tell("sample-inspector.key", "assurance-assessed-v2", stated);
        var entry = story.Told.World.Size - 1;
        var same = await Terminal.RunAsync("compute", "assurance", story.Ledger, "--check", $"{entry}");
        Assert.Equal((0, ""), (same.Status, same.Errors));
        Assert.StartsWith("the same: sample-birch", same.Output, StringComparison.Ordinal);

        var better = JsonNode.Parse(stated.GetRawText())!;
        better["percent"] = (double)better["percent"]! is var percent && percent < 99 ? percent + 1 : 50;
        story.Told.Tell("sample-inspector.key", "assurance-assessed-v2", better);
        var other = await Terminal.RunAsync("compute", "assurance", story.Ledger, "--check", $"{entry + 1}", "--json");
        Assert.Equal((1, false), (other.Status, other.Json.GetProperty("same").GetBoolean()));
    }

    [Fact]
    public async Task An_assurance_whose_seed_is_not_the_root_hash_was_chosen()
    {
        using var story = Metered();
        var body = scratch.At("assurance.json");
        await Terminal.RunAsync("compute", "assurance", story.Ledger, "--party", "sample-birch", "--flop", "1e23", "--days", "30", "--draws", "100", "--body", body);
        var chosen = JsonNode.Parse(File.ReadAllText(body))!;
        chosen["computed"]!["seed"] = Protocol.Digest.Of("chosen"u8).Hex;
        story.Told.Tell("sample-inspector.key", "assurance-assessed-v2", chosen);
        var answer = await Terminal.RunAsync("compute", "assurance", story.Ledger, "--check", $"{story.Told.World.Size - 1}");
        Assert.Equal(1, answer.Status);
        Assert.Contains("its draws were chosen", answer.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--party: say whose assurance, or --check an entry", 2)]
    [InlineData("--party sample-fir", "--party: the registry has no party `sample-fir`", 2)]
    [InlineData("--party sample-cloud", "`sample-cloud` has no accelerators on record: there is nothing to judge", 1)]
    [InlineData("--party sample-birch --draws 5", "--draws: 5 is not from 100 to 10000000", 2)]
    [InlineData("--party sample-birch --days 9999", "--days: 9999 is not from 1 to 1826", 2)]
    [InlineData("--check 3", "--check: entry 3 is no `assurance-assessed-v2`", 2)]
    [InlineData("--party sample-birch --size 99999", "--size: the ledger has ", 2)]
    [InlineData("--party sample-birch --size 0", "--size: 0 entries establish nothing; fold at least the charter", 2)]
    [InlineData("--party sample-birch --valid-days 0", "--valid-days: 0 is not from 1 to ", 2)]
    public async Task Bad_options_of_an_assurance_are_named_with_what_to_do(string options, string message, int status)
    {
        using var story = new ComputeStory();
        var answer = await Terminal.RunAsync(["compute", "assurance", story.Ledger, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.StartsWith($"standstill: {message}", answer.Errors, StringComparison.Ordinal);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public void Every_strategy_has_a_name_that_the_command_takes() => Assert.All(Strategy.All, s => Assert.Equal(s, Strategy.Named(s.Name)));

    private static ComputeStory Metered()
    {
        var story = new ComputeStory();
        for (var day = 0; day < 3; day++)
        {
            story.Day(ComputeStory.Training("llm-1", 2200, 0.4));
        }

        return story;
    }
}
