using System.Text.Json;

namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class RentalsTests : IDisposable
{
    private const string Header = "lessor,tenant,accelerator,chip_hours,from,to,salt\n";
    private const string Ours = "sample-cloud,sample-birch,H100,5000,2025-01-01,2025-01-10,";
    private const string Theirs = "sample-cloud,sample-elm,H100,700,2025-01-01,2025-01-10,";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task What_both_ends_have_is_matched_and_nobody_else_s_customer_is_seen()
    {
        var (all, own) = await SaltAsync();
        using var story = new ComputeStory();
        story.Told.WaitDays(20).Tick();
        story.Cloud("rental-commitments", await CommitAsync(all));

        var alone = await Terminal.RunAsync("compute", "rentals", "match", story.Ledger, "--file", own);
        Assert.Equal(1, alone.Status);
        Assert.EndsWith("on record by sample-cloud alone", alone.Line("sample-cloud|sample-birch"), StringComparison.Ordinal);

        story.Birch("rental-commitments", await CommitAsync(own));
        var both = await Terminal.RunAsync("compute", "rentals", "match", story.Ledger, "--file", own);
        Assert.Equal((0, ""), (both.Status, both.Errors));
        Assert.EndsWith("on record by sample-birch, sample-cloud", both.Line("sample-cloud|sample-birch"), StringComparison.Ordinal);
        Assert.StartsWith("sample-cloud 2025-01-01 to 2025-01-10 sample-birch (1) 1 ", both.Line("sample-cloud 2025"), StringComparison.Ordinal);
        Assert.DoesNotContain("sample-elm", both.Output, StringComparison.Ordinal);

        var json = (await Terminal.RunAsync("compute", "rentals", "match", story.Ledger, "--json")).Json;
        Assert.Equal([1, 0], json.GetProperty("sets").EnumerateArray().OrderByDescending(s => s.GetProperty("unmatched").GetInt32()).Select(s => s.GetProperty("unmatched").GetInt32()));
    }

    [Fact]
    public async Task An_hour_more_at_one_end_is_no_match()
    {
        var (all, own) = await SaltAsync();
        File.WriteAllText(own, File.ReadAllText(own).Replace(",5000,", ",5001,", StringComparison.Ordinal));
        using var story = new ComputeStory();
        story.Told.WaitDays(20).Tick();
        story.Cloud("rental-commitments", await CommitAsync(all));
        story.Birch("rental-commitments", await CommitAsync(own));
        Assert.Equal(1, (await Terminal.RunAsync("compute", "rentals", "match", story.Ledger, "--file", own)).Status);
    }

    [Fact]
    public async Task Salts_that_are_there_are_kept()
    {
        var (all, _) = await SaltAsync();
        var again = await Terminal.RunAsync("compute", "rentals", "salt", all, "--out", scratch.At("again.csv"));
        Assert.Equal((0, $"written to `{scratch.At("again.csv")}`: 2 rentals\n"), (again.Status, again.Output));
        Assert.Equal(File.ReadAllText(all), File.ReadAllText(scratch.At("again.csv")));
    }

    [Theory]
    [InlineData("a,b\n", ": the first line is not `lessor,tenant,accelerator,chip_hours,from,to,salt`")]
    [InlineData(Header + "a,b,H100\n", " line 2: 3 columns instead of 7")]
    [InlineData(Header + "a,a,H100,5,2025-01-01,2025-01-10,\n", " line 2: lessor and tenant are two parties' names")]
    [InlineData(Header + "a,b,,5,2025-01-01,2025-01-10,\n", " line 2: no accelerator is named, or its name has a `|`")]
    [InlineData(Header + "a,b,H100,05,2025-01-01,2025-01-10,\n", " line 2: `05` is not a whole number of chip-hours")]
    [InlineData(Header + "a,b,H100,5,2025-01-11,2025-01-10,\n", " line 2: `from` and `to` are days, `2026-01-01`, in this order")]
    [InlineData(Header + "a,b,H100,5,2025-01-01,2025-01-10,\n", " line 2: the salt is not 64 lower-case hexadecimal digits; the lessor makes it with `standstill compute rentals salt`")]
    public async Task A_bad_list_of_rentals_is_named_with_its_line(string content, string message)
    {
        var file = scratch.Write("rentals.csv", content);
        var answer = await Terminal.RunAsync("compute", "rentals", "commit", file, "--from", "2025-01-01", "--to", "2025-01-10");
        Assert.Equal((2, $"standstill: `{file}`{message}"), (answer.Status, answer.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData("spring", "2025-01-10", "--from: `spring` is not a day; write `2026-03-31`")]
    [InlineData("2025-01-01", "2025-01-32", "--to: `2025-01-32` is not a day; write `2026-03-31`")]
    [InlineData("2025-01-11", "2025-01-10", "--to: `2025-01-10` is before `2025-01-11`")]
    public async Task A_bad_period_is_named(string from, string to, string message)
    {
        var (all, _) = await SaltAsync();
        var answer = await Terminal.RunAsync("compute", "rentals", "commit", all, "--from", from, "--to", to);
        Assert.Equal((2, $"standstill: {message}"), (answer.Status, answer.Errors.TrimEnd()));
    }

    private async Task<(string All, string Own)> SaltAsync()
    {
        var file = scratch.Write("rentals.csv", $"{Header}{Ours}\n{Theirs}\n");
        var answer = await Terminal.RunAsync("compute", "rentals", "salt", file, "--out", scratch.At("salted.csv"));
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        var lines = File.ReadAllLines(scratch.At("salted.csv"));
        return (scratch.At("salted.csv"), scratch.Write("own.csv", $"{lines[0]}\n{lines[1]}\n"));
    }

    private async Task<JsonElement> CommitAsync(string file)
    {
        var answer = await Terminal.RunAsync("compute", "rentals", "commit", file, "--from", "2025-01-01", "--to", "2025-01-10", "--body", scratch.At("body.json"));
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        return JsonElement.Parse(File.ReadAllBytes(scratch.At("body.json")));
    }
}
