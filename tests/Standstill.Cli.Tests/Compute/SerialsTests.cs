using System.Text.Json.Nodes;

namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class SerialsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_serial_number_that_was_committed_to_is_shown_and_found_good()
    {
        var (root, shown) = await ShowAsync(2, 0);
        var answer = await CheckAsync(shown, root, 5);
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.Equal("good: place 2 is `SN-2`\ngood: place 0 is `SN-0`\n", answer.Output);
    }

    [Theory]
    [InlineData("serial", "SN-9")]
    [InlineData("salt", null)]
    [InlineData("place", 3)]
    [InlineData("path", null)]
    public async Task What_is_altered_afterwards_does_not_belong_to_the_root(string field, object? value)
    {
        var (root, shown) = await ShowAsync(2);
        var document = JsonNode.Parse(File.ReadAllText(shown))!;
        var one = document["shown"]![0]!.AsObject();
        one[field] = (field, value) switch
        {
            ("path", _) => new JsonArray([.. one["path"]!.AsArray().Reverse().Select(h => h!.DeepClone())]),
            (_, string text) => text,
            (_, int place) => place,
            _ => Flipped((string)one[field]!),
        };
        File.WriteAllText(shown, document.ToJsonString());
        var answer = await CheckAsync(shown, root, 5);
        Assert.Equal((1, ""), (answer.Status, answer.Errors));
        Assert.DoesNotContain("good", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Another_count_than_the_one_on_record_does_not_pass(long count)
    {
        var (root, shown) = await ShowAsync(4);
        Assert.Equal(1, (await CheckAsync(shown, root, count)).Status);
    }

    [Theory]
    [InlineData("0 2", 0)]
    [InlineData("1 2", 1)]
    [InlineData("0 1 2", 1)]
    public async Task What_was_not_drawn_or_is_not_all_that_was_does_not_pass(string drawn, int status)
    {
        var (root, shown) = await ShowAsync(2, 0);
        var answer = await Terminal.RunAsync(["compute", "serials", "check", shown, "--root", root, "--count", "5", "--place", .. drawn.Split(' ')]);

        Assert.Equal((status, ""), (answer.Status, answer.Errors));
        Assert.Equal(status != 0, answer.Output.Contains("not what was drawn: shown are places 0, 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_books_of_the_same_serial_numbers_have_two_roots()
    {
        var (one, _) = await ShowAsync(0);
        File.Delete(scratch.At("book"));
        var (other, _) = await ShowAsync(0);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task A_book_that_is_there_is_not_written_over()
    {
        await ShowAsync(0);
        var answer = await Terminal.RunAsync("compute", "serials", "commit", scratch.At("serials.txt"), "--book", scratch.At("book"));
        Assert.Equal(2, answer.Status);
        Assert.Contains("a lost salt cannot be made again", answer.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n \n", "holds no serial number")]
    [InlineData("SN-1\nSN-2\nSN-1\n", "`SN-1` stands there twice; name each accelerator once")]
    public async Task Bad_serial_numbers_are_refused(string serials, string message)
    {
        var answer = await Terminal.RunAsync("compute", "serials", "commit", scratch.Write("serials.txt", serials), "--book", scratch.At("book"));
        Assert.Equal(2, answer.Status);
        Assert.Contains(message, answer.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("5")]
    public async Task A_place_that_is_not_there_is_refused(string place)
    {
        await ShowAsync(0);
        var answer = await Terminal.RunAsync("compute", "serials", "show", scratch.At("book"), "--place", place);
        Assert.Equal((2, $"standstill: --place: {place} is not a place from 0 to 4"), (answer.Status, answer.Errors.TrimEnd()));
    }

    [Fact]
    public async Task What_is_no_book_and_what_is_not_shown_by_it_is_refused()
    {
        var (root, shown) = await ShowAsync(0);
        Assert.Contains("is not a book of", (await Terminal.RunAsync("compute", "serials", "show", shown, "--place", "0")).Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await CheckAsync(scratch.At("book"), root, 5)).Status);
        Assert.Equal(2, (await CheckAsync(shown, "5f1c", 5)).Status);
        Assert.Equal(2, (await CheckAsync(scratch.At("absent"), root, 5)).Status);
    }

    private static string Flipped(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];

    private async Task<(string Root, string Shown)> ShowAsync(params int[] places)
    {
        var serials = scratch.Write("serials.txt", "SN-0\nSN-1\r\n SN-2\n\nSN-3\nSN-4\n");
        var made = await Terminal.RunAsync("compute", "serials", "commit", serials, "--book", scratch.At("book"));
        Assert.Equal((0, ""), (made.Status, made.Errors));
        var shown = await Terminal.RunAsync(["compute", "serials", "show", scratch.At("book"), "--place", .. places.Select(p => $"{p}")]);
        Assert.Equal((0, ""), (shown.Status, shown.Errors));
        var root = made.Line("serialsRoot").Split(' ')[1];
        Assert.Equal(root, shown.Json.GetProperty("root").GetString());
        return (root, scratch.Write("shown.json", shown.Output));
    }

    private static Task<Answer> CheckAsync(string shown, string root, long count) =>
        Terminal.RunAsync("compute", "serials", "check", shown, "--root", root, "--count", $"{count}");
}
