namespace Standstill.Cli.Tests.Compute;

/// <summary>What is declared from Slurm's accounting is final: nothing is declared by a slip.</summary>
[Collection(Terminal.Name)]
public sealed class DeclarationTests : IDisposable
{
    private const string Header = "JobIDRaw|State|Start|End|ElapsedRaw|AllocTRES|NNodes|Partition|Account|User\n";
    private const string Job = "7|COMPLETED|2026-03-05T01:00:00|2026-03-05T03:00:00|7200|gres/gpu=8|1|main|llm|u\n";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Hours_of_an_account_become_a_line_of_use()
    {
        var body = scratch.At("use.json");
        var said = await UseAsync(Header + Job, "--use", "llm=training:cedar-1", "--body", body);

        Assert.Equal((0, ""), (said.Status, said.Errors));
        Assert.Contains("\"chipHours\": 16", await File.ReadAllTextAsync(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JobIDRaw|State\n7|COMPLETED\n", "lines could not be read; a declaration is final")]
    [InlineData(Header, "no job has hours in that period; if nothing ran, say so with --empty")]
    public async Task An_accounting_that_says_nothing_is_refused(string accounting, string message)
    {
        var body = scratch.At("none.json");
        var said = await UseAsync(accounting, "--use", "llm=research", "--body", body);

        Assert.Equal(1, said.Status);
        Assert.Contains(message, said.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(body));
    }

    [Fact]
    public async Task That_nothing_ran_can_be_said()
    {
        var said = await UseAsync(Header, "--empty", "--body", scratch.At("empty.json"));

        Assert.Equal((0, ""), (said.Status, said.Errors));
    }

    [Fact]
    public async Task An_account_that_nobody_explains_is_named()
    {
        var said = await UseAsync(Header + Job);

        Assert.Equal(1, said.Status);
        Assert.Contains("nothing says what `llm` is", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_key_in_the_place_of_the_log_s_is_refused_and_not_shown()
    {
        using var story = new ComputeStory();
        var secret = new string('a', 64);
        var said = await Terminal.RunAsync("compute", "balance", story.Ledger, "--key", scratch.Write("private.key", $"ed25519-seed:{secret}\n"));

        Assert.Equal(2, said.Status);
        Assert.Contains("that is a private key", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaa", said.Errors, StringComparison.Ordinal);
    }

    private Task<Answer> UseAsync(string accounting, params string[] further) => Terminal.RunAsync(
        ["meter", "use", scratch.Write("jobs.txt", accounting), "--facility", "hall-1", "--area", "row-a", "--from", "2026-03-05T00:00:00Z", "--to", "2026-03-06T00:00:00Z", .. further]);
}
