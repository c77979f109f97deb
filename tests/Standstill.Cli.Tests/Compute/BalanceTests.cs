namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class BalanceTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_ledger_that_balances_is_good_and_one_hall_that_works_undeclared_is_not()
    {
        using var story = new ComputeStory();
        for (var day = 0; day < 5; day++)
        {
            story.Day(ComputeStory.Training("llm-1", 2200, 0.4));
        }

        var quiet = await Terminal.RunAsync("compute", "balance", story.Ledger);
        Assert.Equal((0, ""), (quiet.Status, quiet.Errors));
        Assert.Contains(" 5 0 0 ", quiet.Line("sample-birch/hall-1/training"), StringComparison.Ordinal);

        var before = story.Told.World.Size;
        for (var day = 0; day < 3; day++)
        {
            story.Day(ComputeStory.Training("llm-1", 1700, 0.4));
        }

        var loud = await Terminal.RunAsync("compute", "balance", story.Ledger);
        Assert.Equal((1, ""), (loud.Status, loud.Errors));
        Assert.Contains(" 8 500 ", loud.Line("sample-birch/hall-1/training"), StringComparison.Ordinal);
        Assert.Contains("alarm      sample-birch/hall-1/training: ", loud.Output, StringComparison.Ordinal);
        Assert.Contains("what would settle it: ", loud.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Terminal.RunAsync("compute", "balance", story.Ledger, "--size", $"{before}")).Status);
    }

    [Fact]
    public async Task Periods_are_shown_and_exported_with_the_entries_of_their_digests()
    {
        using var story = new ComputeStory();
        story.Day(ComputeStory.Training("llm-1", 2100, 0.4), new { use = "inference", chipHours = 60.5 }, new { use = "down", chipHours = 39.5 });
        var digest = story.Told.World.Areas.Values.Single().LatestDigest!.Entry.Value;

        var shown = await Terminal.RunAsync("compute", "balance", story.Ledger, "--party", "sample-birch", "--area", "hall-1/training");
        Assert.StartsWith("2025-01-02 00:00 2,400 200 39.5 2,160.5 0 ", shown.Line("2025-01-02"), StringComparison.Ordinal);

        foreach (var file in new[] { scratch.At("b.parquet"), scratch.At("b.csv") })
        {
            Assert.Equal(0, (await Terminal.RunAsync("compute", "balance", story.Ledger, "--party", "sample-birch", "--area", "hall-1/training", "--export", file)).Status);
            Assert.Equal($"sample-birch/hall-1/training 2025-01-02 00:00:00 2400 2160.5 {digest}", TableFileTests.Read(file, "balance, \"from\", present, declared, digest_entry")[1]);
        }

        var sum = await Terminal.RunAsync("compute", "balance", story.Ledger, "--party", "sample-birch", "--area", "all", "--json", "--export", scratch.At("sum.csv"));
        Assert.Equal("sample-birch, all areas", sum.Json[0].GetProperty("balance").GetString());
    }

    [Theory]
    [InlineData("--area hall-1/training", "--area needs --party: whose area")]
    [InlineData("--party sample-fir", "--party: the registry has no party `sample-fir`")]
    [InlineData("--party Birch", "`Birch` is not a party's name: use 1 to 63 of a-z, 0-9 and -, beginning with a letter, not ending with -")]
    [InlineData("--party sample-birch --area hall-2/training", "--area: `sample-birch` has no balance area `hall-2/training`; it has hall-1/training")]
    [InlineData("--party sample-cloud --area hall-2/training", "--area: `sample-cloud` has no balance area `hall-2/training`; it has none")]
    [InlineData("--size 0", "--size: 0 entries establish nothing; fold at least the charter")]
    [InlineData("--size 100000", "--size: the ledger has SIZE entries")]
    [InlineData("--as-of noon", "--as-of: `noon` is not a time in UTC; write `2026-03-05T14:00:00Z` or `2026-03-05`")]
    [InlineData("--key nonsense", null)]
    [InlineData("--export table.xlsx", "`.xlsx` is not a format of tables; name the file `.parquet` or `.csv`")]
    public async Task Bad_options_are_named_with_what_to_do(string options, string? message)
    {
        using var story = new ComputeStory();
        var answer = await Terminal.RunAsync(["compute", "balance", story.Ledger, .. options.Split(' ')]);
        Assert.Equal(2, answer.Status);
        Assert.StartsWith(message is null ? "standstill: --key: " : $"standstill: {message.Replace("SIZE", $"{story.Told.World.Size}", StringComparison.Ordinal)}", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_does_not_pass_its_audit_is_not_balanced()
    {
        using var story = new ComputeStory();
        var directory = story.Ledger;
        var tile = Directory.EnumerateFiles(Path.Combine(directory, "tile", "entries"), "*", SearchOption.AllDirectories).First();
        var bytes = File.ReadAllBytes(tile);
        bytes[^1] ^= 1;
        File.WriteAllBytes(tile, bytes);
        var answer = await Terminal.RunAsync("compute", "balance", directory);
        Assert.Equal(1, answer.Status);
        Assert.Contains("does not pass its audit", answer.Errors, StringComparison.Ordinal);
    }
}
